#include "server/storage/rocksdb_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string_view>
#include <system_error>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

std::string Reason(int error) { return std::generic_category().message(error); }

// Files that the engine leaves when it is stopped while it makes a database, and what file systems
// put into the root of a volume.
bool MayLieInNewFolder(std::string_view name) {
  constexpr std::string_view kPrefixes[] = {"LOCK",     "IDENTITY", "MANIFEST-",
                                            "OPTIONS-", "0",        "lost+found"};
  return std::any_of(std::begin(kPrefixes), std::end(kPrefixes),
                     [&](std::string_view prefix) { return name.starts_with(prefix); });
}

absl::Status MakeFolder(const fs::path& path) {
  const fs::path parent = fs::absolute(path).lexically_normal().parent_path();
  std::error_code error;
  if (!fs::is_directory(parent, error)) {
    return absl::NotFoundError(
        fmt::format("cannot make the data folder {}: the folder {} does not exist", path.string(),
                    parent.string()));
  }
  if (!fs::create_directory(path, error) && error) {
    const std::string text =
        fmt::format("cannot make the data folder {}: {}", path.string(), error.message());
    return error == std::errc::no_space_on_device ? absl::ResourceExhaustedError(text)
                                                  : absl::PermissionDeniedError(text);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status PrepareFolder(const std::string& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) {
    return MakeFolder(path);
  }
  if (error || status.type() != fs::file_type::directory) {
    return absl::FailedPreconditionError(fmt::format(
        "{} is not a folder{}{}", path, error ? ": " : "", error ? error.message() : ""));
  }
  if (::access(path.c_str(), R_OK | W_OK | X_OK) != 0) {
    return absl::PermissionDeniedError(
        fmt::format("the data folder {} cannot be written to: {}", path, Reason(errno)));
  }
  if (fs::exists(fs::path(path) / "CURRENT", error)) {
    return absl::OkStatus();
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    if (const std::string name = entry.path().filename().string(); !MayLieInNewFolder(name)) {
      return absl::FailedPreconditionError(fmt::format(
          "the folder {} holds {} and no database: choose an empty folder", path, name));
    }
  }
  return absl::OkStatus();
}

std::optional<int> LockHolder(const std::string& path) {
  const int file = ::open((path + "/LOCK").c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) {
    return std::nullopt;
  }
  struct flock lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  const bool known = ::fcntl(file, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  ::close(file);
  return known ? std::optional<int>(lock.l_pid) : std::nullopt;
}

uint64_t FolderBytes(const std::string& path) {
  uint64_t bytes = 0;
  std::error_code error;  // files come and go while they are counted
  for (const fs::directory_entry& entry : fs::directory_iterator(path, error)) {
    const uint64_t size = entry.file_size(error);
    bytes += error ? 0 : size;
  }
  return bytes;
}

}  // namespace dossier
