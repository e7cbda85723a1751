// What can be said of a database's folder before and after the engine touches it.
#ifndef DOSSIER_SERVER_STORAGE_ROCKSDB_FOLDER_H_
#define DOSSIER_SERVER_STORAGE_ROCKSDB_FOLDER_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"

namespace dossier {

// Makes the folder when only it is missing, and checks that it may hold a database: it can be
// written to, and it holds one, or nothing yet. The texts of errors name the folder and the reason.
absl::Status PrepareFolder(const std::string& path);

// The process that has the database in `path` open. REQUIRES: not this one, whose lock the question
// itself would release (POSIX record locks go when any descriptor of the file is closed).
std::optional<int> LockHolder(const std::string& path);

// Sum of the sizes of the files in `path`.
uint64_t FolderBytes(const std::string& path);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_ROCKSDB_FOLDER_H_
