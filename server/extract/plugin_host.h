#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_HOST_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_HOST_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/extract/backend_factory.h"
#include "server/extract/manifest.h"
#include "server/extract/output_sink.h"
#include "server/extract/plan.h"

namespace dossier {

enum class PluginState : uint8_t { kLoaded, kRefused };

// One file of the plugin folder and what became of it.
struct PluginInfo {
  std::string file;  // its name in the folder
  PluginState state = PluginState::kRefused;
  std::string reason;   // why it was refused; empty when loaded
  Manifest manifest;    // empty when the file has none that can be read
  Extractor extractor;  // likewise
};

// Owns the plugins and the plan over them. Thread-safe.
class PluginHost {
 public:
  struct Options {
    std::filesystem::path folder;
    std::map<std::string, std::string> configs = {};  // JSON object by plugin id; default "{}"
    std::set<std::string> in_process = {};            // ids of plugins that run in this process
    BackendFactory make_backend = MakeInProcessBackend;
    OutputLimits limits = {};
  };

  // Loads every file of the folder, in the order of names; hidden files and folders are passed
  // over. A file that cannot serve is refused with its reason and logged, and the others go on. An
  // error only when the folder cannot be read.
  static absl::StatusOr<std::unique_ptr<PluginHost>> Start(const Options& options);

  // The plan of this moment. Hold it as long as the document is worked on.
  std::shared_ptr<const Plan> plan() const;
  // In the order of file names.
  std::vector<PluginInfo> List() const;

 private:
  PluginHost(std::shared_ptr<const Plan> plan, std::vector<PluginInfo> infos)
      : plan_(std::move(plan)), infos_(std::move(infos)) {}

  mutable std::mutex mutex_;  // held for a copy only
  std::shared_ptr<const Plan> plan_;
  std::vector<PluginInfo> infos_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_HOST_H_
