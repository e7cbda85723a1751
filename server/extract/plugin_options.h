#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_OPTIONS_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_OPTIONS_H_

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "server/extract/backend_factory.h"
#include "server/extract/output_sink.h"
#include "server/extract/remote_plugin.h"
#include "server/extract/signature.h"

namespace dossier {

// What the operator says of the plugins.
struct PluginOptions {
  std::filesystem::path folder;  // the plugin folder: what runs unless somebody asks for another
  // Of what was asked for (plugin_store.h); made when it is not there. Empty: nothing can be.
  std::filesystem::path store = {};
  std::map<std::string, std::string> configs = {};  // JSON object by plugin id; "{}" when not given
  SigningKeys keys = {};                            // who may sign; none: nothing need be signed
  bool install_unsigned = true;  // without keys, anybody who can call may install
  // Those that do not answer at the start are asked again and again.
  std::vector<std::shared_ptr<RemotePlugin>> remotes = {};
  std::set<std::string> in_process = {};  // ids of plugins that run in this process
  BackendFactory make_backend = MakeInProcessBackend;
  OutputLimits limits = {};
  std::chrono::milliseconds probe_limit = std::chrono::seconds(30);
  // How long documents may go on with plugins that have been replaced before they begin again.
  std::chrono::milliseconds drain_limit = std::chrono::minutes(1);
  // Before an extractor that does not answer is asked again; doubled each time, up to a minute.
  std::chrono::milliseconds retry_pause = std::chrono::seconds(1);
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_OPTIONS_H_
