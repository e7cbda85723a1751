#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_INFO_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_INFO_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "server/extract/manifest.h"
#include "server/extract/plugin_store.h"
#include "server/model/run.h"

namespace dossier {

enum class PluginState : uint8_t { kLoaded, kRefused };

// A file that may be a plugin, and what became of it.
struct PluginInfo {
  std::string file;  // its name, in UTF-8
  PluginState state = PluginState::kRefused;
  std::string reason;        // why it was refused; empty when loaded
  Manifest manifest;         // empty when the file has none that can be read
  Extractor extractor;       // likewise
  bool installed = false;    // it came by request; otherwise from the plugin folder
  std::string config;        // JSON with the defaults filled in; empty when it was refused before
  uint64_t generation = 0;   // of all that were loaded since the server's start; 0: not loaded
  std::size_t draining = 0;  // older generations of it that still read documents
  std::optional<PluginChoice> former;  // what a rollback goes back to
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_INFO_H_
