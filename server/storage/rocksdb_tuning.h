// How the engine is set up: one memory budget for everything, and for each family what the
// catalogue says of it.
#ifndef DOSSIER_SERVER_STORAGE_ROCKSDB_TUNING_H_
#define DOSSIER_SERVER_STORAGE_ROCKSDB_TUNING_H_

#include <cstdint>
#include <memory>

#include "server/storage/family.h"

namespace rocksdb {
class Cache;
class WriteBufferManager;
struct ColumnFamilyOptions;
struct DBOptions;
}  // namespace rocksdb

namespace dossier {

// Block cache and write buffers of all families. The buffers are charged to the cache, so that
// `bytes` bounds both.
struct EngineMemory {
  explicit EngineMemory(uint64_t limit_bytes);

  uint64_t bytes;
  std::shared_ptr<rocksdb::Cache> cache;
  std::shared_ptr<rocksdb::WriteBufferManager> buffers;
};

rocksdb::DBOptions MakeDbOptions(const EngineMemory& memory);
rocksdb::ColumnFamilyOptions MakeFamilyOptions(const FamilyInfo& family,
                                               const EngineMemory& memory);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_ROCKSDB_TUNING_H_
