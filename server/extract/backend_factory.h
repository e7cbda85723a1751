// What makes a backend of a plugin file, by the carrier that the operator chose for it.
#ifndef DOSSIER_SERVER_EXTRACT_BACKEND_FACTORY_H_
#define DOSSIER_SERVER_EXTRACT_BACKEND_FACTORY_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/extract/config_files.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/output_sink.h"
#include "server/extract/plugin_file.h"

namespace dossier {

// What the operator says about one plugin.
struct BackendOptions {
  Carrier carrier = Carrier::kWorker;  // or kInProcess
  std::string config = "{}";           // a JSON object
  // The files that `config` names, as copies, which last as long as this does. They are what a
  // worker process may read beside its own code.
  std::shared_ptr<const ConfigFiles> files;
  OutputLimits limits;
};

// Returns once the plugin has been loaded and has taken its configuration. FAILED_PRECONDITION
// with a text for the operator when it did not. Blocks; thread-safe.
using BackendFactory = std::function<absl::StatusOr<std::shared_ptr<ExtractorBackend>>(
    PluginFile file, const BackendOptions& options)>;

// Loads the plugin into this process, whatever `options.carrier` says.
absl::StatusOr<std::shared_ptr<ExtractorBackend>> MakeInProcessBackend(
    PluginFile file, const BackendOptions& options);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_BACKEND_FACTORY_H_
