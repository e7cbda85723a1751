#ifndef DOSSIER_SERVER_QUERY_NEIGHBORS_H_
#define DOSSIER_SERVER_QUERY_NEIGHBORS_H_

#include <cstdint>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "server/query/entity_selector.h"
#include "server/query/evidence_filter.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

enum class Direction : uint8_t { kBoth = 0, kOutgoing = 1, kIncoming = 2 };

struct NeighborsRequest {
  EntitySelector entity;
  Direction direction = Direction::kBoth;
  std::string predicate;  // normalised, whole; empty: any
  EvidenceFilter filter;  // of the triples
};

struct NeighborView {
  Direction direction = Direction::kOutgoing;  // never kBoth
  TripleView triple;                           // its object is an entity

  // The other side.
  const EntityView& entity() const {
    return direction == Direction::kIncoming ? triple.subject : std::get<EntityView>(triple.object);
  }
};

// The entities that stand in a triple with one, an item a triple: outgoing triples first. A triple
// from the entity to itself is outgoing, unless only incoming ones are asked for. NOT_FOUND for a
// selected id that no entity has.
absl::StatusOr<Page<NeighborView>> Neighbors(const ReadContext& context,
                                             const NeighborsRequest& request,
                                             const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_NEIGHBORS_H_
