#include "server/rpc/read.h"

#include <utility>

#include "server/base/field_error.h"
#include "server/rpc/status_mapping.h"

namespace dossier {

absl::StatusOr<ReadContext> BeginCall(const Backends& backends, const std::string& name_space,
                                      std::stop_token stop, std::optional<Revision> at) {
  absl::StatusOr<ReadContext> context =
      BeginRead(backends.store, backends.tokens, name_space, std::move(stop), at);
  if (!context.ok()) {
    return WithResource(BlameField("namespace", context.status()), "namespace", name_space);
  }
  return context;
}

absl::Status PageError(const absl::Status& status) { return BlameField("page_token", status); }

}  // namespace dossier
