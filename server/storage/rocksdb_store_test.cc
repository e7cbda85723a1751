// What only a store on disk can do: open and refuse to, survive, run out of space.
#include "server/storage/rocksdb_store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <thread>

#include "server/base/coding.h"
#include "server/base/status_matchers.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using absl::StatusCode;
using ::testing::AllOf;
using ::testing::HasSubstr;

absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& path,
                                            uint64_t memory_bytes = kMinStoreMemoryBytes) {
  return OpenRocksDbStore({path, memory_bytes});
}

absl::Status Put(Store* store, Family family, std::string key, std::string value) {
  WriteBatch batch;
  batch.Put(family, std::move(key), std::move(value));
  return store->Write(batch);
}

void CreateFile(const fs::path& path, std::string_view bytes) { std::ofstream(path) << bytes; }

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

// Runs `child` in a process of its own, which ends with it; the exit status, or minus the signal.
class Child {
 public:
  template <class Function>
  explicit Child(Function function) : pid_(fork()) {
    if (pid_ == 0) {
      function();
      _exit(0);
    }
  }
  void Kill() const { kill(pid_, SIGKILL); }
  int Wait() const {
    int status = 0;
    waitpid(pid_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t pid_;
};

TEST(RocksDbStore, RefusesToOpenWhatAnotherProcessHasOpen) {
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
  char ok = 0;
  ASSERT_EQ(read(ready[0], &ok, 1), 1);
  ASSERT_EQ(ok, 'y');
  EXPECT_THAT(Open(folder.path()),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("open already, in process")));
  child.Kill();
  EXPECT_EQ(child.Wait(), -SIGKILL);
  EXPECT_THAT(Open(folder.path()), IsOk());
  close(ready[0]);
  close(ready[1]);
}

// A child writes batches and reports each once Write() has returned; killed at any moment, the
// database holds every reported batch, whole, and no part of another.
TEST(RocksDbStore, KeepsAcknowledgedBatchesThroughSigkill) {
  const TempFolder folder;
  uint32_t acknowledged = 0;
  for (uint32_t round = 0; round < 5; ++round) {
    int acks[2];
    ASSERT_EQ(pipe(acks), 0);
    const Child child([&] {
      const auto store = Open(folder.path());
      for (uint32_t number = acknowledged + 1; store.ok(); ++number) {
        WriteBatch batch;
        batch.Put(Family::kMeta, "number", EncodeNumber(number));
        batch.Put(Family::kTerm, "number", EncodeNumber(number));
        batch.Put(Family::kText, "text" + std::to_string(number), std::string(3000, 'x'));
        if (!(*store)->Write(batch).ok() || write(acks[1], &number, 4) != 4) {
          return;
        }
      }
    });
    close(acks[1]);
    const uint32_t target = acknowledged + 20 + 37 * round;
    while (acknowledged < target && read(acks[0], &acknowledged, 4) == 4) {
    }
    child.Kill();
    while (read(acks[0], &acknowledged, 4) == 4) {
    }
    close(acks[0]);
    EXPECT_EQ(child.Wait(), -SIGKILL);
    ASSERT_GE(acknowledged, target);

    const auto store = Open(folder.path());
    ASSERT_THAT(store, IsOk());
    const auto snapshot = (*store)->NewSnapshot();
    const auto number = *snapshot->Get(Family::kMeta, "number");
    ASSERT_TRUE(number.has_value());
    EXPECT_EQ(*snapshot->Get(Family::kTerm, "number"), number);
    const uint64_t last = *DecodeNumber(Family::kMeta, "number", *number);
    EXPECT_GE(last, acknowledged);
    EXPECT_LE(last, acknowledged + 1);  // one may be written and not yet reported
    for (uint64_t i = 1; i <= last; ++i) {
      EXPECT_TRUE(snapshot->Get(Family::kText, "text" + std::to_string(i))->has_value()) << i;
    }
    EXPECT_FALSE(snapshot->Get(Family::kText, "text" + std::to_string(last + 1))->has_value());
    acknowledged = static_cast<uint32_t>(last);
  }
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

// Mounts something for the length of a test where the machine lets it.
class Mount {
 public:
  Mount(const char* source, std::string target, const char* type, unsigned long flags,
        const char* options)
      : target_(std::move(target)), error_(0) {
    if (mount(source, target_.c_str(), type, flags, options) != 0) {
      error_ = errno;
    }
  }
  ~Mount() {
    if (error_ == 0) {
      umount2(target_.c_str(), MNT_DETACH);
    }
  }
  Mount(const Mount&) = delete;
  Mount& operator=(const Mount&) = delete;

  bool ok() const { return error_ == 0; }
  std::string why() const { return std::string("cannot mount here: ") + std::strerror(error_); }

 private:
  std::string target_;
  int error_;
};

TEST(RocksDbStore, RefusesAReadOnlyFolder) {
  const TempFolder folder;
  const Mount disk("none", folder.path(), "tmpfs", MS_RDONLY, "size=1m");
  if (!disk.ok()) {
    GTEST_SKIP() << disk.why();
  }
  EXPECT_THAT(Open(folder.path()),
              StatusIs(StatusCode::kPermissionDenied,
                       AllOf(HasSubstr(folder.path()), HasSubstr("Read-only file system"))));
  EXPECT_THAT(Open(folder.path() + "/new"),
              StatusIs(StatusCode::kPermissionDenied, HasSubstr("Read-only file system")));
}

TEST(RocksDbStore, ServesReadersWhileTheDiskIsFullAndRecovers) {
  const TempFolder folder;
  const Mount disk("none", folder.path(), "tmpfs", 0, "size=24m");
  if (!disk.ok()) {
    GTEST_SKIP() << disk.why();
  }
  const std::string path = folder.path() + "/data";
  auto store = Open(path);
  ASSERT_THAT(store, IsOk());
  ASSERT_THAT(Put(store->get(), Family::kEntity, "first", "1"), IsOk());
  CreateFile(folder.path() + "/ballast", std::string(8 << 20, 'x'));
  absl::Status status;
  int written = 0;
  for (; written < 200 && status.ok(); ++written) {
    std::string text(200'000, '\0');  // of little use to a compressor
    for (std::size_t i = 0, x = 1 + static_cast<std::size_t>(written); i < text.size(); ++i) {
      x = x * 6364136223846793005u + 1442695040888963407u;
      text[i] = static_cast<char>(x >> 56);
    }
    status = Put(store->get(), Family::kText, "text" + std::to_string(written), text);
  }
  ASSERT_THAT(status, StatusIs(StatusCode::kResourceExhausted,
                               AllOf(HasSubstr(path), HasSubstr("the disk is full"))));
  --written;
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(Put(store->get(), Family::kText, "again", std::string(200'000, 'y')),
                StatusIs(StatusCode::kResourceExhausted, HasSubstr("the disk is full")));
    EXPECT_EQ(*(*store)->NewSnapshot()->Get(Family::kEntity, "first"), "1");
  }
  fs::remove(folder.path() + "/ballast");
  for (int tries = 0; tries < 100 && !status.ok(); ++tries) {  // the engine looks every 5 seconds
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    status = Put(store->get(), Family::kEntity, "second", "2");
  }
  EXPECT_THAT(status, IsOk());
  EXPECT_THAT((*store)->Flush(), IsOk());
  store->reset();
  store = Open(path);
  ASSERT_THAT(store, IsOk());
  const auto snapshot = (*store)->NewSnapshot();
  EXPECT_EQ(*snapshot->Get(Family::kEntity, "second"), "2");
  for (int i = 0; i < written; ++i) {
    EXPECT_TRUE(snapshot->Get(Family::kText, "text" + std::to_string(i))->has_value()) << i;
  }
  EXPECT_FALSE(snapshot->Get(Family::kText, "again")->has_value());
}

TEST(RocksDbStore, ReportsAFullDiskAtOpen) {
  const TempFolder folder;
  const Mount disk("none", folder.path(), "tmpfs", 0, "size=1m");
  if (!disk.ok()) {
    GTEST_SKIP() << disk.why();
  }
  CreateFile(folder.path() + "/ballast", std::string(2 << 20, 'x'));  // as much of it as fits
  EXPECT_THAT(Open(folder.path() + "/data"),
              StatusIs(StatusCode::kResourceExhausted, HasSubstr(folder.path())));
}

TEST(RocksDbStore, StaysWithinItsMemory) {
  const TempFolder folder;
  constexpr uint64_t kLimit = 32u << 20;
  const auto store = Open(folder.path(), kLimit);
  ASSERT_THAT(store, IsOk());
  uint64_t most = 0;
  for (uint64_t i = 1; i <= 400; ++i) {
    WriteBatch batch;
    for (uint64_t j = 1; j <= 500; ++j) {
      const EvidenceKey key{NamespaceId(1), TripleId((i * j * 2654435761u) % 100003 + 1),
                            DocumentNumber(i), RunId(1), static_cast<uint32_t>(j)};
      batch.Put(Family::kEvidence, key.Encode(), std::string(100, static_cast<char>(i * j)));
      batch.Put(Family::kByDoc, ByDocKey::Of(key).Encode(), "");
    }
    batch.Put(Family::kText, DocumentKey{NamespaceId(1), DocumentNumber(i)}.Encode(),
              std::string(100'000, 'x'));
    ASSERT_THAT((*store)->Write(batch), IsOk());
    most = std::max(most, (*store)->Stats()->memory_bytes);
  }
  const auto snapshot = (*store)->NewSnapshot();
  uint64_t rows = 0;
  for (auto cursor = snapshot->Scan(Family::kEvidence, "", ""); cursor->Valid(); cursor->Next()) {
    ++rows;
  }
  EXPECT_EQ(rows, 400u * 500u);
  most = std::max(most, (*store)->Stats()->memory_bytes);
  EXPECT_EQ((*store)->Stats()->memory_limit_bytes, kLimit);
  EXPECT_LE(most, kLimit + kLimit / 8);
  EXPECT_GT((*store)->Stats()->disk_bytes, 1u << 20);
}

}  // namespace
}  // namespace dossier
