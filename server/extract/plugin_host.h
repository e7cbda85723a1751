// Owns the plugins and the plan over them, and changes both while documents are read.
//
// What runs is what the plugin folder holds, until somebody asks for another: Install brings bytes,
// Reload another configuration, Remove takes a plugin out, Rollback goes back. What was asked for
// is kept in a store of the server's own (plugin_store.h) and outlives a restart.
//
// A candidate is a version or configuration that waits beside what serves, to be tried over stored
// documents. It reads nothing else until it is promoted; it outlives a restart too.
//
// Every change makes a new set of plugins beside the one that serves, tries it on a document of its
// own and puts it in place at once. A document keeps the plan that it began with, so it sees one
// generation of all plugins; a generation goes when its last document is done, or after a while,
// when its documents begin again (drain.h). A change that fails leaves everything as it was.
//
// Extractors behind an address that does not answer are asked again until they do, and join.
#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_HOST_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_HOST_H_

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/extract/drain.h"
#include "server/extract/durable_file.h"
#include "server/extract/plan.h"
#include "server/extract/plugin_info.h"
#include "server/extract/plugin_loader.h"
#include "server/extract/plugin_options.h"
#include "server/extract/plugin_set.h"
#include "server/extract/plugin_store.h"

namespace dossier {

// A plugin that comes by request.
struct PluginDelivery {
  std::string sha256;                 // of its bytes, in hex
  std::string signature;              // Ed25519 over its bytes; empty: none
  std::optional<std::string> config;  // JSON object; none: as it runs now
};

// Thread-safe. Changes happen one at a time; each blocks for as long as its trial takes.
class PluginHost {
 public:
  using Options = PluginOptions;

  // Loads every file of the folder, and what was asked for before. What cannot serve is refused
  // with its reason and logged, and the others go on. An error only when the folder or the store
  // cannot be read.
  static absl::StatusOr<std::unique_ptr<PluginHost>> Start(Options options);

  // The plan of this moment. Hold it as long as the document is worked on.
  std::shared_ptr<const Plan> plan() const;
  // Everything that was found, and the last few that were brought and failed their trial.
  std::vector<PluginInfo> List() const;

  // Where the bytes of a delivery go. FAILED_PRECONDITION when this server takes none.
  absl::StatusOr<std::unique_ptr<UnfinishedFile>> BeginInstall() const;

  // The changes below return what serves from now on. Asking twice changes nothing more. Beside
  // what each says, FAILED_PRECONDITION tells why the plugins could not serve together, and other
  // codes what an extractor answered in the trial.

  // INVALID_ARGUMENT: not those bytes, no plugin, or not its configuration (FieldErrors of sha256
  // and config). PERMISSION_DENIED: not signed as this server wants it.
  absl::StatusOr<PluginInfo> Install(UnfinishedFile* bytes, const PluginDelivery& delivery);
  // The same file again, the plugin folder's if it came from there, with `config` or else with the
  // configuration that it has. A remote extractor, named by its id or its address, is asked again
  // who it is; its configuration is the server's. NOT_FOUND; UNAVAILABLE when it does not answer.
  absl::StatusOr<PluginInfo> Reload(const std::string& id, std::optional<std::string> config);
  // Reads the plugin folder again: files that are new or have changed, and those that are gone.
  // When a plugin that serves would no longer, nothing of it happens; a new file that cannot serve
  // beside the others is listed as refused. Returns what was loaded.
  absl::StatusOr<std::vector<PluginInfo>> ReloadFolder();
  // To the version and configuration before the last change of either. NOT_FOUND;
  // FAILED_PRECONDITION when there is none, as after a rollback.
  absl::StatusOr<PluginInfo> Rollback(const std::string& id);
  // NOT_FOUND for a plugin that was never there.
  absl::Status Remove(const std::string& id);

  // Install() and Reload() of a candidate: what serves goes on. It takes the place of an earlier
  // one.
  absl::StatusOr<PluginInfo> InstallCandidate(UnfinishedFile* bytes,
                                              const PluginDelivery& delivery);
  absl::StatusOr<PluginInfo> ReloadCandidate(const std::string& id,
                                             std::optional<std::string> config);
  // The plan with the candidate of a plugin in its place. FAILED_PRECONDITION when it has none.
  absl::StatusOr<std::shared_ptr<const Plan>> CandidatePlan(const std::string& id);
  // Lets it serve, if it is `extractor`; again: nothing. FAILED_PRECONDITION when it is not.
  absl::Status PromoteCandidate(const Extractor& extractor);
  // Forgets it, if it is `extractor`.
  absl::Status DropCandidate(const Extractor& extractor);

 private:
  explicit PluginHost(Options options)
      : options_(std::move(options)), loader_(options_), drain_(options_.drain_limit) {}

  // The functions from here on require that change_mutex_ is held.

  // The folder's entries, beside the installed ones of `set_`; those that run already and have not
  // changed are taken as they are.
  absl::StatusOr<PluginSet> ReadFolder() const;
  PluginEntry ReadFile(const std::filesystem::path& path) const;
  PluginEntry ReadInstalled(const std::string& id, const PluginChoice& choice) const;
  // An entry of these bytes: the plugin folder's file when it holds the same.
  absl::StatusOr<PluginEntry> ReadChoice(const std::string& id, const PluginChoice& choice) const;

  absl::StatusOr<PluginInfo> ReloadRemote(const PluginEntry& serving);
  // What a delivery or a new configuration makes, not tried yet.
  absl::StatusOr<PluginEntry> ReadDelivery(UnfinishedFile* bytes,
                                           const PluginDelivery& delivery) const;
  absl::StatusOr<PluginEntry> ReadAgain(const std::string& id,
                                        std::optional<std::string> config) const;
  // The candidates that were there before a restart; what cannot be tried says why.
  void ReadCandidates();
  // Tries `entry` and keeps it as the candidate of its id.
  absl::StatusOr<PluginInfo> Propose(PluginEntry entry);
  absl::Status ForgetCandidate(const std::string& id);
  // Puts `entry` in place of what serves as its id, and records that.
  absl::StatusOr<PluginInfo> Replace(PluginEntry entry);
  // Tries the plugins `ids` of `next` and puts it in place.
  absl::Status Adopt(PluginSet next, std::vector<std::string> ids, PluginRecords records);
  // Takes optional plugins that fail out of `ids` and refuses them in `next`.
  absl::Status Try(PluginSet* next, std::vector<std::string>* ids) const;
  void Number(PluginEntry* entry);
  void Swap(PluginSet next, std::shared_ptr<const Plan> plan);
  // Lets an extractor that was unreachable serve, if it answers now.
  void Join(PluginEntry entry);

  // These two do not.
  void RetryRemotes(const std::stop_token& stop);
  // Asks the unreachable ones once; false when one still is.
  bool AskUnreachable(const StopToken& stop);

  PluginInfo InfoOf(const PluginEntry& entry) const;  // requires mutex_ as well
  PluginInfo Serving(const std::string& id) const;
  // What serves and did not in `former`, or was another generation.
  std::vector<PluginInfo> LoadedSince(const PluginSet& former) const;
  void RememberFailure(const PluginEntry& entry, const absl::Status& status);

  const Options options_;
  const PluginLoader loader_;
  uint64_t generations_ = 0;

  std::mutex change_mutex_;  // never wanted by who reads documents

  std::unique_ptr<PluginStore> store_;

  mutable std::mutex mutex_;  // held for a copy only
  PluginSet set_;
  std::shared_ptr<const Plan> plan_;
  std::map<std::string, PluginEntry> candidates_;  // by plugin id
  std::deque<PluginInfo> failures_;                // of Install(), oldest first; bounded

  Drain drain_;
  std::jthread retry_;  // last: it uses the others
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_HOST_H_
