#ifndef DOSSIER_SERVER_QUERY_GET_ENTITY_H_
#define DOSSIER_SERVER_QUERY_GET_ENTITY_H_

#include "absl/status/statusor.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// `id`, or the entity that stands for it since a merge took it in. NOT_FOUND when there is neither.
absl::StatusOr<EntityId> CurrentEntity(const GraphReader& graph, EntityId id);

// That of CurrentEntity().
absl::StatusOr<EntityDetails> GetEntity(const ReadContext& context, EntityId id);

// `entity` with its names in the order that readers see.
EntityDetails DetailsOf(EntityId id, const Entity& entity);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_GET_ENTITY_H_
