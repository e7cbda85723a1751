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
  std::vector<std::shared_ptr<RemotePlugin>> remotes = {};  // asked once, at the start
  std::set<std::string> in_process = {};  // ids of plugins that run in this process
  BackendFactory make_backend = MakeInProcessBackend;
  OutputLimits limits = {};
  std::chrono::milliseconds probe_limit = std::chrono::seconds(30);
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_OPTIONS_H_
