#include "server/storage/history_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/storage/history_records.h"
#include "server/storage/keys.h"
#include "server/storage/memory_store.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

constexpr Family kFamilies[] = {Family::kEntity, Family::kAlias, Family::kText};
using Contents = std::map<std::pair<Family, std::string>, std::string>;

// What a snapshot has under keys that begin with `prefix`, read by scans, each looked up as well.
Contents Read(const Snapshot& snapshot, const std::string& prefix) {
  Contents contents;
  for (const Family family : kFamilies) {
    std::vector<std::string> keys;
    std::vector<std::optional<std::string>> values;
    auto cursor = snapshot.Scan(family, prefix, PrefixEnd(prefix));
    for (; cursor->Valid(); cursor->Next()) {
      keys.emplace_back(cursor->key());
      values.emplace_back(std::string(cursor->value()));
      contents[{family, keys.back()}] = *values.back();
      EXPECT_EQ(*snapshot.Get(family, keys.back()), values.back());
    }
    EXPECT_THAT(cursor->status(), IsOk());
    EXPECT_TRUE(std::is_sorted(keys.begin(), keys.end()));
    EXPECT_EQ(*snapshot.MultiGet(family, keys), values);
  }
  return contents;
}

// Commits random changes of few keys, with zeros in them, one batch a commit or several.
class Writer {
 public:
  explicit Writer(uint64_t seed) : random_(seed) {}

  absl::Status Commit(Store* store) {
    WriteBatch batch;
    for (uint64_t i = 1 + random_() % 6; i > 0; --i) {
      const Family family = kFamilies[random_() % 3];
      std::string key = KeyPrefix(NamespaceId(1 + random_() % 2));
      for (uint64_t size = random_() % 4; size > 0; --size) {
        key.push_back(static_cast<char>(random_() % 3 == 0 ? 0xff : random_() % 2));
      }
      if (random_() % 3 == 0) {
        batch.Delete(family, key);
      } else {
        batch.Put(family, key, std::to_string(random_()));
      }
    }
    last_ += 1 + random_() % 2;
    batch.Put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState({Revision(last_), {}, {}}));
    return store->Write(batch);
  }

  Revision last() const { return Revision(last_); }

 private:
  std::mt19937_64 random_;
  uint64_t last_ = 0;
};

// Every revision in the window reads as it was; those before it do not.
TEST(HistoryStore, ReadsWhatThereWas) {
  constexpr uint64_t kWindow = 12;
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    auto store = KeepHistory(NewMemoryStore(), kWindow);
    ASSERT_THAT(store, IsOk());
    Writer writer(seed);
    std::map<Revision, std::pair<Contents, Contents>> past;  // by the last commit of a batch
    for (int i = 0; i < 40; ++i) {
      ASSERT_THAT(writer.Commit(store->get()), IsOk());
      const auto now = (*store)->NewSnapshot();
      past[writer.last()] = {Read(*now, KeyPrefix(NamespaceId(1))), Read(*now, "")};
      for (uint64_t at = 1; at <= writer.last().value(); ++at) {
        const auto then = SnapshotAt(now, Revision(at));
        if (at + kWindow < writer.last().value()) {
          EXPECT_THAT(then, StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("goes back to")));
          continue;
        }
        ASSERT_THAT(then, IsOk()) << "seed " << seed;
        auto expected = past.upper_bound(Revision(at));
        if (expected == past.begin()) {
          EXPECT_TRUE(Read(**then, KeyPrefix(NamespaceId(1))).empty());
          continue;
        }
        --expected;
        EXPECT_EQ(Read(**then, KeyPrefix(NamespaceId(1))), expected->second.first)
            << "seed " << seed;
        EXPECT_EQ(Read(**then, ""), expected->second.second) << "seed " << seed;
      }
    }
  }
}

std::size_t Count(const Store& store, Family family) {
  std::size_t count = 0;
  const auto snapshot = store.NewSnapshot();
  for (auto cursor = snapshot->Scan(family, "", ""); cursor->Valid(); cursor->Next()) {
    ++count;
  }
  return count;
}

TEST(HistoryStore, TheWindowBoundsWhatIsKept) {
  auto store = KeepHistory(NewMemoryStore(), 5);
  ASSERT_THAT(store, IsOk());
  Writer writer(1);
  for (int i = 0; i < 200; ++i) {
    ASSERT_THAT(writer.Commit(store->get()), IsOk());
    EXPECT_LE(Count(**store, Family::kHistoryLog), 6u);
    EXPECT_LE(Count(**store, Family::kHistory), 6u * 8u);
  }
}

TEST(HistoryStore, TrimmingTheChangeLogForgetsAll) {
  auto store = KeepHistory(NewMemoryStore(), 100);
  ASSERT_THAT(store, IsOk());
  Writer writer(1);
  for (int i = 0; i < 5; ++i) {
    ASSERT_THAT(writer.Commit(store->get()), IsOk());
  }
  const Revision purged(writer.last().value() + 1);
  WriteBatch batch;
  batch.Put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState({purged, purged, {}}));
  ASSERT_THAT((*store)->Write(batch), IsOk());
  EXPECT_EQ(Count(**store, Family::kHistory), 0u);
  EXPECT_EQ(Count(**store, Family::kHistoryLog), 0u);
  EXPECT_THAT(SnapshotAt((*store)->NewSnapshot(), writer.last()),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("goes back to")));
}

TEST(HistoryStore, NoWindowNoHistory) {
  auto store = NewMemoryStore();
  Store* plain = store.get();
  auto same = KeepHistory(std::move(store), 0);
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->get(), plain);
  Writer writer(1);
  ASSERT_THAT(writer.Commit(plain), IsOk());
  EXPECT_THAT(SnapshotAt(plain->NewSnapshot(), Revision(0)),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("--history")));
  EXPECT_THAT(SnapshotAt(plain->NewSnapshot(), Revision(99)),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("still to come")));
}

TEST(HistoryRecords, KeysSortAsTheKeysThatTheyAreOf) {
  std::mt19937_64 random(1);
  std::vector<HistoryKey> keys;
  for (int i = 0; i < 300; ++i) {
    std::string key = KeyPrefix(NamespaceId(1));
    for (uint64_t size = random() % 4; size > 0; --size) {
      key.push_back(static_cast<char>(random() % 3 == 0 ? 0xff : random() % 3));
    }
    keys.push_back({Family::kText, key, Revision(random() % 3)});
  }
  for (const HistoryKey& a : keys) {
    const auto decoded = HistoryKey::Decode(a.Encode());
    ASSERT_THAT(decoded, IsOk());
    EXPECT_EQ(*decoded, a);
    for (const HistoryKey& b : keys) {
      EXPECT_EQ(a.Encode() < b.Encode(), a < b);
      const bool inside = b.key >= a.key;
      EXPECT_EQ(b.Encode() >= HistoryKey::Begin(Family::kText, a.key), inside);
      EXPECT_EQ(b.Encode() < HistoryKey::End(Family::kText, a.key), !inside);
    }
  }
  EXPECT_EQ((HistoryKey{Family::kText, std::string("a\0b", 3), Revision(2)}.Encode()),
            std::string("\0\0\0\0\x0e"
                        "a\0\xff"
                        "b\0\1"
                        "\0\0\0\0\0\0\0\2",
                        19));
}

TEST(HistoryRecords, DamageIsRefused) {
  for (const std::string& key : {std::string(), std::string("\0\0\0\0", 4),
                                 std::string("\0\0\0\0\x0e"
                                             "ab",
                                             7),
                                 std::string("\0\0\0\1\x0e"
                                             "a\0\1"
                                             "\0\0\0\0\0\0\0\2",
                                             16),  // a namespace
                                 std::string("\0\0\0\0\x7f"
                                             "a\0\1"
                                             "\0\0\0\0\0\0\0\2",
                                             16),  // no family
                                 std::string("\0\0\0\0\x0e"
                                             "a\0\2"
                                             "\0\0\0\0\0\0\0\2",
                                             16)}) {  // no escape
    EXPECT_THAT(HistoryKey::Decode(key), StatusIs(absl::StatusCode::kDataLoss, ::testing::_));
  }
  EXPECT_EQ(*DecodeHistory("k", EncodeHistory(std::nullopt)), std::nullopt);
  EXPECT_EQ(*DecodeHistory("k", EncodeHistory("")), "");
  EXPECT_EQ(*DecodeHistory("k", EncodeHistory(std::string("\0x", 2))), std::string("\0x", 2));
  EXPECT_THAT(DecodeHistory("k", ""), StatusIs(absl::StatusCode::kDataLoss, ::testing::_));
  EXPECT_THAT(DecodeHistory("k", "\2"), StatusIs(absl::StatusCode::kDataLoss, ::testing::_));
  EXPECT_EQ(*DecodeHistoryLog("k", EncodeHistoryLog({"a", ""})),
            (std::vector<std::string>{"a", ""}));
  EXPECT_THAT(DecodeHistoryLog("k", "\2\1"), StatusIs(absl::StatusCode::kDataLoss, ::testing::_));
}

}  // namespace
}  // namespace dossier
