// The system calls that an extractor, and gRPC beside it, may make.
#include <errno.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <initializer_list>
#include <memory>
#include <system_error>

#include "server/base/status_macros.h"
#include "server/extract/worker/sandbox.h"

namespace dossier {
namespace {

constexpr const char* kAllowed[] = {
    // memory
    "brk", "madvise", "membarrier", "mincore", "mmap", "mprotect", "mremap", "munmap",
    // open files, pipes and the one socket
    "close", "close_range", "dup", "dup2", "dup3", "epoll_create", "epoll_create1", "epoll_ctl",
    "epoll_pwait", "epoll_pwait2", "epoll_wait", "eventfd", "eventfd2", "fadvise64", "fcntl",
    "fstat", "getdents64", "getpeername", "getsockname", "getsockopt", "lseek", "pipe", "pipe2",
    "poll", "ppoll", "pread64", "preadv", "pselect6", "read", "readv", "recvfrom", "recvmsg",
    "select", "sendmsg", "sendto", "setsockopt", "shutdown", "write", "writev",
    // looking at the file system, as far as Landlock lets it
    "access", "faccessat", "faccessat2", "getcwd", "lstat", "newfstatat", "readlink", "readlinkat",
    "stat", "statx",
    // threads and signals of its own
    "exit", "exit_group", "futex", "futex_waitv", "get_robust_list", "gettid", "restart_syscall",
    "rseq", "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "sched_getaffinity", "sched_getparam",
    "sched_getscheduler", "sched_yield", "set_robust_list", "set_tid_address", "sigaltstack",
    // time, and who it is
    "arch_prctl", "clock_getres", "clock_gettime", "clock_nanosleep", "getcpu", "getegid",
    "geteuid", "getgid", "getpid", "getppid", "getrandom", "getrlimit", "getrusage", "gettimeofday",
    "getuid", "nanosleep", "sysinfo", "time", "timerfd_create", "timerfd_settime", "times",
    "uname"};

using Conditions = std::initializer_list<scmp_arg_cmp>;

class Filter {
 public:
  Filter() : context_(seccomp_init(SCMP_ACT_ERRNO(EPERM))) {}
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;
  ~Filter() { seccomp_release(context_); }

  // Passes over calls that this processor's Linux does not have.
  absl::Status Add(uint32_t action, const char* call, Conditions conditions = {}) {
    const int number = seccomp_syscall_resolve_name(call);
    if (number < 0) {
      return absl::OkStatus();
    }
    return Check(
        call, seccomp_rule_add_array(context_, action, number,
                                     static_cast<unsigned>(conditions.size()), conditions.begin()));
  }

  absl::Status Load() {
    const int result = seccomp_load(context_);
    if (result == -EINVAL || result == -ENOSYS) {
      return absl::UnimplementedError(
          "this kernel has no seccomp filters: plugins can make every system call");
    }
    return Check("cannot load the filter", result);
  }

 private:
  static absl::Status Check(const char* action, int result) {
    return result == 0 ? absl::OkStatus()
                       : absl::InternalError(fmt::format("seccomp: {}: {}", action,
                                                         std::generic_category().message(-result)));
  }

  scmp_filter_ctx context_;
};

scmp_arg_cmp Equals(unsigned argument, uint64_t value) { return {argument, SCMP_CMP_EQ, value, 0}; }

scmp_arg_cmp Masked(unsigned argument, uint64_t mask, uint64_t value) {
  return {argument, SCMP_CMP_MASKED_EQ, mask, value};
}

}  // namespace

absl::Status RestrictSystemCalls() {
  Filter filter;
  for (const char* call : kAllowed) {
    RETURN_IF_ERROR(filter.Add(SCMP_ACT_ALLOW, call));
  }
  constexpr uint64_t kWriting = O_ACCMODE | O_CREAT | O_TRUNC;
  RETURN_IF_ERROR(filter.Add(SCMP_ACT_ALLOW, "open", {Masked(1, kWriting, O_RDONLY)}));
  RETURN_IF_ERROR(filter.Add(SCMP_ACT_ALLOW, "openat", {Masked(2, kWriting, O_RDONLY)}));
  // Threads, no processes. The C library falls back from clone3, whose flags no filter can see.
  RETURN_IF_ERROR(filter.Add(SCMP_ACT_ALLOW, "clone", {Masked(0, CLONE_THREAD, CLONE_THREAD)}));
  RETURN_IF_ERROR(filter.Add(SCMP_ACT_ERRNO(ENOSYS), "clone3"));
  RETURN_IF_ERROR(
      filter.Add(SCMP_ACT_ALLOW, "tgkill", {Equals(0, static_cast<uint64_t>(getpid()))}));
  RETURN_IF_ERROR(filter.Add(SCMP_ACT_ALLOW, "prctl", {Equals(0, PR_SET_NAME)}));
  RETURN_IF_ERROR(filter.Add(SCMP_ACT_ALLOW, "prlimit64", {Equals(2, 0)}));  // asks, sets nothing
  return filter.Load();
}

}  // namespace dossier
