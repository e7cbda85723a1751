#ifndef DOSSIER_SERVER_QUERY_LIST_CONFLICTS_H_
#define DOSSIER_SERVER_QUERY_LIST_CONFLICTS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/time_interval.h"
#include "server/query/disagreement.h"
#include "server/query/entity_selector.h"
#include "server/query/page.h"
#include "server/query/predicate_rules.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

struct ConflictQuery {
  std::optional<EntitySelector> entity = {};  // as subject or object; none: any
  std::string predicate = {};                 // and what says the same; empty: any
  std::optional<TimeInterval> time = {};      // only claims about this time
  std::set<ConflictKind> kinds = {};          // empty: all but kSeries
  double min_confidence = 0;
};

// What one side holds.
struct ConflictSide {
  std::string answer;  // kExclusive: the object or subject that it names
  uint64_t documents = 0;
  uint64_t evidence = 0;
  // One of each voice, which is a source in a document; at most kMaxSideStatements.
  std::vector<StatementView> statements;

  friend bool operator==(const ConflictSide&, const ConflictSide&) = default;
};

struct ConflictView {
  ConflictKind kind = ConflictKind::kPolarity;
  EntityView entity;      // the subject; of kExclusive, whatever has one answer at a time
  std::string predicate;  // PredicateRules::Normal() of it; an office; "event: " and its name
  std::string object;     // its name, of an event the kind of what takes part; empty for kExclusive
  bool complete = true;   // false: there are more claims than kMaxClaims
  std::vector<ConflictSide> sides;

  friend bool operator==(const ConflictView&, const ConflictView&) = default;
};

inline constexpr std::size_t kMaxSideStatements = 20;
inline constexpr std::size_t kMaxClaims = 1000;  // on one matter

// Conflicts are worked out when they are asked for, from the graph as it is and the rules as they
// are: nothing has to be kept in step, so a document, a merge or a rule that comes or goes leaves
// no trace. What makes that cheap is that a triple's record tells whether it can be a side of any,
// and that two small indexes list the triples that somebody speaks against or gives figures for: a
// page costs what is contested, not what there is.
// For one such triple the work is bounded: those with the same subject whose predicates say the
// same, at most kMaxClaims pieces of evidence; and where the predicate is that of an event,
// those of the party to it (event_reader.h).
//
// In the order of the triples that the conflicts were found at, each once; asked for no entity,
// contradictions first, then figures, then what allows one answer. NOT_FOUND when there is
// no entity with the id that is asked for.
absl::StatusOr<Page<ConflictView>> ListConflicts(const ReadContext& context,
                                                 const PredicateRules& rules,
                                                 const ConflictQuery& query,
                                                 const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_LIST_CONFLICTS_H_
