// What only a store on disk can do: open, and refuse to.
#include "server/storage/rocksdb_store.h"

#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <rocksdb/perf_context.h>
#include <rocksdb/perf_level.h>
#include <rocksdb/utilities/debug.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "server/base/status_matchers.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"
#include "server/storage/rocksdb_store_testing.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using absl::StatusCode;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(RocksDbStore, MakesItsFolderAndRecordsTheFormat) {
  const TempFolder folder;
  const std::string path = folder.path() + "/new";
  const auto store = Open(path);
  ASSERT_THAT(store, IsOk());
  EXPECT_EQ(*(*store)->NewSnapshot()->Get(Family::kMeta, FormatVersionKey()),
            EncodeNumber(kFormatVersion));
}

TEST(RocksDbStore, RefusesTooLittleMemory) {
  const TempFolder folder;
  EXPECT_THAT(Open(folder.path(), 1000),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("1000 bytes of memory")));
}

TEST(RocksDbStore, RefusesAFolderWithoutParent) {
  const TempFolder folder;
  EXPECT_THAT(Open(folder.path() + "/a/b"),
              StatusIs(StatusCode::kNotFound,
                       AllOf(HasSubstr(folder.path() + "/a/b"), HasSubstr("does not exist"))));
}

TEST(RocksDbStore, RefusesAFile) {
  const TempFolder folder;
  CreateFile(folder.path() + "/file", "text");
  EXPECT_THAT(Open(folder.path() + "/file"),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("is not a folder")));
}

TEST(RocksDbStore, RefusesAFolderOfOtherThings) {
  const TempFolder folder;
  CreateFile(folder.path() + "/letter.txt", "text");
  EXPECT_THAT(Open(folder.path()),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("letter.txt")));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder.path()), {}), 1);  // left as it was
}

TEST(RocksDbStore, RefusesADatabaseOfAnotherProgram) {
  const TempFolder folder;
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* raw = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, folder.path(), &raw).ok());
  std::unique_ptr<rocksdb::DB> db(raw);
  ASSERT_TRUE(db->Put({}, "key", "value").ok());
  db.reset();
  EXPECT_THAT(Open(folder.path()),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("another program")));
  ASSERT_TRUE(rocksdb::DB::Open({}, folder.path(), &raw).ok());  // left as it was
  db.reset(raw);
  std::vector<std::string> families;
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, folder.path(), &families).ok());
  EXPECT_THAT(families, ::testing::ElementsAre(rocksdb::kDefaultColumnFamilyName));
}

TEST(RocksDbStore, CompletesADatabaseThatWasStoppedWhileItWasMade) {
  const TempFolder folder;
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* raw = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, folder.path(), &raw).ok());
  delete raw;
  EXPECT_THAT(Open(folder.path()), IsOk());
}

TEST(RocksDbStore, RefusesANewerFormatAndNamesBoth) {
  const TempFolder folder;
  {
    const auto store = Open(folder.path());
    ASSERT_THAT(store, IsOk());
    ASSERT_THAT(Put(store->get(), Family::kMeta, FormatVersionKey(), EncodeNumber(99)), IsOk());
  }
  EXPECT_THAT(Open(folder.path()),
              StatusIs(StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("format version 99"), HasSubstr("up to version 1"))));
}

// A newer format may have families that this build has never heard of.
TEST(RocksDbStore, RefusesANewerFormatWithUnknownFamilies) {
  const TempFolder folder;
  {
    const auto store = Open(folder.path());
    ASSERT_THAT(store, IsOk());
    ASSERT_THAT(Put(store->get(), Family::kMeta, FormatVersionKey(), EncodeNumber(2)), IsOk());
  }
  std::vector<std::string> names;
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, folder.path(), &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) {
    families.push_back({name, {}});
  }
  rocksdb::DBOptions options;
  options.create_missing_column_families = true;
  families.push_back({"from_the_future", {}});
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, folder.path(), families, &handles, &db).ok());
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    delete handle;
  }
  delete db;
  EXPECT_THAT(Open(folder.path()),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("format version 2")));
}

TEST(RocksDbStore, RefusesToOpenTwiceInOneProcess) {
  const TempFolder folder;
  const auto store = Open(folder.path());
  ASSERT_THAT(store, IsOk());
  for (int i = 0; i < 2; ++i) {  // the refusal must not take the lock away
    EXPECT_THAT(Open(folder.path()),
                StatusIs(StatusCode::kFailedPrecondition, HasSubstr("open already")));
  }
}

TEST(RocksDbStore, RefusesToOpenWhatAnotherProcessHasOpen) {
  if (!kCanFork) {
    GTEST_SKIP() << "this sanitizer cannot follow a fork";
  }
  const TempFolder folder;
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const Child child([&] {
    const auto store = Open(folder.path());
    const char ok = store.ok() ? 'y' : 'n';
    if (write(ready[1], &ok, 1) == 1) {
      pause();
    }
  });
  close(ready[1]);
  char ok = 0;
  ASSERT_EQ(read(ready[0], &ok, 1), 1);
  ASSERT_EQ(ok, 'y');
  EXPECT_THAT(Open(folder.path()),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("open already, in process")));
  child.Kill();
  EXPECT_EQ(child.Wait(), -SIGKILL);
  EXPECT_THAT(Open(folder.path()), IsOk());
  close(ready[0]);
}

TEST(RocksDbStore, ReportsDamagedFiles) {
  const TempFolder folder;
  {
    const auto store = Open(folder.path());
    ASSERT_THAT(store, IsOk());
    ASSERT_THAT(Put(store->get(), Family::kEntity, "key", std::string(100, 'x')), IsOk());
  }
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    if (entry.path().extension() == ".sst") {
      std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
      file.seekp(10);
      file << "damage";
    }
  }
  const auto store = Open(folder.path());
  if (store.ok()) {
    EXPECT_THAT(
        (*store)->NewSnapshot()->Get(Family::kEntity, "key"),
        StatusIs(StatusCode::kDataLoss, AllOf(HasSubstr("entity"), HasSubstr(folder.path()))));
  } else {
    EXPECT_THAT(store, StatusIs(StatusCode::kDataLoss, HasSubstr(folder.path())));
  }
}

TEST(RocksDbStore, ReportsAMissingFile) {
  const TempFolder folder;
  ASSERT_THAT(Open(folder.path()), IsOk());
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    if (entry.path().extension() == ".sst") {
      fs::remove(entry.path());
    }
  }
  EXPECT_THAT(Open(folder.path()), StatusIs(StatusCode::kDataLoss, HasSubstr(folder.path())));
}

TEST(RocksDbStore, ClosesWithNothingLeftToReplayAndKeepsNoLogs) {
  const TempFolder folder;
  for (int i = 0; i < 5; ++i) {
    const auto store = Open(folder.path());
    ASSERT_THAT(store, IsOk());
    ASSERT_THAT(Put(store->get(), Family::kText, std::to_string(i), std::string(100000, 'x')),
                IsOk());
  }
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    EXPECT_FALSE(entry.path().filename().string().starts_with("LOG")) << entry.path();
    if (entry.path().extension() == ".log") {
      EXPECT_EQ(entry.file_size(), 0u) << entry.path();
    }
  }
}

// The versions of keys that the database's files hold, the engine's own family aside, and the bytes
// of large values that nothing refers to.
struct OnDisk {
  std::size_t versions = 0;
  uint64_t garbage = 0;
};

OnDisk ReadFiles(const std::string& path) {
  std::vector<std::string> names;
  EXPECT_TRUE(rocksdb::DB::ListColumnFamilies({}, path, &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) {
    families.push_back({name, {}});
  }
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  EXPECT_TRUE(rocksdb::DB::OpenForReadOnly({}, path, families, &handles, &db).ok());
  OnDisk found;
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    std::vector<rocksdb::KeyVersion> versions;
    EXPECT_TRUE(rocksdb::GetAllKeyVersions(db, handle, "", "\xff", 1'000'000, &versions).ok());
    found.versions += versions.size();
    rocksdb::ColumnFamilyMetaData metadata;
    db->GetColumnFamilyMetaData(handle, &metadata);
    for (const rocksdb::BlobMetaData& file : metadata.blob_files) {
      found.garbage += file.garbage_blob_bytes;
    }
    EXPECT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
  }
  delete db;
  return found;
}

TEST(RocksDbStore, CompactionLeavesNothingOfWhatWasReplacedOrDeleted) {
  const TempFolder folder;
  {
    const auto store = Open(folder.path());
    ASSERT_THAT(store, IsOk());
    for (int i = 0; i < 3; ++i) {
      for (const Family family : {Family::kEntity, Family::kText, Family::kHistory}) {
        ASSERT_THAT(Put(store->get(), family, "kept", std::string(5000, 'a')), IsOk());
        ASSERT_THAT(Put(store->get(), family, "gone", std::string(5000, 'b')), IsOk());
      }
      ASSERT_THAT((*store)->Flush(), IsOk());
    }
    WriteBatch batch;
    for (const Family family : {Family::kEntity, Family::kText, Family::kHistory}) {
      batch.Delete(family, "gone");
    }
    ASSERT_THAT((*store)->Write(batch), IsOk());
    // What somebody still reads cannot go: it waits for them.
    auto reader = (*store)->NewSnapshot();
    ASSERT_THAT(Put(store->get(), Family::kEntity, "kept", "c"), IsOk());
    const std::jthread done([&] {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      reader.reset();
    });
    ASSERT_THAT((*store)->Compact(), IsOk());
  }
  const OnDisk found = ReadFiles(folder.path());
  EXPECT_EQ(found.versions, 4u);  // "kept" three times, and the format
  EXPECT_EQ(found.garbage, 0u);
}

// A scan within a prefix asks the filters, and only such a scan.
TEST(RocksDbStore, ScansWithinAPrefixByItsFilter) {
  const TempFolder folder;
  const auto store = Open(folder.path());
  ASSERT_THAT(store, IsOk());
  for (uint64_t i = 1; i < 100; i += 2) {
    const EvidenceKey key{NamespaceId(1), TripleId(i), DocumentNumber(1), RunId(1), 0};
    ASSERT_THAT(Put(store->get(), Family::kEvidence, key.Encode(), ""), IsOk());
  }
  ASSERT_THAT((*store)->Flush(), IsOk());
  const auto snapshot = (*store)->NewSnapshot();
  rocksdb::SetPerfLevel(rocksdb::kEnableCount);
  const auto filtered = [&](const std::string& begin, const std::string& end) {
    rocksdb::get_perf_context()->Reset();
    snapshot->Scan(Family::kEvidence, begin, end);
    return rocksdb::get_perf_context()->bloom_sst_miss_count;
  };
  const std::string absent = KeyPrefix(NamespaceId(1), TripleId(50));
  EXPECT_GT(filtered(absent, PrefixEnd(absent)), 0u);
  EXPECT_GT(filtered(absent + "x", PrefixEnd(absent)), 0u);
  EXPECT_EQ(filtered(absent, PrefixEnd(KeyPrefix(NamespaceId(1)))), 0u);
  EXPECT_EQ(filtered(absent, ""), 0u);
  rocksdb::SetPerfLevel(rocksdb::kDisable);
}

}  // namespace
}  // namespace dossier
