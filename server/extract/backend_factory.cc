#include "server/extract/backend_factory.h"

#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/in_process_backend.h"
#include "server/extract/library.h"

namespace dossier {

absl::StatusOr<std::shared_ptr<ExtractorBackend>> MakeInProcessBackend(
    PluginFile file, const BackendOptions& options) {
  ASSIGN_OR_RETURN(const Library* library, Library::Load(std::move(file)));
  return InProcessBackend::Create(*library, options.config, options.limits);
}

}  // namespace dossier
