#ifndef DOSSIER_SERVER_QUERY_SEARCH_ENTITIES_H_
#define DOSSIER_SERVER_QUERY_SEARCH_ENTITIES_H_

#include <string>

#include "absl/status/statusor.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

struct EntitySearch {
  std::string prefix;  // of a name, in any case and spacing; empty: every entity
  std::string type;    // empty: all
};

// Entities by the beginning of any of their names, each once, in the order of the first of their
// folded names that fits.
absl::StatusOr<Page<EntityDetails>> SearchEntities(const ReadContext& context,
                                                   const EntitySearch& search,
                                                   const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_SEARCH_ENTITIES_H_
