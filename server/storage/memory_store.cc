#include "server/storage/memory_store.h"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>

namespace dossier {
namespace {

// The values that a key had, each with the number of the batch that wrote it, oldest first.
struct Version {
  uint64_t batch = 0;
  std::optional<std::string> value;
};
using Versions = std::vector<Version>;
using Table = std::map<std::string, Versions, std::less<>>;

// Batches are numbered; a snapshot is the number of the last batch that it sees.
class Tables {
 public:
  void Write(const WriteBatch& batch) {
    const std::unique_lock lock(mutex_);
    ++batch_;
    const uint64_t oldest = live_.empty() ? batch_ : *live_.begin();
    for (const WriteBatch::Change& change : batch.changes()) {
      Table& table = tables_[static_cast<std::size_t>(change.family)];
      Versions& versions = table[change.key];
      versions.push_back({batch_, change.value});
      Forget(oldest, &versions);
      if (versions.size() == 1 && !versions.front().value) {
        table.erase(change.key);
      }
    }
  }

  uint64_t Pin() {
    const std::unique_lock lock(mutex_);
    live_.insert(batch_);
    return batch_;
  }

  void Unpin(uint64_t batch) {
    const std::unique_lock lock(mutex_);
    live_.erase(live_.find(batch));
  }

  std::optional<std::string> Get(uint64_t batch, Family family, std::string_view key) const {
    const std::shared_lock lock(mutex_);
    const Table& table = tables_[static_cast<std::size_t>(family)];
    const auto it = table.find(key);
    return it == table.end() ? std::nullopt : Seen(batch, it->second);
  }

  // The first key with a value at or after `key` (after: behind it) and before `end`.
  std::optional<std::pair<std::string, std::string>> Find(uint64_t batch, Family family,
                                                          std::string_view key, bool behind,
                                                          std::string_view end) const {
    const std::shared_lock lock(mutex_);
    const Table& table = tables_[static_cast<std::size_t>(family)];
    auto it = behind ? table.upper_bound(key) : table.lower_bound(key);
    for (; it != table.end() && (end.empty() || it->first < end); ++it) {
      if (auto value = Seen(batch, it->second)) {
        return std::pair(it->first, *std::move(value));
      }
    }
    return std::nullopt;
  }

 private:
  // Drops the versions that no snapshot from `oldest` on can see.
  static void Forget(uint64_t oldest, Versions* versions) {
    const auto seen = std::find_if(versions->rbegin(), versions->rend(),
                                   [&](const Version& v) { return v.batch <= oldest; });
    if (seen != versions->rend()) {
      versions->erase(versions->begin(), std::prev(seen.base()));
    }
  }

  static std::optional<std::string> Seen(uint64_t batch, const Versions& versions) {
    const auto it = std::find_if(versions.rbegin(), versions.rend(),
                                 [&](const Version& v) { return v.batch <= batch; });
    return it == versions.rend() ? std::nullopt : it->value;
  }

  mutable std::shared_mutex mutex_;
  uint64_t batch_ = 0;
  std::multiset<uint64_t> live_;
  std::array<Table, kFamilyCount> tables_;
};

// A snapshot's number, held until the last cursor over it is gone.
class Pin {
 public:
  explicit Pin(std::shared_ptr<Tables> tables)
      : tables_(std::move(tables)), batch_(tables_->Pin()) {}
  ~Pin() { tables_->Unpin(batch_); }
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;

  const Tables& tables() const { return *tables_; }
  uint64_t batch() const { return batch_; }

 private:
  std::shared_ptr<Tables> tables_;
  uint64_t batch_;
};

class MemoryCursor final : public Cursor {
 public:
  MemoryCursor(std::shared_ptr<const Pin> pin, Family family, std::string_view begin,
               std::string_view end)
      : pin_(std::move(pin)),
        family_(family),
        end_(end),
        row_(pin_->tables().Find(pin_->batch(), family, begin, false, end)) {}

  bool Valid() const override { return row_.has_value(); }
  void Next() override {
    row_ = pin_->tables().Find(pin_->batch(), family_, std::string(row_->first), true, end_);
  }
  std::string_view key() const override { return row_->first; }
  std::string_view value() const override { return row_->second; }
  absl::Status status() const override { return absl::OkStatus(); }

 private:
  std::shared_ptr<const Pin> pin_;
  Family family_;
  std::string end_;
  std::optional<std::pair<std::string, std::string>> row_;
};

class MemorySnapshot final : public Snapshot {
 public:
  explicit MemorySnapshot(std::shared_ptr<Tables> tables)
      : pin_(std::make_shared<Pin>(std::move(tables))) {}

  absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                 std::string_view key) const override {
    return pin_->tables().Get(pin_->batch(), family, key);
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Family family, const std::vector<std::string>& keys) const override {
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) {
      values.push_back(pin_->tables().Get(pin_->batch(), family, key));
    }
    return values;
  }

  std::unique_ptr<Cursor> Scan(Family family, std::string_view begin,
                               std::string_view end) const override {
    return std::make_unique<MemoryCursor>(pin_, family, begin, end);
  }

 private:
  std::shared_ptr<const Pin> pin_;
};

class MemoryStore final : public Store {
 public:
  absl::Status Write(const WriteBatch& batch) override {
    tables_->Write(batch);
    return absl::OkStatus();
  }
  std::shared_ptr<const Snapshot> NewSnapshot() const override {
    return std::make_shared<MemorySnapshot>(tables_);
  }
  absl::Status Flush() override { return absl::OkStatus(); }
  absl::Status Compact() const override { return absl::OkStatus(); }
  absl::StatusOr<StoreStats> Stats() const override { return StoreStats(); }

 private:
  std::shared_ptr<Tables> tables_ = std::make_shared<Tables>();
};

}  // namespace

std::unique_ptr<Store> NewMemoryStore() { return std::make_unique<MemoryStore>(); }

}  // namespace dossier
