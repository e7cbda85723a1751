#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_SET_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_SET_H_

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/extract/config_files.h"
#include "server/extract/plan.h"
#include "server/extract/plugin_file.h"
#include "server/extract/plugin_info.h"
#include "server/extract/remote_plugin.h"

namespace dossier {

// A file that may be a plugin, and how far it came on its way into the plan.
struct PluginEntry {
  std::filesystem::path path;  // in the plugin folder; empty for an installed one
  PluginInfo info;
  std::optional<PluginFile> file;            // when it may be loaded
  std::optional<std::string> given_config;   // instead of the server's own configuration of it
  std::optional<ActivePlugin> plugin;        // when it is ready to run, in the plan or not
  std::shared_ptr<const ConfigFiles> files;  // of its configuration, once it is configured
  std::shared_ptr<RemotePlugin> remote;      // behind an address: it has no file
  bool stands_back = false;                  // for another of its id, or because that was removed
  bool optional = false;                     // during a change: refused when it fails, which is all

  const std::string& id() const { return info.manifest.id; }
  bool loaded() const { return info.state == PluginState::kLoaded; }
  // This version with this configuration.
  PluginChoice choice() const;
  bool SameAs(const PluginEntry& other) const;
};

// Keeps `entry` out of the plan and says why.
void Refuse(std::string reason, PluginEntry* entry);

// Why a plugin behind an address cannot be changed by request.
absl::Status IsElsewhere(const PluginEntry& entry);

// The plugins of one moment: every file that was found, and which of them make the plan. A value:
// whoever changes the plugins changes a copy and puts that in place of the former.
class PluginSet {
 public:
  std::vector<PluginEntry>& entries() { return entries_; }
  const std::vector<PluginEntry>& entries() const { return entries_; }

  // What serves, or would serve, as `id`; nullptr when nothing does.
  PluginEntry* Find(std::string_view id);
  const PluginEntry* Find(std::string_view id) const;
  // The file of the plugin folder with this id and hash, whether it serves or stands back.
  const PluginEntry* FindInFolder(std::string_view id, std::string_view sha256) const;

  // What is loaded with this id or from this file of the plugin folder.
  const PluginEntry* FindLoaded(std::string_view id, const std::filesystem::path& path) const;

  // The extractor behind this address, whatever its id is.
  PluginEntry* FindRemote(std::string_view address);

  // Adds `entry` as what serves as its id, instead of what did so.
  void Put(PluginEntry entry);
  // Lets nothing serve as `id`.
  void TakeOut(std::string_view id);

  // The plan over all that are ready to run. Those that make none are refused: one that goes may
  // take others with it. FAILED_PRECONDITION, with the reason, when `keep_loaded` and one that
  // counts as loaded, and is not optional, is among them. It tells of those that are unreachable.
  absl::StatusOr<std::shared_ptr<const Plan>> MakePlan(bool keep_loaded);

  // Copies what a rollback of each goes back to.
  void SetFormer(const PluginRecords& records);

 private:
  // Makes the folder's files of `id` stand back, except `path`, and drops what was installed.
  void Displace(std::string_view id, const std::filesystem::path& path, const std::string& reason);

  std::vector<PluginEntry> entries_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_SET_H_
