// The store on disk, in RocksDB.
#ifndef DOSSIER_SERVER_STORAGE_ROCKSDB_STORE_H_
#define DOSSIER_SERVER_STORAGE_ROCKSDB_STORE_H_

#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/storage/store.h"

namespace dossier {

inline constexpr uint64_t kMinStoreMemoryBytes = 16u << 20;

struct RocksDbOptions {
  std::string path;  // a folder; it is made when the one above it exists
  // Bounds block cache and write buffers together. What a cursor is reading and the buffers being
  // flushed may pass it for a moment. At least kMinStoreMemoryBytes.
  uint64_t memory_bytes = 256u << 20;
};

// Opens the database in `options.path` or makes a new one. One process at a time can have it open.
// Snapshots and cursors keep it open too: drop them before the store. Dropping it flushes.
//
// Errors name the folder:
//   INVALID_ARGUMENT     memory_bytes is too small
//   NOT_FOUND            the folder above it does not exist
//   PERMISSION_DENIED    it cannot be written to
//   FAILED_PRECONDITION  not a folder; open already; something other than a Dossier database; of a
//                        newer format, with both versions
//   RESOURCE_EXHAUSTED   the disk is full
//   DATA_LOSS            damaged
//
// Once the disk is full, Write() answers RESOURCE_EXHAUSTED and reading goes on; within some five
// seconds of there being space again, a sixteenth of memory_bytes, Write() succeeds. The engine's
// warnings go to the default logger of spdlog.
absl::StatusOr<std::unique_ptr<Store>> OpenRocksDbStore(const RocksDbOptions& options);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_ROCKSDB_STORE_H_
