#include "server/extract/sealed_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL;

// Reads `from` to its end: a file that grows meanwhile is still bounded, one that shrinks is short.
absl::Status CopyBytes(int from, int to, std::size_t max_bytes) {
  std::array<char, 1 << 16> buffer;
  std::size_t total = 0;
  while (true) {
    const ssize_t count = read(from, buffer.data(), buffer.size());
    if (count == 0) {
      return absl::OkStatus();
    }
    if (count < 0) {
      return absl::ErrnoToStatus(errno, "cannot read it");
    }
    total += static_cast<std::size_t>(count);
    if (total > max_bytes) {
      return absl::ResourceExhaustedError(fmt::format("it is larger than {} MiB", max_bytes >> 20));
    }
    // A memfd takes a write whole, or fails for want of memory.
    if (write(to, buffer.data(), static_cast<std::size_t>(count)) != count) {
      return absl::ErrnoToStatus(errno, "cannot copy it to memory");
    }
  }
}

// The bytes of a sealed file of its own size.
absl::StatusOr<std::string_view> Map(int fd) {
  struct stat info = {};
  if (fstat(fd, &info) != 0) {
    return absl::ErrnoToStatus(errno, "cannot look at the copy");
  }
  if (info.st_size == 0) {
    return absl::InvalidArgumentError("it is empty");
  }
  const auto size = static_cast<std::size_t>(info.st_size);
  void* memory = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fd, 0);
  if (memory == MAP_FAILED) {
    return absl::ErrnoToStatus(errno, "cannot map the copy");
  }
  return std::string_view(static_cast<const char*>(memory), size);
}

}  // namespace

absl::StatusOr<SealedFile> SealedFile::Copy(const std::filesystem::path& path,
                                            std::size_t max_bytes) {
  // Non-blocking: a named pipe must not hold up the caller.
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat info = {};
  if (file.get() < 0 || fstat(file.get(), &info) != 0) {
    return absl::ErrnoToStatus(errno, "cannot open it");
  }
  if (!S_ISREG(info.st_mode)) {
    return absl::InvalidArgumentError("it is not a regular file");
  }
  FileDescriptor copy(memfd_create(path.filename().string().substr(0, 200).c_str(),
                                   MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (copy.get() < 0) {
    return absl::ErrnoToStatus(errno, "cannot make a copy in memory");
  }
  RETURN_IF_ERROR(CopyBytes(file.get(), copy.get(), max_bytes));
  if (fcntl(copy.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) !=
      0) {
    return absl::ErrnoToStatus(errno, "cannot seal the copy");
  }
  ASSIGN_OR_RETURN(const std::string_view bytes, Map(copy.get()));
  return SealedFile(std::make_shared<const Memory>(std::move(copy), bytes));
}

absl::StatusOr<SealedFile> SealedFile::Adopt(int fd) {
  FileDescriptor copy(fd);
  if (fcntl(copy.get(), F_GET_SEALS) != kSeals) {
    return absl::InvalidArgumentError("it is not a sealed copy");
  }
  ASSIGN_OR_RETURN(const std::string_view bytes, Map(copy.get()));
  return SealedFile(std::make_shared<const Memory>(std::move(copy), bytes));
}

SealedFile::Memory::~Memory() { munmap(const_cast<char*>(bytes.data()), bytes.size()); }

std::string SealedFile::path() const {
  return fmt::format("/proc/self/fd/{}", memory_->file.get());
}

}  // namespace dossier
