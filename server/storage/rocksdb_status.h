#ifndef DOSSIER_SERVER_STORAGE_ROCKSDB_STATUS_H_
#define DOSSIER_SERVER_STORAGE_ROCKSDB_STATUS_H_

#include <string_view>

#include "absl/status/status.h"

namespace rocksdb {
class Status;
}

namespace dossier {

// The one place where errors of the engine become ours. `doing` completes "cannot ...", as in
// "read from spo in /data". A full disk or memory is RESOURCE_EXHAUSTED, damaged files are
// DATA_LOSS.
absl::Status FromRocksDb(const rocksdb::Status& status, std::string_view doing);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_ROCKSDB_STATUS_H_
