// Which statements go back to one origin, so that agreement is not counted twice. Two statements
// have one origin when
//
//   they name the same source          "the bureau said", in two articles
//   one's text is a copy of the other's, whole or in the sentence: a wire report, reprinted;
//   unless each names a source and the two differ
//   one document repeats itself        a statement without a source repeats the document's first
//
// and so do all that hang together this way. Copies are told by sketches (server/model/sketch.h).
#ifndef DOSSIER_SERVER_QUERY_ORIGINS_H_
#define DOSSIER_SERVER_QUERY_ORIGINS_H_

#include <cstddef>
#include <map>
#include <span>
#include <vector>

#include "server/model/ids.h"
#include "server/model/sketch.h"
#include "server/model/span.h"

namespace dossier {

// As much as texts must have in common to be copies, of 0 to 1.
inline constexpr double kCopiedText = 0.5;

struct StatementPlace {
  DocumentNumber document;
  Span sentence;
  EntityId source;  // the innermost speaker; none: the document itself, or somebody unnamed
};

struct Origin {
  std::vector<std::size_t> statements;  // places in the argument, ascending
  bool same_source = false;             // why there is more than one document in it
  bool copied_text = false;

  friend bool operator==(const Origin&, const Origin&) = default;
};

// In the order of their first statements. A statement whose document has no sketch in `sketches` is
// no copy. A function of its arguments; but for the order of origins, not of their order.
// Takes O(n log n) for n statements, as long as few texts that are no copies share hashes.
std::vector<Origin> FindOrigins(std::span<const StatementPlace> statements,
                                const std::map<DocumentNumber, DocumentSketch>& sketches);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_ORIGINS_H_
