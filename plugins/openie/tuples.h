// The view of a frame that readers and open-extraction benchmarks use: one tuple a clause, with all
// its arguments, in the sentence's own words. Supplied words are "be", "have" and "include".
#ifndef DOSSIER_PLUGINS_OPENIE_TUPLES_H_
#define DOSSIER_PLUGINS_OPENIE_TUPLES_H_

#include <string>
#include <vector>

#include "plugins/openie/frame.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

struct Tuple {
  std::string relation;
  std::vector<std::string> arguments;  // the subject first
};

// Empty relation: the frame has no subject, and nothing to show.
Tuple RenderTuple(const Tree& tree, const Frame& frame);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_TUPLES_H_
