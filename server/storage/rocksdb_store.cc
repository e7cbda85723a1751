#include "server/storage/rocksdb_store.h"

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/write_buffer_manager.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <tuple>
#include <utility>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"
#include "server/storage/rocksdb_folder.h"
#include "server/storage/rocksdb_status.h"
#include "server/storage/rocksdb_tuning.h"

namespace dossier {
namespace {

// Longer than an idle stream holds its snapshot.
constexpr std::chrono::seconds kReaderPatience{30};

rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// The open database. Snapshots share it, so it closes when the last of them is gone.
class Engine {
 public:
  explicit Engine(const RocksDbOptions& options)
      : path_(options.path), memory_(options.memory_bytes) {}
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  absl::Status Open();
  absl::Status Write(const WriteBatch& batch);
  absl::Status Flush();
  absl::Status Compact();
  StoreStats Stats() const;

  rocksdb::DB& db() const { return *db_; }
  rocksdb::ColumnFamilyHandle* handle(Family family) const {
    return handles_[static_cast<std::size_t>(family)];
  }
  absl::Status Error(const rocksdb::Status& status, const char* verb, Family family) const {
    return status.ok()
               ? absl::OkStatus()
               : FromRocksDb(status, fmt::format("{} {} in {}", verb, InfoOf(family).name, path_));
  }

 private:
  absl::Status CheckFamilies() const;
  absl::Status CheckFormat();
  absl::Status CheckVersion(std::string_view bytes) const;
  absl::Status WaitForOlderReaders() const;
  absl::Status NotDossier() const {
    return absl::FailedPreconditionError(
        fmt::format("the folder {} holds a database of another program", path_));
  }

  const std::string path_;
  const EngineMemory memory_;
  std::unique_ptr<rocksdb::DB> db_;
  std::array<rocksdb::ColumnFamilyHandle*, kFamilyCount> handles_{};  // owned; gone before db_
  rocksdb::ColumnFamilyHandle* unused_ = nullptr;  // the family that the engine insists on
};

Engine::~Engine() {
  if (db_ == nullptr) {
    return;
  }
  // What is not flushed stands in the log: failing here costs time at the next open, no data.
  Flush().IgnoreError();
  for (rocksdb::ColumnFamilyHandle* handle : handles_) {
    db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  db_->DestroyColumnFamilyHandle(unused_).PermitUncheckedError();
  db_->Close().PermitUncheckedError();
}

// Looks before it opens: a database of another program or of a newer format must not be changed.
absl::Status Engine::CheckFamilies() const {
  std::vector<std::string> names;
  if (!rocksdb::DB::ListColumnFamilies({}, path_, &names).ok()) {
    return absl::OkStatus();  // a new database, or an error that Open() reports
  }
  const auto has = [&](std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const bool has_meta = has(InfoOf(Family::kMeta).name);
  const auto known = std::count_if(Catalogue().begin(), Catalogue().end(),
                                   [&](const FamilyInfo& family) { return has(family.name); });
  if (has_meta && static_cast<std::size_t>(known) + 1 == names.size()) {
    return absl::OkStatus();
  }
  std::vector<rocksdb::ColumnFamilyDescriptor> look = {{rocksdb::kDefaultColumnFamilyName, {}}};
  if (has_meta) {
    look.push_back({InfoOf(Family::kMeta).name, {}});
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* raw = nullptr;
  const std::string doing = "look into the database in " + path_;
  rocksdb::DBOptions options;
  options.info_log = MakeDbOptions(memory_).info_log;  // no log file in another's folder
  RETURN_IF_ERROR(
      FromRocksDb(rocksdb::DB::OpenForReadOnly(options, path_, look, &handles, &raw), doing));
  const std::unique_ptr<rocksdb::DB> db(raw);
  std::string version;
  absl::Status result = NotDossier();
  if (has_meta) {
    const rocksdb::Status found = db->Get({}, handles[1], FormatVersionKey(), &version);
    result = found.IsNotFound() ? NotDossier() : FromRocksDb(found, doing);
    if (result.ok()) {
      result = CheckVersion(version);
    }
  } else if (names.size() == 1) {
    // One that was stopped while it was made has the engine's own family, empty.
    const std::unique_ptr<rocksdb::Iterator> it(db->NewIterator({}));
    it->SeekToFirst();
    result = it->Valid() ? NotDossier() : FromRocksDb(it->status(), doing);
  }
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    db->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  return result;
}

absl::Status Engine::CheckVersion(std::string_view bytes) const {
  ASSIGN_OR_RETURN(const uint64_t version, DecodeNumber(Family::kMeta, FormatVersionKey(), bytes));
  if (version > kFormatVersion) {
    return absl::FailedPreconditionError(
        fmt::format("the database in {} has format version {}; this build reads up to version {}: "
                    "use a newer build",
                    path_, version, kFormatVersion));
  }
  return absl::OkStatus();
}

// Writes the version into a new database.
absl::Status Engine::CheckFormat() {
  std::string version;
  const rocksdb::Status found = db_->Get({}, handle(Family::kMeta), FormatVersionKey(), &version);
  if (!found.IsNotFound()) {
    RETURN_IF_ERROR(Error(found, "read", Family::kMeta));
    return CheckVersion(version);
  }
  for (const FamilyInfo& family : Catalogue()) {
    const std::unique_ptr<rocksdb::Iterator> it(db_->NewIterator({}, handle(family.family)));
    it->SeekToFirst();
    RETURN_IF_ERROR(Error(it->status(), "read", family.family));
    if (it->Valid()) {
      return NotDossier();
    }
  }
  WriteBatch batch;
  batch.Put(Family::kMeta, FormatVersionKey(), EncodeNumber(kFormatVersion));
  return Write(batch);
}

absl::Status Engine::Open() {
  RETURN_IF_ERROR(PrepareFolder(path_));
  RETURN_IF_ERROR(CheckFamilies());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const FamilyInfo& family : Catalogue()) {
    families.push_back({family.name, MakeFamilyOptions(family, memory_)});
  }
  // The engine recovers from a full disk once the largest buffer of any family fits on it again:
  // the one that nobody uses must not be the largest.
  rocksdb::ColumnFamilyOptions unused;
  unused.write_buffer_size = 64 << 10;
  families.push_back({rocksdb::kDefaultColumnFamilyName, unused});
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status =
      rocksdb::DB::Open(MakeDbOptions(memory_), path_, families, &handles, &db);
  if (status.IsIOError()) {
    if (status.ToString().find("lock hold by current process") != std::string::npos) {
      return absl::FailedPreconditionError(
          fmt::format("the database in {} is open already, in this process", path_));
    }
    if (const std::optional<int> process = LockHolder(path_)) {
      return absl::FailedPreconditionError(
          fmt::format("the database in {} is open already, in process {}", path_, *process));
    }
  }
  RETURN_IF_ERROR(FromRocksDb(status, "open the database in " + path_));
  db_.reset(db);
  unused_ = handles.back();
  std::copy_n(handles.begin(), kFamilyCount, handles_.begin());
  return CheckFormat();
}

// By family and key; those of one key as they came. The engine finds the place of a key from that
// of the one before, so that a large batch in this order costs it less.
std::vector<const WriteBatch::Change*> InOrder(const WriteBatch& batch) {
  std::vector<const WriteBatch::Change*> changes;
  changes.reserve(batch.changes().size());
  for (const WriteBatch::Change& change : batch.changes()) {
    changes.push_back(&change);
  }
  std::stable_sort(changes.begin(), changes.end(), [](const auto* a, const auto* b) {
    return std::tie(a->family, a->key) < std::tie(b->family, b->key);
  });
  return changes;
}

absl::Status Engine::Write(const WriteBatch& batch) {
  rocksdb::WriteBatch changes;
  for (const WriteBatch::Change* change : InOrder(batch)) {
    const auto& [family, key, value] = *change;
    const rocksdb::Status added =
        value ? changes.Put(handle(family), key, *value) : changes.Delete(handle(family), key);
    RETURN_IF_ERROR(Error(added, "prepare a change of", family));
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return FromRocksDb(db_->Write(options, &changes), "write to the database in " + path_);
}

absl::Status Engine::Flush() {
  rocksdb::FlushOptions options;
  options.allow_write_stall = true;  // otherwise it waits for others' flushes before its own
  const std::vector<rocksdb::ColumnFamilyHandle*> handles(handles_.begin(), handles_.end());
  return FromRocksDb(db_->Flush(options, handles), "flush the database in " + path_);
}

// Until nobody reads what was before the call: the engine keeps for readers what they may look at.
absl::Status Engine::WaitForOlderReaders() const {
  constexpr std::chrono::milliseconds kPause{20};
  const uint64_t now = db_->GetLatestSequenceNumber();
  const auto deadline = std::chrono::steady_clock::now() + kReaderPatience;
  uint64_t oldest = 0;  // stays 0 when there is no snapshot
  while (db_->GetIntProperty(rocksdb::DB::Properties::kOldestSnapshotSequence, &oldest) &&
         oldest != 0 && oldest < now) {
    if (std::chrono::steady_clock::now() > deadline) {
      return absl::UnavailableError(
          "what was taken out is still being read by a query that began before; try again when it "
          "is done");
    }
    std::this_thread::sleep_for(kPause);
  }
  return absl::OkStatus();
}

absl::Status Engine::Compact() {
  RETURN_IF_ERROR(WaitForOlderReaders());
  RETURN_IF_ERROR(Flush());  // then the log is dropped
  rocksdb::CompactRangeOptions sink;
  sink.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kSkip;
  rocksdb::CompactRangeOptions rewrite;
  rewrite.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForce;
  rewrite.blob_garbage_collection_policy = rocksdb::BlobGarbageCollectionPolicy::kForce;
  rewrite.blob_garbage_collection_age_cutoff = 1;
  for (const FamilyInfo& family : Catalogue()) {
    // What the engine compacts by itself at this moment is out of the second's reach until the
    // first, which waits for it, is done.
    for (const rocksdb::CompactRangeOptions& options : {sink, rewrite}) {
      RETURN_IF_ERROR(Error(db_->CompactRange(options, handle(family.family), nullptr, nullptr),
                            "compact", family.family));
    }
  }
  return absl::OkStatus();
}

StoreStats Engine::Stats() const {
  const auto sum = [this](const std::string& property) {
    uint64_t value = 0;
    db_->GetAggregatedIntProperty(property, &value);
    return value;
  };
  StoreStats stats;
  stats.disk_bytes = FolderBytes(path_);
  stats.memory_bytes = memory_.cache->GetUsage();
  stats.memory_limit_bytes = memory_.bytes;
  stats.write_buffer_bytes = memory_.buffers->memory_usage();
  stats.pending_compaction_bytes = sum(rocksdb::DB::Properties::kEstimatePendingCompactionBytes);
  stats.writes_stopped = sum(rocksdb::DB::Properties::kIsWriteStopped) > 0;
  return stats;
}

// A snapshot of the engine, held until the last cursor over it is gone.
class Pin {
 public:
  explicit Pin(std::shared_ptr<const Engine> engine)
      : engine_(std::move(engine)), snapshot_(engine_->db().GetSnapshot()) {}
  ~Pin() { engine_->db().ReleaseSnapshot(snapshot_); }
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;

  const Engine& engine() const { return *engine_; }
  rocksdb::ReadOptions read_options() const {
    rocksdb::ReadOptions options;
    options.snapshot = snapshot_;
    return options;
  }

 private:
  std::shared_ptr<const Engine> engine_;
  const rocksdb::Snapshot* snapshot_;
};

// Whether all keys in [begin, end) begin with the same `size` bytes: then the filter over prefixes
// can tell which files have none of them.
bool WithinPrefix(std::string_view begin, std::string_view end, std::size_t size) {
  if (size == 0 || begin.size() < size || end.empty()) {
    return false;
  }
  const std::string prefix_end = PrefixEnd(begin.substr(0, size));
  return prefix_end.empty() || end <= prefix_end;
}

class RocksDbCursor final : public Cursor {
 public:
  RocksDbCursor(std::shared_ptr<const Pin> pin, Family family, std::string_view begin,
                std::string_view end)
      : pin_(std::move(pin)), family_(family), end_(end), end_slice_(end_) {
    rocksdb::ReadOptions options = pin_->read_options();
    if (!end.empty()) {
      options.iterate_upper_bound = &end_slice_;
    }
    const bool within = WithinPrefix(begin, end, InfoOf(family).prefix_bytes);
    options.prefix_same_as_start = within;
    options.total_order_seek = !within;
    options.adaptive_readahead = true;
    iterator_.reset(pin_->engine().db().NewIterator(options, pin_->engine().handle(family)));
    iterator_->Seek(ToSlice(begin));
  }

  bool Valid() const override { return iterator_->Valid(); }
  void Next() override { iterator_->Next(); }
  std::string_view key() const override { return ToView(iterator_->key()); }
  std::string_view value() const override { return ToView(iterator_->value()); }
  absl::Status status() const override {
    return pin_->engine().Error(iterator_->status(), "read", family_);
  }

 private:
  std::shared_ptr<const Pin> pin_;
  Family family_;
  std::string end_;
  rocksdb::Slice end_slice_;  // of end_; the iterator keeps its address
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

class RocksDbSnapshot final : public Snapshot {
 public:
  explicit RocksDbSnapshot(std::shared_ptr<const Engine> engine)
      : pin_(std::make_shared<Pin>(std::move(engine))) {}

  absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                 std::string_view key) const override {
    std::string value;
    const Engine& engine = pin_->engine();
    const rocksdb::Status status =
        engine.db().Get(pin_->read_options(), engine.handle(family), ToSlice(key), &value);
    if (status.IsNotFound()) {
      return std::nullopt;
    }
    RETURN_IF_ERROR(engine.Error(status, "read", family));
    return value;
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Family family, const std::vector<std::string>& keys) const override {
    const Engine& engine = pin_->engine();
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    engine.db().MultiGet(pin_->read_options(), engine.handle(family), keys.size(), slices.data(),
                         found.data(), statuses.data());
    std::vector<std::optional<std::string>> values(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!statuses[i].IsNotFound()) {
        RETURN_IF_ERROR(engine.Error(statuses[i], "read", family));
        values[i].emplace(ToView(found[i]));
      }
    }
    return values;
  }

  std::unique_ptr<Cursor> Scan(Family family, std::string_view begin,
                               std::string_view end) const override {
    return std::make_unique<RocksDbCursor>(pin_, family, begin, end);
  }

 private:
  std::shared_ptr<const Pin> pin_;
};

class RocksDbStore final : public Store {
 public:
  explicit RocksDbStore(std::shared_ptr<Engine> engine) : engine_(std::move(engine)) {}

  absl::Status Write(const WriteBatch& batch) override { return engine_->Write(batch); }
  std::shared_ptr<const Snapshot> NewSnapshot() const override {
    return std::make_shared<RocksDbSnapshot>(engine_);
  }
  absl::Status Flush() override { return engine_->Flush(); }
  absl::Status Compact() const override { return engine_->Compact(); }
  absl::StatusOr<StoreStats> Stats() const override { return engine_->Stats(); }

 private:
  std::shared_ptr<Engine> engine_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> OpenRocksDbStore(const RocksDbOptions& options) {
  if (options.memory_bytes < kMinStoreMemoryBytes) {
    return absl::InvalidArgumentError(
        fmt::format("{} bytes of memory are too few for a database; it needs at least {}",
                    options.memory_bytes, kMinStoreMemoryBytes));
  }
  auto engine = std::make_shared<Engine>(options);
  RETURN_IF_ERROR(engine->Open());
  return std::make_unique<RocksDbStore>(std::move(engine));
}

}  // namespace dossier
