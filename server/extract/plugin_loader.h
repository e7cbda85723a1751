#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_LOADER_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_LOADER_H_

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/plan.h"
#include "server/extract/plugin_file.h"
#include "server/extract/plugin_options.h"
#include "server/extract/plugin_set.h"

namespace dossier {

// Turns files into plugins that are ready to run. Thread-safe.
class PluginLoader {
 public:
  // Borrows `options`.
  explicit PluginLoader(const PluginOptions& options) : options_(options) {}

  // The files of the plugin folder in the order of names; hidden files, folders and signatures
  // (.sig) are passed over. An error only when the folder cannot be read.
  absl::StatusOr<std::vector<std::filesystem::path>> ListFolder() const;

  // A file of the plugin folder, with its signature beside it (NAME.sig): refused, with the reason,
  // when it must not be loaded.
  PluginEntry OpenInFolder(const std::filesystem::path& path) const;
  // PERMISSION_DENIED when its signature is not as this server wants it.
  absl::StatusOr<PluginEntry> Admit(PluginFile file) const;

  // An extractor behind an address, ready to run; refused or unreachable, with the reason, when it
  // is not. Blocks until it has answered, or has not for some seconds, or until `stop` stops.
  PluginEntry OpenRemote(std::shared_ptr<RemotePlugin> remote, const StopToken& stop) const;

  // Completes the configuration of an admitted entry and copies the files that it names. A
  // FieldError of "config"; other errors are the system's.
  absl::Status Configure(PluginEntry* entry) const;

  // Makes what runs a configured entry; the entry counts as loaded from then on. A remote one runs
  // already. The error is the plugin's own.
  absl::Status MakeReady(PluginEntry* entry) const;
  // The same for a trial: what it makes shares nothing with what will serve, and is kept apart from
  // the server as far as this server can do that.
  absl::Status MakeThrowAway(PluginEntry* entry) const;

 private:
  absl::Status Connect(const StopToken& stop, PluginEntry* entry) const;
  absl::Status Make(Carrier carrier, PluginEntry* entry) const;
  std::string ConfigOf(const PluginEntry& entry) const;
  std::vector<ConfigFile> ReadableFiles(const PluginEntry& entry) const;

  const PluginOptions& options_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_LOADER_H_
