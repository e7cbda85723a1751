#include "server/query/read_context.h"

#include <fmt/format.h>

#include <utility>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/storage/history_store.h"

namespace dossier {

absl::StatusOr<ReadContext> BeginRead(const Store& store, const PageTokens& tokens,
                                      std::string_view name_space, std::stop_token stop,
                                      std::optional<Revision> at) {
  if (name_space.size() > kMaxNamespaceBytes) {
    return FieldError("namespace", fmt::format("is {} bytes long; at most {} are allowed",
                                               name_space.size(), kMaxNamespaceBytes));
  }
  std::shared_ptr<const Snapshot> snapshot = store.NewSnapshot();
  if (at) {
    ASSIGN_OR_RETURN(snapshot, SnapshotAt(std::move(snapshot), *at));
  }
  ASSIGN_OR_RETURN(const auto ns, FindNamespace(*snapshot, name_space));
  if (!ns && !name_space.empty()) {
    return absl::NotFoundError(fmt::format(
        "namespace \"{}\" does not exist: no document was ingested into it", name_space));
  }
  ASSIGN_OR_RETURN(const DatabaseState state, ReadDatabaseState(*snapshot));
  // No key of a graph begins with the invalid id, so all there is to read under it is nothing.
  return ReadContext{GraphReader(snapshot, ns.value_or(NamespaceId())), state.last, &tokens,
                     std::move(stop), at};
}

}  // namespace dossier
