#include "server/extract/sealed_file.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <utility>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

class SealedFileTest : public ::testing::Test {
 protected:
  SealedFileTest() : path_(::testing::TempDir() + "/sealed_file_" + std::to_string(getpid())) {}
  ~SealedFileTest() override { std::filesystem::remove(path_); }

  void Write(const std::string& bytes) { std::ofstream(path_, std::ios::binary) << bytes; }

  const std::filesystem::path path_;
};

TEST_F(SealedFileTest, KeepsTheBytesWhateverBecomesOfTheFile) {
  const std::string bytes(200'000, 'a');
  Write(bytes);
  auto copy = SealedFile::Copy(path_, 1 << 20);
  ASSERT_THAT(copy, IsOk());
  const SealedFile moved = *std::move(copy);
  Write("b");
  EXPECT_EQ(moved.bytes(), bytes);
  std::ifstream again(moved.path(), std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(again), {}), bytes);
}

TEST_F(SealedFileTest, LetsNobodyWrite) {
  Write("abc");
  const auto copy = SealedFile::Copy(path_, 1 << 20);
  ASSERT_THAT(copy, IsOk());
  const int fd = open(copy->path().c_str(), O_RDWR);
  ASSERT_GE(fd, 0);
  EXPECT_EQ(write(fd, "x", 1), -1);
  EXPECT_EQ(ftruncate(fd, 0), -1);
  close(fd);
}

TEST_F(SealedFileTest, SaysWhyItCannotCopy) {
  EXPECT_THAT(SealedFile::Copy(path_, 10),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("cannot open it")));
  Write("");
  EXPECT_THAT(SealedFile::Copy(path_, 10),
              StatusIs(absl::StatusCode::kInvalidArgument, "it is empty"));
  Write("12345678901");
  EXPECT_THAT(SealedFile::Copy(path_, 10),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("larger")));
  EXPECT_THAT(SealedFile::Copy(::testing::TempDir(), 10),
              StatusIs(absl::StatusCode::kInvalidArgument, "it is not a regular file"));
  std::filesystem::remove(path_);
  ASSERT_EQ(mkfifo(path_.c_str(), 0600), 0);
  EXPECT_THAT(SealedFile::Copy(path_, 10),
              StatusIs(absl::StatusCode::kInvalidArgument, "it is not a regular file"));
}

}  // namespace
}  // namespace dossier
