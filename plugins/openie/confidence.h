// The chance that a reader would accept a frame's tuple: a logistic regression over what can be
// counted, trained by plugins/openie/training/train_confidence.py.
#ifndef DOSSIER_PLUGINS_OPENIE_CONFIDENCE_H_
#define DOSSIER_PLUGINS_OPENIE_CONFIDENCE_H_

#include <array>
#include <cstddef>

#include "plugins/openie/clause.h"
#include "plugins/openie/tree.h"
#include "plugins/openie/tuples.h"

namespace dossier::openie {

// One for each rule, then those that confidence.cc names.
inline constexpr size_t kFeatures = static_cast<size_t>(Rule::kCount) + 38;
using Features = std::array<double, kFeatures>;

Features FeaturesOf(const Tree& tree, const Clauses& clauses, const Frame& frame,
                    const Tuple& tuple);

// Strictly between 0 and 1.
double Confidence(const Features& features);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_CONFIDENCE_H_
