// What a worker process gives up, for good, before it touches a plugin's code.
#ifndef DOSSIER_SERVER_EXTRACT_WORKER_SANDBOX_H_
#define DOSSIER_SERVER_EXTRACT_WORKER_SANDBOX_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

struct SandboxOptions {
  std::vector<std::string> readable_files;  // beside the system's libraries
  uint64_t memory_bytes = 0;                // of address space; 0: no limit
};

// No new privilege and no capability; limits on memory, open files, files written and core dumps;
// no file but those named and the system's libraries, and these for reading only (Landlock); no
// process, no socket, no system call that an extractor has no use for (seccomp: they fail with
// EPERM). Returns what this kernel cannot do, each a sentence for the log. An error when it can but
// refused. REQUIRES: this process has one thread.
absl::StatusOr<std::vector<std::string>> EnterSandbox(const SandboxOptions& options);

// The parts, in the order in which EnterSandbox() takes them.
absl::Status LimitResources(uint64_t memory_bytes);
absl::Status DropCapabilities();
// UNIMPLEMENTED when the kernel has none, as the next one.
absl::Status RestrictFiles(const std::vector<std::string>& readable_files);
absl::Status RestrictSystemCalls();

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WORKER_SANDBOX_H_
