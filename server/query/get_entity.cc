#include "server/query/get_entity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "server/base/status_macros.h"
#include "server/query/external_id.h"
#include "server/storage/entity_links.h"

namespace dossier {

EntityDetails DetailsOf(EntityId id, const Entity& entity) {
  EntityDetails details{{id, std::string(entity.preferred_name()), std::string(entity.type())},
                        entity.names,
                        entity.mentions};
  // Equally common names stay in byte order.
  std::stable_sort(details.names.begin(), details.names.end(),
                   [](const Vote& a, const Vote& b) { return a.count > b.count; });
  std::size_t bytes = 0;
  std::erase_if(details.names, [&bytes](const Vote& name) {
    return (bytes += name.text.size()) > kMaxNamesBytes;
  });
  return details;
}

absl::StatusOr<EntityId> CurrentEntity(const GraphReader& graph, EntityId id) {
  const std::string key = EntityKey{graph.ns(), id}.Encode();
  ASSIGN_OR_RETURN(const auto record, graph.snapshot()->Get(Family::kEntity, key));
  if (record) {
    return id;
  }
  EntityLinks links(graph.snapshot(), graph.ns());
  ASSIGN_OR_RETURN(const auto merged, FindMergedEntity(graph, id, &links));
  if (!merged) {
    return absl::NotFoundError(fmt::format("no entity has the id \"{}\"", ExternalId(id)));
  }
  return *merged;
}

absl::StatusOr<EntityDetails> GetEntity(const ReadContext& context, EntityId id) {
  ASSIGN_OR_RETURN(const EntityId current, CurrentEntity(context.graph, id));
  ASSIGN_OR_RETURN(const Entity entity, context.graph.GetEntity(current));
  return DetailsOf(current, entity);
}

}  // namespace dossier
