// The ids of entities, triples and merges as clients see them: "e17", "t42", "m3". Opaque to
// clients.
#ifndef DOSSIER_SERVER_QUERY_EXTERNAL_ID_H_
#define DOSSIER_SERVER_QUERY_EXTERNAL_ID_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "server/model/ids.h"

namespace dossier {

// Empty for an invalid id.
std::string ExternalId(EntityId id);
std::string ExternalId(TripleId id);
std::string ExternalId(MergeId id);

// Inverse to the above for valid ids. INVALID_ARGUMENT for every other text, even if it is "e017".
absl::StatusOr<EntityId> ParseEntityId(std::string_view text);
absl::StatusOr<TripleId> ParseTripleId(std::string_view text);
absl::StatusOr<MergeId> ParseMergeId(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_EXTERNAL_ID_H_
