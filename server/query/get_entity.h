#ifndef DOSSIER_SERVER_QUERY_GET_ENTITY_H_
#define DOSSIER_SERVER_QUERY_GET_ENTITY_H_

#include "absl/status/statusor.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// NOT_FOUND when there is none with that id.
absl::StatusOr<EntityDetails> GetEntity(const ReadContext& context, EntityId id);

// `entity` with its names in the order that readers see.
EntityDetails DetailsOf(EntityId id, const Entity& entity);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_GET_ENTITY_H_
