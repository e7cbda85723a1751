#include "server/query/read_context.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "server/base/status_macros.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

absl::StatusOr<NamespaceId> FindNamespace(const Snapshot& snapshot, std::string_view name) {
  if (name.size() > kMaxNamespaceBytes) {
    return absl::InvalidArgumentError(fmt::format(
        "namespace is {} bytes long; at most {} are allowed", name.size(), kMaxNamespaceBytes));
  }
  const std::string key = NamespaceNameKey(name);
  ASSIGN_OR_RETURN(const auto value, snapshot.Get(Family::kMeta, key));
  if (value) {
    ASSIGN_OR_RETURN(const uint64_t number, DecodeNumber(Family::kMeta, key, *value));
    return NamespaceId(static_cast<uint32_t>(number));
  }
  if (name.empty()) {
    return NamespaceId();
  }
  return absl::NotFoundError(
      fmt::format("namespace \"{}\" does not exist: no document was ingested into it", name));
}

}  // namespace

absl::StatusOr<ReadContext> BeginRead(const Store& store, const PageTokens& tokens,
                                      std::string_view name_space, std::stop_token stop) {
  ReadContext context{store.NewSnapshot(), {}, {}, &tokens, std::move(stop)};
  ASSIGN_OR_RETURN(context.ns, FindNamespace(*context.snapshot, name_space));
  const std::string key = DatabaseStateKey();
  ASSIGN_OR_RETURN(const auto value, context.snapshot->Get(Family::kMeta, key));
  if (value) {
    ASSIGN_OR_RETURN(const DatabaseState state, DecodeDatabaseState(key, *value));
    context.revision = state.last;
  }
  return context;
}

}  // namespace dossier
