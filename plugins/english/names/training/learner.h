// Trains the sequence model: a structured perceptron with averaged weights (Collins 2002), decoding
// with a cost for each wrong label so that the right sequence wins by a margin.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_LEARNER_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_LEARNER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "plugins/english/names/labels.h"

namespace dossier::english {

struct LabelledSentence {
  std::vector<std::vector<uint64_t>> features;  // of each token
  std::vector<Label> labels;
};

struct LearnerOptions {
  int epochs = 10;
  float cost = 3;        // margin for each wrong label
  float false_cost = 6;  // margin for each label of a name where there is none
  double prune = 0.1;    // averaged weights below this share of a typical one are dropped
  uint32_t seed = 1;
};

// The section "names.weights".
std::string Learn(const std::vector<LabelledSentence>& sentences, const LearnerOptions& options);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_LEARNER_H_
