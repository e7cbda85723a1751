// The seam between the graph and the engine that keeps it: ordered bytes, atomic batches,
// snapshots. It assumes no more than an ordered, distributed key-value engine can give. What the
// keys and values mean stands in FORMAT.md, keys.h and records.h.
#ifndef DOSSIER_SERVER_STORAGE_STORE_H_
#define DOSSIER_SERVER_STORAGE_STORE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/storage/family.h"

namespace dossier {

// Changes that become visible and durable together. Later changes of one key win.
class WriteBatch {
 public:
  struct Change {
    Family family;
    std::string key;
    std::optional<std::string> value;  // nullopt: the key goes
  };

  void Put(Family family, std::string key, std::string value) {
    changes_.push_back({family, std::move(key), std::move(value)});
  }
  void Delete(Family family, std::string key) {
    changes_.push_back({family, std::move(key), std::nullopt});
  }

  const std::vector<Change>& changes() const { return changes_; }
  bool empty() const { return changes_.empty(); }

 private:
  std::vector<Change> changes_;
};

// Walks keys in byte order. Not thread-safe. Keeps its snapshot alive.
class Cursor {
 public:
  virtual ~Cursor() = default;

  // While Valid(), key() and value() hold until the next call of Next(). Once it is not, status()
  // tells whether the end was reached or the engine failed.
  virtual bool Valid() const = 0;
  virtual void Next() = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual absl::Status status() const = 0;
};

// The store as it was at one moment. Thread-safe. Holds engine resources: drop it soon.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // nullopt: no such key.
  virtual absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                         std::string_view key) const = 0;
  // In the order of `keys`.
  virtual absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Family family, const std::vector<std::string>& keys) const = 0;
  // The keys in [begin, end); an empty end is the family's end.
  virtual std::unique_ptr<Cursor> Scan(Family family, std::string_view begin,
                                       std::string_view end) const = 0;
};

// What the engine uses; all 0 for a store in memory.
struct StoreStats {
  uint64_t disk_bytes = 0;    // files of the engine
  uint64_t memory_bytes = 0;  // caches and write buffers in use
  uint64_t memory_limit_bytes = 0;
  uint64_t write_buffer_bytes = 0;        // of memory_bytes: changes that no file but the log has
  uint64_t pending_compaction_bytes = 0;  // that it will have to rewrite, as it estimates
  bool writes_stopped = false;            // until it has caught up
};

// Thread-safe.
class Store {
 public:
  virtual ~Store() = default;

  // All of `batch` or none of it. Once it returns OK the batch survives a crash of the process and
  // of the machine.
  virtual absl::Status Write(const WriteBatch& batch) = 0;

  virtual std::shared_ptr<const Snapshot> NewSnapshot() const = 0;

  // Brings everything to its place on disk, so that the next open is quick. Blocks.
  virtual absl::Status Flush() = 0;

  // Writes everything on disk anew, so that its files hold what the store holds and nothing of what
  // was deleted or replaced; what the store holds stays the same. Blocks: it reads and writes all
  // there is. UNAVAILABLE when snapshots from before the call are still held after half a minute.
  virtual absl::Status Compact() const = 0;

  virtual absl::StatusOr<StoreStats> Stats() const = 0;
};

// The first key after all keys that begin with `prefix`; empty when there is none.
std::string PrefixEnd(std::string_view prefix);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_STORE_H_
