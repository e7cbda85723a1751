// The verbal, copular and existential clauses of a sentence, in the shape of PredPatt (White et
// al., EMNLP 2016): a predicate with the arguments that hang from it and those that it shares with
// the clause it depends on.
#ifndef DOSSIER_PLUGINS_OPENIE_CLAUSE_H_
#define DOSSIER_PLUGINS_OPENIE_CLAUSE_H_

#include <vector>

#include "plugins/openie/frame.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// Frames of one sentence. A parent stands before its dependents.
struct Clauses {
  std::vector<Frame> frames;
  std::vector<int> frame_of;  // token -> the frame whose chain it stands in, or kNone
  std::vector<int> clause;    // token -> the innermost frame it lies in, or kNone
};

// At most kMaxFrames frames; the rest of a longer sentence is left unread.
inline constexpr size_t kMaxFrames = 64;

Clauses ReadClauses(const Tree& tree);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_CLAUSE_H_
