// Landlock, by its system calls: Debian 12 has no library for it.
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "server/base/status_macros.h"
#include "server/extract/worker/sandbox.h"

namespace dossier {
namespace {

// The kernel's headers of Debian 12 end with revision 2. A ruleset of an older revision is a prefix
// of this one.
struct Ruleset {
  uint64_t files;    // revision 1
  uint64_t network;  // revision 4
  uint64_t scoped;   // revision 6
};

constexpr uint64_t kReadAccess = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_READ_FILE;

// What the loader and the C library read. Missing ones are passed over.
constexpr const char* kSystemPaths[] = {"/lib",
                                        "/lib64",
                                        "/usr/lib",
                                        "/usr/lib64",
                                        "/usr/local/lib",
                                        "/etc/ld.so.cache",
                                        "/etc/localtime",
                                        "/usr/share/zoneinfo",
                                        "/sys/devices/system/cpu",
                                        "/dev/null",
                                        "/dev/urandom"};

// Everything that revision `abi` can forbid.
Ruleset EverythingOf(long abi, std::size_t* size) {
  const auto bits = [](int count) { return (uint64_t{1} << count) - 1; };
  Ruleset ruleset = {};
  ruleset.files = bits(abi >= 5 ? 16 : abi >= 3 ? 15 : abi >= 2 ? 14 : 13);
  ruleset.network = abi >= 4 ? bits(2) : 0;
  ruleset.scoped = abi >= 6 ? bits(2) : 0;
  *size = sizeof(uint64_t) * (abi >= 6 ? 3 : abi >= 4 ? 2 : 1);
  return ruleset;
}

absl::Status Fault(std::string_view action) {
  const int error = errno;
  return absl::InternalError(
      fmt::format("Landlock: {}: {}", action, std::generic_category().message(error)));
}

absl::Status Allow(int ruleset, const char* path, bool required) {
  const int fd = open(path, O_PATH | O_CLOEXEC);
  if (fd < 0) {
    return required ? Fault(path) : absl::OkStatus();
  }
  struct stat info = {};
  landlock_path_beneath_attr rule = {};
  rule.parent_fd = fd;
  rule.allowed_access = kReadAccess;
  if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) {
    rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
  }
  const long added = syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  const absl::Status status = added == 0 ? absl::OkStatus() : Fault(path);
  close(fd);
  return status;
}

}  // namespace

absl::Status RestrictFiles(const std::vector<std::string>& readable_files) {
  const long abi =
      syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 1) {
    return absl::UnimplementedError(
        "this kernel has no Landlock, or has it switched off: plugins can read every file that the "
        "server may read (Linux 5.13 or newer with landlock in its lsm= list has it)");
  }
  std::size_t size = 0;
  const Ruleset everything = EverythingOf(abi, &size);
  const long ruleset = syscall(SYS_landlock_create_ruleset, &everything, size, 0);
  if (ruleset < 0) {
    return Fault("cannot make a ruleset");
  }
  const int fd = static_cast<int>(ruleset);
  for (const char* path : kSystemPaths) {
    RETURN_IF_ERROR(Allow(fd, path, /*required=*/false));
  }
  for (const std::string& path : readable_files) {
    RETURN_IF_ERROR(Allow(fd, path.c_str(), /*required=*/true));
  }
  const bool restricted = syscall(SYS_landlock_restrict_self, fd, 0) == 0;
  const absl::Status status = restricted ? absl::OkStatus() : Fault("cannot restrict this process");
  close(fd);
  return status;
}

}  // namespace dossier
