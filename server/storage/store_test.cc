// What every store must do, over each of them. The random test compares with copies of plain maps.
#include "server/storage/store.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <map>
#include <random>
#include <thread>

#include "server/base/status_matchers.h"
#include "server/storage/keys.h"
#include "server/storage/memory_store.h"
#include "server/storage/rocksdb_store.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

enum class Kind { kMemory, kRocksDb };

using Model = std::array<std::map<std::string, std::string>, kFamilyCount>;
using Row = std::pair<std::string, std::string>;

class StoreTest : public ::testing::TestWithParam<Kind> {
 protected:
  StoreTest() { Reopen(); }

  // A store in memory stays as it is.
  void Reopen() {
    if (GetParam() == Kind::kMemory) {
      store_ = store_ == nullptr ? NewMemoryStore() : std::move(store_);
      return;
    }
    store_.reset();
    auto store = OpenRocksDbStore({folder_.path(), kMinStoreMemoryBytes});
    ASSERT_THAT(store, IsOk());
    store_ = *std::move(store);
  }

  static std::vector<Row> ScanAll(const Snapshot& snapshot, Family family, std::string_view begin,
                                  std::string_view end) {
    std::vector<Row> rows;
    auto cursor = snapshot.Scan(family, begin, end);
    for (; cursor->Valid(); cursor->Next()) {
      rows.emplace_back(cursor->key(), cursor->value());
    }
    EXPECT_THAT(cursor->status(), IsOk());
    return rows;
  }

  TempFolder folder_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreTest, WritesAllOfABatchInItsOrder) {
  WriteBatch batch;
  batch.Put(Family::kEntity, "a", "1");
  batch.Put(Family::kEntity, "b", "1");
  batch.Put(Family::kEntity, "b", "2");
  batch.Delete(Family::kEntity, "a");
  batch.Put(Family::kAlias, "a", "other family");
  ASSERT_THAT(store_->Write(batch), IsOk());
  const auto snapshot = store_->NewSnapshot();
  EXPECT_EQ(*snapshot->Get(Family::kEntity, "a"), std::nullopt);
  EXPECT_EQ(*snapshot->Get(Family::kEntity, "b"), "2");
  EXPECT_EQ(*snapshot->Get(Family::kAlias, "a"), "other family");
  EXPECT_THAT(*snapshot->MultiGet(Family::kEntity, {"b", "a", "b"}),
              ElementsAre("2", std::nullopt, "2"));
}

TEST_P(StoreTest, TakesEmptyBatchesAndEmptyValues) {
  EXPECT_THAT(store_->Write({}), IsOk());
  WriteBatch batch;
  batch.Put(Family::kText, "k", "");
  EXPECT_THAT(store_->Write(batch), IsOk());
  EXPECT_EQ(*store_->NewSnapshot()->Get(Family::kText, "k"), "");
}

TEST_P(StoreTest, KeepsLargeValues) {
  const std::string text(16u << 20, 'x');
  WriteBatch batch;
  batch.Put(Family::kText, "large", text);
  batch.Put(Family::kText, "small", "y");
  ASSERT_THAT(store_->Write(batch), IsOk());
  ASSERT_THAT(store_->Flush(), IsOk());
  const auto snapshot = store_->NewSnapshot();
  EXPECT_TRUE(*snapshot->Get(Family::kText, "large") == text);
  EXPECT_THAT(ScanAll(*snapshot, Family::kText, "l", ""),
              ElementsAre(Pair("large", text), Pair("small", "y")));
}

TEST_P(StoreTest, ScansHalfOpenRangesInByteOrder) {
  WriteBatch batch;
  for (const char* key : {"\xff", "b", "a", "a\x01", "ab"}) {
    batch.Put(Family::kAlias, key, "");
  }
  batch.Put(Family::kAlias, std::string("a\0", 2), "");
  ASSERT_THAT(store_->Write(batch), IsOk());
  const auto snapshot = store_->NewSnapshot();
  const auto keys = [&](std::string_view begin, std::string_view end) {
    std::vector<std::string> found;
    for (const Row& row : ScanAll(*snapshot, Family::kAlias, begin, end)) {
      found.push_back(row.first);
    }
    return found;
  };
  EXPECT_THAT(keys("", ""), ElementsAre("a", std::string("a\0", 2), "a\x01", "ab", "b", "\xff"));
  EXPECT_THAT(keys("a\x01", "b"), ElementsAre("a\x01", "ab"));
  EXPECT_THAT(keys("b", "a"), ElementsAre());
  EXPECT_THAT(keys("c", ""), ElementsAre("\xff"));
}

TEST_P(StoreTest, CursorsOutliveTheirSnapshot) {
  WriteBatch batch;
  batch.Put(Family::kAlias, "a", "1");
  batch.Put(Family::kAlias, "b", "1");
  ASSERT_THAT(store_->Write(batch), IsOk());
  auto cursor = store_->NewSnapshot()->Scan(Family::kAlias, "", "");
  batch.Delete(Family::kAlias, "b");
  ASSERT_THAT(store_->Write(batch), IsOk());
  ASSERT_TRUE(cursor->Valid());
  cursor->Next();
  EXPECT_TRUE(cursor->Valid());
}

// Keys of three to five blocks of four equal or nearly equal bytes: they share prefixes of all
// lengths, and some have no key after them.
class RandomOperations {
 public:
  explicit RandomOperations(uint32_t seed) : random_(seed) {}

  uint32_t Below(uint32_t end) { return static_cast<uint32_t>(random_() % end); }

  std::string Key() {
    std::string key;
    for (uint32_t blocks = 3 + Below(3); blocks > 0; --blocks) {
      const uint32_t kBlocks[] = {0, 1, 0xffffffff};
      PutFixed32(&key, kBlocks[Below(3)]);
    }
    return key;
  }

  dossier::Family Family() {
    constexpr dossier::Family kSome[] = {Family::kMeta, Family::kSpo, Family::kPos, Family::kAlias,
                                         Family::kText};
    return kSome[Below(5)];
  }

  // A prefix, two keys, or open.
  std::pair<std::string, std::string> Range() {
    const std::string begin = Key().substr(0, Below(21));
    switch (Below(3)) {
      case 0:
        return {begin, PrefixEnd(begin)};
      case 1:
        return {begin, Key().substr(0, Below(21))};
      default:
        return {begin, ""};
    }
  }

  WriteBatch Batch(Model* model) {
    WriteBatch batch;
    for (uint32_t n = Below(20); n > 0; --n) {
      const dossier::Family family = Family();
      auto& table = (*model)[static_cast<std::size_t>(family)];
      const std::string key = Key();
      if (Below(3) == 0) {
        batch.Delete(family, key);
        table.erase(key);
      } else {
        const std::string value(Below(10) == 0 ? 3000 : Below(9), static_cast<char>(Below(256)));
        batch.Put(family, key, value);
        table[key] = value;
      }
    }
    return batch;
  }

 private:
  std::mt19937 random_;
};

TEST_P(StoreTest, AgreesWithAModelUnderRandomOperations) {
  RandomOperations random(1);
  Model model;
  for (const Row& row : ScanAll(*store_->NewSnapshot(), Family::kMeta, "", "")) {
    model[0].insert(row);  // the format version of a store on disk
  }
  std::vector<std::pair<Model, std::shared_ptr<const Snapshot>>> held;
  for (int step = 0; step < 300; ++step) {
    ASSERT_THAT(store_->Write(random.Batch(&model)), IsOk());
    if (random.Below(4) == 0) {
      held.emplace_back(model, store_->NewSnapshot());
    }
    if (held.size() > 4) {
      held.erase(held.begin() + random.Below(4));
    }
    if (random.Below(20) == 0) {
      ASSERT_THAT(store_->Flush(), IsOk());
    }
    if (random.Below(60) == 0) {
      held.clear();
      Reopen();
      held.emplace_back(model, store_->NewSnapshot());
    }
    for (const auto& [expected, snapshot] : held) {
      const Family family = random.Family();
      const auto& table = expected[static_cast<std::size_t>(family)];
      const std::vector<std::string> keys = {random.Key(), random.Key()};
      const auto values = snapshot->MultiGet(family, keys);
      ASSERT_THAT(values, IsOk());
      for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto it = table.find(keys[i]);
        const auto value = it == table.end() ? std::nullopt : std::optional(it->second);
        ASSERT_EQ((*values)[i], value);
        ASSERT_EQ(*snapshot->Get(family, keys[i]), value);
      }
      const auto [begin, end] = random.Range();
      std::vector<Row> rows(table.lower_bound(begin),
                            end.empty() ? table.end() : table.lower_bound(std::max(begin, end)));
      ASSERT_EQ(ScanAll(*snapshot, family, begin, end), rows);
    }
  }
}

// Each writer moves two counters in step; whoever looks must see them equal.
TEST_P(StoreTest, ServesReadersAndWritersAtOnce) {
  constexpr int kWriters = 2;
  std::atomic<bool> done = false;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w) {
    writers.emplace_back([&, w] {
      for (int i = 0; i < 100; ++i) {
        WriteBatch batch;
        batch.Put(Family::kMeta, "left" + std::to_string(w), std::to_string(i));
        batch.Put(Family::kTerm, "right" + std::to_string(w), std::to_string(i));
        EXPECT_THAT(store_->Write(batch), IsOk());
      }
    });
  }
  std::vector<std::thread> readers;
  for (int r = 0; r < 2; ++r) {
    readers.emplace_back([&] {
      while (!done) {
        const auto snapshot = store_->NewSnapshot();
        for (int w = 0; w < kWriters; ++w) {
          const auto left = snapshot->Get(Family::kMeta, "left" + std::to_string(w));
          const auto right = ScanAll(*snapshot, Family::kTerm, "right" + std::to_string(w),
                                     PrefixEnd("right" + std::to_string(w)));
          EXPECT_EQ(left->has_value(), !right.empty());
          if (left->has_value() && !right.empty()) {
            EXPECT_EQ(**left, right.front().second);
          }
        }
        EXPECT_THAT(store_->Stats(), IsOk());
      }
    });
  }
  for (std::thread& writer : writers) {
    writer.join();
  }
  done = true;
  for (std::thread& reader : readers) {
    reader.join();
  }
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreTest, ::testing::Values(Kind::kMemory, Kind::kRocksDb),
                         [](const auto& store) {
                           return store.param == Kind::kMemory ? "Memory" : "RocksDb";
                         });

TEST(PrefixEnd, IsTheFirstKeyBehindThePrefix) {
  EXPECT_EQ(PrefixEnd("ab"), "ac");
  EXPECT_EQ(PrefixEnd("a\xff"), "b");
  EXPECT_EQ(PrefixEnd("\xff\xff"), "");
  EXPECT_EQ(PrefixEnd(""), "");
  EXPECT_EQ(PrefixEnd("\x7f"), "\x80");
}

}  // namespace
}  // namespace dossier
