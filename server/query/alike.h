// Statements that likely say the same in other words: "convened an emergency meeting", "convened an
// emergency security meeting". A guess for a reader to judge; nothing is counted by it.
#ifndef DOSSIER_SERVER_QUERY_ALIKE_H_
#define DOSSIER_SERVER_QUERY_ALIKE_H_

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/evidence.h"
#include "server/query/evidence_filter.h"
#include "server/query/evidence_walk.h"
#include "server/query/page_walk.h"
#include "server/query/predicate_rules.h"
#include "server/query/read_context.h"

namespace dossier {

// What a statement says, for comparison: words as PredicateRules::Words() has them.
struct StatementWords {
  std::set<std::string> object;
  std::set<std::string> all;  // of subject, predicate, object, and what qualifiers name
  std::string predicate;      // PredicateRules::Normal()
  std::optional<TimeInterval> time;
  std::optional<Quantity> quantity;
};

// How much two statements are alike: the part of the fewer words that the other has too, and a
// quarter more for the same predicate, the same time, the same number. 0 when the object of one is
// nowhere in the other, or times or numbers exclude each other.
double Likeness(const StatementWords& a, const StatementWords& b);

inline constexpr double kAlike = 0.75;
inline constexpr std::size_t kMaxAlike = 20;

// The statements most alike to those of `evidence`, which are one triple's, in documents that do
// not state it: at least kAlike, the likest first, one of a document, at most kMaxAlike. Looks at
// triples of the entities of the triple and its qualifiers, of those named at their end ("the port
// of Brenn"), and of those whose names begin with the same two words; of each some hundred, in the
// order of ids.
absl::StatusOr<std::vector<EvidenceWalk::Row>> FindAlike(
    const ReadContext& context, const PredicateRules& rules, const Triple& triple,
    std::span<const EvidenceWalk::Row> evidence, const EvidenceFilter& filter, PageWalk* page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_ALIKE_H_
