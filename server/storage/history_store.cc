#include "server/storage/history_store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/storage/graph_reader.h"
#include "server/storage/history_records.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxTrimmed = 64;  // commits forgotten with one write

absl::StatusOr<std::optional<Revision>> ReadSince(const Snapshot& snapshot) {
  const std::string key = HistorySinceKey();
  ASSIGN_OR_RETURN(const auto value, snapshot.Get(Family::kMeta, key));
  if (!value) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(const uint64_t since, DecodeNumber(Family::kMeta, key, *value));
  return Revision(since);
}

// The commit that the batch ends with, if it has one.
absl::StatusOr<std::optional<DatabaseState>> StateIn(const WriteBatch& batch) {
  for (const WriteBatch::Change& change : batch.changes()) {
    if (change.family == Family::kMeta && change.key == DatabaseStateKey() && change.value) {
      ASSIGN_OR_RETURN(const DatabaseState state, DecodeDatabaseState(change.key, *change.value));
      return state;
    }
  }
  return std::nullopt;
}

// Adds to `batch` that the history of commits up to `last` goes.
absl::Status Forget(const Snapshot& snapshot, Revision last, std::size_t max_commits,
                    WriteBatch* batch) {
  auto log = snapshot.Scan(Family::kHistoryLog, HistoryLogKey{}.Encode(),
                           HistoryLogKey{Revision(last.value() + 1)}.Encode());
  for (std::size_t i = 0; i < max_commits && log->Valid(); ++i, log->Next()) {
    ASSIGN_OR_RETURN(const std::vector<std::string> keys,
                     DecodeHistoryLog(log->key(), log->value()));
    for (const std::string& key : keys) {
      batch->Delete(Family::kHistory, key);
    }
    batch->Delete(Family::kHistoryLog, std::string(log->key()));
  }
  return log->Valid() ? absl::OkStatus() : log->status();
}

class HistoryStore final : public Store {
 public:
  HistoryStore(std::unique_ptr<Store> store, uint64_t window)
      : store_(std::move(store)), window_(window) {}

  absl::Status Write(const WriteBatch& batch) override {
    const std::lock_guard lock(mutex_);
    ASSIGN_OR_RETURN(const auto state, StateIn(batch));
    if (!state) {
      return store_->Write(batch);  // no commit: nothing of a graph
    }
    WriteBatch whole = batch;
    const auto before = store_->NewSnapshot();
    ASSIGN_OR_RETURN(const DatabaseState state_before, ReadDatabaseState(*before));
    if (state->trimmed > state_before.trimmed) {  // what was to be forgotten is not remembered
      RETURN_IF_ERROR(Forget(*before, state->last, SIZE_MAX, &whole));
      whole.Put(Family::kMeta, HistorySinceKey(), EncodeNumber(state->last.value()));
      return store_->Write(whole);
    }
    RETURN_IF_ERROR(Remember(*before, batch, state->last, &whole));
    if (state->last.value() > window_) {
      RETURN_IF_ERROR(Trim(*before, Revision(state->last.value() - window_), &whole));
    }
    return store_->Write(whole);
  }

  std::shared_ptr<const Snapshot> NewSnapshot() const override { return store_->NewSnapshot(); }
  absl::Status Flush() override { return store_->Flush(); }
  absl::Status Compact() const override { return store_->Compact(); }
  absl::StatusOr<StoreStats> Stats() const override { return store_->Stats(); }

 private:
  // What the keys of `batch` hold now goes to the history, as what they held until `revision`.
  static absl::Status Remember(const Snapshot& before, const WriteBatch& batch, Revision revision,
                               WriteBatch* whole) {
    std::map<Family, std::set<std::string>> changed;
    for (const WriteBatch::Change& change : batch.changes()) {
      changed[change.family].insert(change.key);
    }
    std::vector<std::string> log;
    for (const auto& [family, set] : changed) {
      const std::vector<std::string> keys(set.begin(), set.end());
      ASSIGN_OR_RETURN(const auto values, before.MultiGet(family, keys));
      for (std::size_t i = 0; i < keys.size(); ++i) {
        log.push_back(HistoryKey{family, keys[i], revision}.Encode());
        whole->Put(Family::kHistory, log.back(), EncodeHistory(values[i]));
      }
    }
    whole->Put(Family::kHistoryLog, HistoryLogKey{revision}.Encode(), EncodeHistoryLog(log));
    return absl::OkStatus();
  }

  // A little at a time, so that no write pays for a window that was made smaller.
  static absl::Status Trim(const Snapshot& before, Revision last, WriteBatch* whole) {
    ASSIGN_OR_RETURN(const auto since, ReadSince(before));
    if (since && *since < last) {
      RETURN_IF_ERROR(Forget(before, last, kMaxTrimmed, whole));
      whole->Put(Family::kMeta, HistorySinceKey(), EncodeNumber(last.value()));
    }
    return absl::OkStatus();
  }

  const std::unique_ptr<Store> store_;
  const uint64_t window_;
  std::mutex mutex_;
};

// There is no history of the history: the past had none.
bool IsHistory(Family family) {
  return family == Family::kHistory || family == Family::kHistoryLog;
}

// Walks the keys that one of two cursors has, with what they held at a revision.
class PastCursor final : public Cursor {
 public:
  PastCursor(std::unique_ptr<Cursor> now, std::unique_ptr<Cursor> history, Family family,
             Revision at)
      : now_(std::move(now)), history_(std::move(history)), family_(family), at_(at) {
    Settle();
  }

  bool Valid() const override { return valid_; }
  void Next() override { Settle(); }
  std::string_view key() const override { return key_; }
  std::string_view value() const override { return value_; }
  absl::Status status() const override { return status_; }

 private:
  // Moves to the next key that there was.
  void Settle() {
    valid_ = false;
    while (status_.ok() && !valid_ && (now_->Valid() || history_->Valid())) {
      Step();
    }
    for (const Cursor* cursor : {now_.get(), history_.get()}) {
      if (status_.ok() && !cursor->Valid()) {
        status_ = cursor->status();
      }
    }
    valid_ = valid_ && status_.ok();
  }

  // Takes the lowest key from both.
  void Step() {
    std::optional<HistoryKey> change;
    if (history_->Valid()) {
      auto decoded = HistoryKey::Decode(history_->key());
      if (!decoded.ok()) {
        status_ = decoded.status();
        return;
      }
      change = *std::move(decoded);
    }
    const bool from_now = now_->Valid() && (!change || now_->key() <= change->key);
    const bool from_history = change && (!now_->Valid() || change->key <= now_->key());
    key_ = from_now ? std::string(now_->key()) : change->key;
    std::optional<std::string> held;
    if (from_now) {
      held = std::string(now_->value());
    }
    if (from_history) {
      TakeHistory(&held);
    }
    if (from_now) {
      now_->Next();
    }
    if (held) {
      value_ = *std::move(held);
      valid_ = status_.ok();
    }
  }

  // Passes over the history of key_; `held` becomes what it was at the revision.
  void TakeHistory(std::optional<std::string>* held) {
    bool found = false;
    for (; history_->Valid(); history_->Next()) {
      const auto change = HistoryKey::Decode(history_->key());
      if (!change.ok() || change->family != family_ || change->key != key_) {
        return;  // damage is met again as the first of its key
      }
      if (!found && change->revision > at_) {
        found = true;
        auto value = DecodeHistory(history_->key(), history_->value());
        if (!value.ok()) {
          status_ = value.status();
          return;
        }
        *held = *std::move(value);
      }
    }
  }

  const std::unique_ptr<Cursor> now_;
  const std::unique_ptr<Cursor> history_;
  const Family family_;
  const Revision at_;
  bool valid_ = false;
  std::string key_;
  std::string value_;
  absl::Status status_;
};

class PastSnapshot final : public Snapshot {
 public:
  PastSnapshot(std::shared_ptr<const Snapshot> now, Revision at) : now_(std::move(now)), at_(at) {}

  absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                 std::string_view key) const override {
    if (IsHistory(family)) {
      return std::nullopt;
    }
    const HistoryKey first{family, std::string(key), Revision(at_.value() + 1)};
    auto changes = now_->Scan(Family::kHistory, first.Encode(), first.EndOfKey());
    if (changes->Valid()) {
      return DecodeHistory(changes->key(), changes->value());
    }
    RETURN_IF_ERROR(changes->status());
    return now_->Get(family, key);
  }

  absl::StatusOr<std::vector<std::optional<std::string>>> MultiGet(
      Family family, const std::vector<std::string>& keys) const override {
    std::vector<std::optional<std::string>> values;
    values.reserve(keys.size());
    for (const std::string& key : keys) {
      ASSIGN_OR_RETURN(values.emplace_back(), Get(family, key));
    }
    return values;
  }

  std::unique_ptr<Cursor> Scan(Family family, std::string_view begin,
                               std::string_view end) const override {
    if (IsHistory(family)) {
      const std::string nothing = HistorySinceKey();
      return now_->Scan(Family::kMeta, nothing, nothing);
    }
    return std::make_unique<PastCursor>(
        now_->Scan(family, begin, end),
        now_->Scan(Family::kHistory, HistoryKey::Begin(family, begin),
                   HistoryKey::End(family, end)),
        family, at_);
  }

 private:
  const std::shared_ptr<const Snapshot> now_;
  const Revision at_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> KeepHistory(std::unique_ptr<Store> store, uint64_t window) {
  const auto snapshot = store->NewSnapshot();
  ASSIGN_OR_RETURN(const auto since, ReadSince(*snapshot));
  ASSIGN_OR_RETURN(const DatabaseState state, ReadDatabaseState(*snapshot));
  if (window > 0) {
    if (!since) {
      WriteBatch begin;
      begin.Put(Family::kMeta, HistorySinceKey(), EncodeNumber(state.last.value()));
      RETURN_IF_ERROR(store->Write(begin));
    }
    return std::make_unique<HistoryStore>(std::move(store), window);
  }
  if (since) {
    WriteBatch end;
    RETURN_IF_ERROR(Forget(*snapshot, state.last, SIZE_MAX, &end));
    end.Delete(Family::kMeta, HistorySinceKey());
    RETURN_IF_ERROR(store->Write(end));
  }
  return store;
}

absl::StatusOr<std::shared_ptr<const Snapshot>> SnapshotAt(std::shared_ptr<const Snapshot> now,
                                                           Revision revision) {
  ASSIGN_OR_RETURN(const DatabaseState state, ReadDatabaseState(*now));
  ASSIGN_OR_RETURN(const auto since, ReadSince(*now));
  if (revision == state.last) {
    return now;
  }
  if (revision > state.last) {
    return absl::OutOfRangeError(fmt::format("revision {} is still to come; the last is {}",
                                             revision.value(), state.last.value()));
  }
  if (!since) {
    return absl::OutOfRangeError(fmt::format(
        "revision {} is no longer known: the server keeps no history (dossierd --history)",
        revision.value()));
  }
  if (revision < *since) {
    return absl::OutOfRangeError(
        fmt::format("revision {} is no longer known: the history goes back to {}", revision.value(),
                    since->value()));
  }
  return std::make_shared<PastSnapshot>(std::move(now), revision);
}

}  // namespace dossier
