// Which triples are looked at for conflicts. A conflict is found at one of its triples, whose
// record tells that it may be a side of one (ConflictFinder). Asked for an entity, those are among
// its own. Asked for all, they are in the partial indexes of what is spoken against and of what has
// figures, and under the few predicates that allow one answer at a time; the rest of the graph is
// not read.
#ifndef DOSSIER_SERVER_QUERY_CONFLICT_WALKS_H_
#define DOSSIER_SERVER_QUERY_CONFLICT_WALKS_H_

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/list_conflicts.h"
#include "server/query/matter.h"
#include "server/query/predicate_rules.h"
#include "server/query/triple_walk.h"

namespace dossier {

struct ConflictWalk {
  // Ascending; a later walk of the same request that there is on another day has its own place.
  std::pair<uint64_t, uint64_t> place() const {
    return {phase, ids.predicate ? ids.predicate->value() : 0};
  }

  uint64_t phase = 0;
  TripleIds ids;
  ConflictQuery query;  // as it was asked, of the kinds that this walk finds
};

struct ConflictWalks {
  std::vector<ConflictWalk> walks;  // ascending by place()
  // Those of the last phase, when no entity is asked for: ascending.
  std::vector<TermId> exclusive;

  // Whether a walk of that phase comes by the triple, when no entity is asked for.
  bool Passes(uint64_t phase, const Triple& triple) const;
};

// The last phase of a request for no entity: predicates that allow one answer at a time.
inline constexpr uint64_t kExclusivePhase = 2;

absl::StatusOr<ConflictWalks> PlanConflictWalks(
    const ConflictQuery& query, const std::optional<std::vector<EntityId>>& entities,
    const PredicateRules& rules, MatterReader* matters);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_CONFLICT_WALKS_H_
