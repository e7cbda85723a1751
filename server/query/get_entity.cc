#include "server/query/get_entity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "server/base/status_macros.h"
#include "server/query/external_id.h"

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

absl::StatusOr<EntityDetails> GetEntity(const ReadContext& context, EntityId id) {
  const absl::StatusOr<Entity> entity = context.graph.GetEntity(id);
  if (absl::IsNotFound(entity.status())) {
    return absl::NotFoundError(fmt::format("no entity has the id \"{}\"", ExternalId(id)));
  }
  RETURN_IF_ERROR(entity.status());
  return DetailsOf(id, *entity);
}

}  // namespace dossier
