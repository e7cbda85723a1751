#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_INFO_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_INFO_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/extract/config_files.h"
#include "server/extract/manifest.h"
#include "server/extract/plugin_store.h"
#include "server/model/run.h"

namespace dossier {

// kUnreachable: it is behind an address that does not answer, and is asked again and again.
// kCandidate: it waits beside what serves.
enum class PluginState : uint8_t { kLoaded, kRefused, kUnreachable, kCandidate };

// A file that may be a plugin, and what became of it.
struct PluginInfo {
  std::string file;  // its name, in UTF-8
  PluginState state = PluginState::kRefused;
  std::string reason;      // why it is not loaded or cannot be tried; empty otherwise
  Manifest manifest;       // empty when the file has none that can be read
  Extractor extractor;     // likewise
  bool installed = false;  // it came by request; otherwise from the plugin folder
  std::string config;      // JSON with the defaults filled in; empty when it was refused before
  std::vector<ConfigFile> files;  // that the configuration names and that could be read
  uint64_t generation = 0;        // of all that were loaded since the server's start; 0: not loaded
  std::vector<uint64_t> draining = {};  // older generations of it that still read documents
  std::optional<PluginChoice> former;   // what a rollback goes back to
};

// Into the server's log.
void LogPlugin(const PluginInfo& info);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_INFO_H_
