// The server's own copies of plugins, and which plugin runs at which version with which
// configuration once somebody has asked for another than the plugin folder's.
//
//   FOLDER/              mode 0700
//     <sha256>.so        a plugin's bytes
//     <sha256>.sig       their signature, when they came with one
//     choices.json       what was asked for
//     .unfinished-*      on its way in; removed when the store is opened
//
// choices.json is a JSON object:
//
//   file    = {"format": 1, "plugins": {plugin id: record, ...},
//              "candidates": {plugin id: choice, ...}}    absent: none
//   record  = {"current": choice or null, "former": choice or null}
//   choice  = {"sha256": 64 hex digits, "version": text, "folder": bool, "config": object or null}
//
// A plugin without a record runs as the plugin folder has it; one whose record has no current
// choice was removed. "folder": the bytes are those of the plugin folder's file of this id,
// whatever it holds by then, and sha256 tells what it held. "config": null: as the server's own
// configuration says. A candidate waits beside what serves, to be tried over documents.
#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_STORE_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_STORE_H_

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/extract/durable_file.h"
#include "server/extract/plugin_file.h"

namespace dossier {

// A plugin at one version with one configuration.
struct PluginChoice {
  std::string sha256 = {};
  std::string version = {};
  bool from_folder = false;
  std::optional<std::string> config = {};  // a JSON object

  friend bool operator==(const PluginChoice&, const PluginChoice&) = default;
};

struct PluginRecord {
  std::optional<PluginChoice> current;
  std::optional<PluginChoice> former;  // what a rollback goes back to

  friend bool operator==(const PluginRecord&, const PluginRecord&) = default;
};

using PluginRecords = std::map<std::string, PluginRecord>;     // by plugin id
using PluginCandidates = std::map<std::string, PluginChoice>;  // likewise

// Thread-compatible; the files themselves may be read at any time.
class PluginStore {
 public:
  // Makes the folder when it is not there; its parent must be. Without a folder (an empty path)
  // nothing can be kept: FAILED_PRECONDITION for everything that would. DATA_LOSS when choices.json
  // cannot be read.
  static absl::StatusOr<std::unique_ptr<PluginStore>> Open(std::filesystem::path folder);

  const PluginRecords& records() const { return records_; }
  const PluginCandidates& candidates() const { return candidates_; }

  // A place for bytes that come in.
  absl::StatusOr<std::unique_ptr<UnfinishedFile>> NewFile() const;
  // Puts a plugin that NewFile() took in, or the bytes of `file`, among the plugins. They stay when
  // the next records or candidates name them.
  absl::Status Keep(UnfinishedFile* bytes, const PluginFile& file) const;
  absl::Status Keep(const PluginFile& file) const;
  // A plugin that is kept, with its signature.
  absl::StatusOr<PluginFile> OpenFile(const std::string& sha256) const;

  // Replaces all records or all candidates, durably, and removes the plugins that nothing names any
  // more.
  absl::Status Write(PluginRecords records);
  absl::Status WriteCandidates(PluginCandidates candidates);
  // Removes the plugins that nothing names.
  void Prune() const;

 private:
  explicit PluginStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  absl::Status CheckFolder() const;
  absl::Status Write(PluginRecords records, PluginCandidates candidates);
  std::filesystem::path FileName(const std::string& sha256, std::string_view ending) const;

  const std::filesystem::path folder_;
  PluginRecords records_;
  PluginCandidates candidates_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_STORE_H_
