// What a store on disk must survive: SIGKILL, a full disk, a disk that cannot be written to, more
// data than memory.
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <random>
#include <thread>

#include "server/base/status_matchers.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"
#include "server/storage/rocksdb_store.h"
#include "server/storage/rocksdb_store_testing.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using absl::StatusCode;
using ::testing::AllOf;
using ::testing::HasSubstr;

// The number of the last batch in the store. Checks that all batches up to it are there, and it is
// whole: the last that was reported, or one that was written and not yet reported.
uint32_t LastWholeBatch(const Store& store, uint32_t acknowledged) {
  const auto snapshot = store.NewSnapshot();
  const auto number = *snapshot->Get(Family::kMeta, "number");
  if (!number) {
    ADD_FAILURE() << "no batch at all";
    return 0;
  }
  EXPECT_EQ(*snapshot->Get(Family::kTerm, "number"), number);
  const uint64_t last = *DecodeNumber(Family::kMeta, "number", *number);
  EXPECT_GE(last, acknowledged);
  EXPECT_LE(last, acknowledged + 1);
  for (uint64_t i = 1; i <= last; ++i) {
    EXPECT_TRUE(snapshot->Get(Family::kText, "text" + std::to_string(i))->has_value()) << i;
  }
  EXPECT_FALSE(snapshot->Get(Family::kText, "text" + std::to_string(last + 1))->has_value());
  return static_cast<uint32_t>(last);
}

// A child writes batches and reports each once Write() has returned; killed at any moment, the
// database holds every reported batch, whole, and no part of another.
TEST(RocksDbSurvival, KeepsAcknowledgedBatchesThroughSigkill) {
  if (!kCanFork) {
    GTEST_SKIP() << "this sanitizer cannot follow a fork";
  }
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
    acknowledged = LastWholeBatch(**store, acknowledged);
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

TEST(RocksDbSurvival, RefusesAReadOnlyFolder) {
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

// 200 kB that are of little use to a compressor.
std::string Noise(int seed) {
  std::mt19937_64 random(static_cast<uint64_t>(seed));
  std::string noise(200'000, '\0');
  std::generate(noise.begin(), noise.end(), [&] { return static_cast<char>(random() & 0xff); });
  return noise;
}

TEST(RocksDbSurvival, ServesReadersWhileTheDiskIsFullAndRecovers) {
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
    status = Put(store->get(), Family::kText, "text" + std::to_string(written), Noise(written));
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

TEST(RocksDbSurvival, ReportsAFullDiskAtOpen) {
  const TempFolder folder;
  const Mount disk("none", folder.path(), "tmpfs", 0, "size=1m");
  if (!disk.ok()) {
    GTEST_SKIP() << disk.why();
  }
  CreateFile(folder.path() + "/ballast", std::string(2 << 20, 'x'));  // as much of it as fits
  EXPECT_THAT(Open(folder.path() + "/data"),
              StatusIs(StatusCode::kResourceExhausted, HasSubstr(folder.path())));
}

TEST(RocksDbSurvival, StaysWithinItsMemory) {
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
