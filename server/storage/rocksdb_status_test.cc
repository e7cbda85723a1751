#include "server/storage/rocksdb_status.h"

#include <gmock/gmock.h>
#include <rocksdb/status.h>

#include <string>

namespace dossier {
namespace {

absl::StatusCode CodeOf(const rocksdb::Status& status) {
  return FromRocksDb(status, "read").code();
}

// Codes and subcodes share numbers: one is never taken for the other.
TEST(FromRocksDb, TellsWhatTheCallerCanDo) {
  EXPECT_EQ(CodeOf(rocksdb::Status::OK()), absl::StatusCode::kOk);
  EXPECT_EQ(CodeOf(rocksdb::Status::NoSpace()), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(CodeOf(rocksdb::Status::MemoryLimit()), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(CodeOf(rocksdb::Status::Incomplete()), absl::StatusCode::kInternal);
  EXPECT_EQ(CodeOf(rocksdb::Status::IOError()), absl::StatusCode::kInternal);
  EXPECT_EQ(CodeOf(rocksdb::Status::Corruption()), absl::StatusCode::kDataLoss);
  EXPECT_EQ(CodeOf(rocksdb::Status::Busy()), absl::StatusCode::kUnavailable);
}

TEST(FromRocksDb, SaysWhatWasDone) {
  EXPECT_THAT(std::string(FromRocksDb(rocksdb::Status::NoSpace(), "write").message()),
              testing::HasSubstr("cannot write: the disk is full"));
}

}  // namespace
}  // namespace dossier
