#ifndef DOSSIER_SERVER_QUERY_ENTITY_SELECTOR_H_
#define DOSSIER_SERVER_QUERY_ENTITY_SELECTOR_H_

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/ids.h"
#include "server/query/read_context.h"

namespace dossier {

// Names an entity by its id, or all that go by a name, in any case and spacing.
using EntitySelector = std::variant<EntityId, std::string>;

inline constexpr std::size_t kMaxSelectedEntities = 100;

// Ascending and different. NOT_FOUND for an id that no entity has. None for a name that nobody goes
// by; of more than kMaxSelectedEntities with one name, those with the lowest ids.
absl::StatusOr<std::vector<EntityId>> SelectEntities(const ReadContext& context,
                                                     const EntitySelector& selector);

// Appends bytes that only equal selectors have.
void AppendSelector(std::string* bytes, const EntitySelector& selector);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_ENTITY_SELECTOR_H_
