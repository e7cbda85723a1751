// The shadows of documents that reextractions keep: made from what extractors say, and let go when
// their documents change.
#ifndef DOSSIER_SERVER_INGEST_SHADOWS_H_
#define DOSSIER_SERVER_INGEST_SHADOWS_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/ingest/prepare.h"
#include "server/model/ids.h"
#include "server/storage/reextraction.h"
#include "server/storage/store.h"

namespace dossier {

std::vector<ShadowRun> ToShadow(const std::vector<PreparedRun>& runs);
std::vector<PreparedRun> FromShadow(const std::vector<ShadowRun>& runs);

// The reextractions of a namespace that are neither promoted nor dropped, as they will be.
class Shadows {
 public:
  static absl::StatusOr<Shadows> Open(std::shared_ptr<const Snapshot> snapshot, NamespaceId ns);

  // Takes out all shadows of a document. Once for each. Costs a look-up for each reextraction.
  absl::Status Forget(DocumentNumber document, WriteBatch* batch);
  // Puts the counts that have changed into the batch. Once.
  void Write(WriteBatch* batch) const;

 private:
  Shadows(std::shared_ptr<const Snapshot> snapshot, NamespaceId ns)
      : snapshot_(std::move(snapshot)), ns_(ns) {}

  struct Slot {
    ReextractionRecord before;
    ReextractionRecord now;
  };

  std::shared_ptr<const Snapshot> snapshot_;
  NamespaceId ns_;
  std::map<std::string, Slot> records_;  // by id
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_SHADOWS_H_
