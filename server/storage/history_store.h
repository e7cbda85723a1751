// A store that remembers, for the last so many commits, what its keys held before, so that the
// graph can be read as it was. Beside the keys themselves it keeps what each held until a commit
// changed it (family `history`) and which those were (`history_log`), in the batch of the change.
#ifndef DOSSIER_SERVER_STORAGE_HISTORY_STORE_H_
#define DOSSIER_SERVER_STORAGE_HISTORY_STORE_H_

#include <cstdint>
#include <memory>

#include "absl/status/statusor.h"
#include "server/model/ids.h"
#include "server/storage/store.h"

namespace dossier {

// `store` with a history of its last `window` commits; 0: none, and what there was is dropped. A
// write then costs a look-up and a record more for each key that it changes. Commits that are
// written in one batch are remembered as one.
absl::StatusOr<std::unique_ptr<Store>> KeepHistory(std::unique_ptr<Store> store, uint64_t window);

// What `now` held after the last batch whose commits were all at or before `revision`. OUT_OF_RANGE
// when that is longer ago than the history goes back, or still to come; the text says how far it
// goes.
absl::StatusOr<std::shared_ptr<const Snapshot>> SnapshotAt(std::shared_ptr<const Snapshot> now,
                                                           Revision revision);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_HISTORY_STORE_H_
