#include "server/extract/worker/sandbox.h"

#include <fmt/format.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

constexpr rlim_t kMaxOpenFiles = 64;

absl::Status Limit(__rlimit_resource resource, rlim_t value) {
  const rlimit limit = {value, value};
  return setrlimit(resource, &limit) == 0
             ? absl::OkStatus()
             : absl::ErrnoToStatus(errno, fmt::format("limit {}", +resource));
}

}  // namespace

absl::StatusOr<std::vector<std::string>> EnterSandbox(const SandboxOptions& options) {
  std::vector<std::string> gaps;
  const auto allow_gap = [&](const absl::Status& status) {
    if (!absl::IsUnimplemented(status)) {
      return status;
    }
    gaps.emplace_back(status.message());
    return absl::OkStatus();
  };
  RETURN_IF_ERROR(LimitResources(options.memory_bytes));
  RETURN_IF_ERROR(DropCapabilities());
  RETURN_IF_ERROR(allow_gap(RestrictFiles(options.readable_files)));
  RETURN_IF_ERROR(allow_gap(RestrictSystemCalls()));
  return gaps;
}

absl::Status LimitResources(uint64_t memory_bytes) {
  // AddressSanitizer reserves terabytes of address space, so that no limit on it can hold; its own
  // limit on resident memory stands in (see worker_main.cc).
#ifndef __SANITIZE_ADDRESS__
  if (memory_bytes > 0) {
    RETURN_IF_ERROR(Limit(RLIMIT_AS, memory_bytes));
  }
#else
  (void)memory_bytes;
#endif
  RETURN_IF_ERROR(Limit(RLIMIT_CORE, 0));
  RETURN_IF_ERROR(Limit(RLIMIT_FSIZE, 0));
  return Limit(RLIMIT_NOFILE, kMaxOpenFiles);
}

absl::Status DropCapabilities() {
  __user_cap_header_struct header = {_LINUX_CAPABILITY_VERSION_3, 0};
  std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> none = {};
  if (syscall(SYS_capset, &header, none.data()) != 0) {
    return absl::ErrnoToStatus(errno, "cannot drop capabilities");
  }
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 ? absl::OkStatus()
                                                     : absl::ErrnoToStatus(errno, "no_new_privs");
}

}  // namespace dossier
