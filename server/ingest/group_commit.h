// Several documents in one atomic write. Each is whole or not there, because the write is; one
// wait for the disk serves them all.
#ifndef DOSSIER_SERVER_INGEST_GROUP_COMMIT_H_
#define DOSSIER_SERVER_INGEST_GROUP_COMMIT_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/ingest/ingestor.h"
#include "server/ingest/pending_graph.h"
#include "server/ingest/prepare.h"
#include "server/ingest/shadows.h"
#include "server/ingest/support.h"
#include "server/storage/store.h"

namespace dossier {

// What `snapshot` answers for a document that is already there: the same to the byte, text and
// metadata (`fingerprint`), read by exactly these extractors. nullopt: it is not.
absl::StatusOr<std::optional<IngestResult>> FindUnchanged(std::shared_ptr<const Snapshot> snapshot,
                                                          std::string_view name_space,
                                                          std::string_view document_id,
                                                          const std::string& fingerprint,
                                                          const std::vector<Extractor>& extractors);

// One group: open, put documents in and take documents out, write once. Not thread-safe; there is
// one at a time for a store. The outcome is that of groups of one, up to ids.
class GroupCommit {
 public:
  static absl::StatusOr<std::unique_ptr<GroupCommit>> Open(Store& store);

  // The results hold once Write() has returned OK. After an error other than NOT_FOUND the group is
  // spoiled: drop it. REQUIRES: no document twice in a group.
  absl::StatusOr<IngestResult> Ingest(const std::string& name_space,
                                      const PreparedDocument& document);
  // NOT_FOUND when there is no such document.
  absl::StatusOr<Revision> Delete(const std::string& name_space, const std::string& document_id);

  // Empties the log of changes, those of this group so far included.
  absl::Status ForgetChanges();

  // Writes what has changed, if anything has. Once.
  absl::Status Write();

 private:
  GroupCommit(Store& store, std::shared_ptr<const Snapshot> snapshot, const DatabaseState& state)
      : store_(store), snapshot_(std::move(snapshot)), state_(state) {}

  // nullptr: there is no such namespace.
  absl::StatusOr<PendingGraph*> FindGraph(const std::string& name_space);
  absl::StatusOr<PendingGraph*> FindOrMakeGraph(const std::string& name_space);
  absl::StatusOr<PendingGraph*> OpenGraph(const std::string& name_space, NamespaceId ns);
  Revision NextRevision() const { return Revision(state_.last.value() + 1); }
  // Takes out what reextractions know of a document that changes.
  absl::Status ForgetShadows(DocumentNumber document, PendingGraph* graph);
  // Makes the change the next commit.
  absl::Status Record(ChangeEvent event, const TouchedTriples& touched, PendingGraph* graph);

  Store& store_;
  std::shared_ptr<const Snapshot> snapshot_;
  DatabaseState state_;
  bool changed_ = false;
  WriteBatch batch_;
  std::map<std::string, std::unique_ptr<PendingGraph>> graphs_;  // by the name of the namespace
  std::map<NamespaceId, Shadows> shadows_;                       // where documents were taken out
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_GROUP_COMMIT_H_
