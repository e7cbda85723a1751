#include "server/extract/worker/worker_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <grpcpp/create_channel_posix.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/worker/spawner.h"

namespace dossier {
namespace {

// Two descriptors that belong together. Closes what was not released.
struct Pair {
  std::array<int, 2> fds = {-1, -1};

  ~Pair() {
    for (const int fd : fds) {
      if (fd >= 0) {
        close(fd);
      }
    }
  }
  int Release(std::size_t i) { return std::exchange(fds[i], -1); }
};

std::vector<std::string> Arguments(const WorkerCommand& command, const PluginFile& plugin) {
  std::vector<std::string> arguments = {fmt::format("--parent={}", getpid()),
                                        fmt::format("--name={}", plugin.name),
                                        fmt::format("--sha256={}", plugin.sha256),
                                        fmt::format("--memory={}", command.memory_bytes),
                                        fmt::format("--max-items={}", command.limits.max_items),
                                        fmt::format("--max-bytes={}", command.limits.max_bytes)};
  for (const std::filesystem::path& file : command.readable_files) {
    arguments.push_back("--read=" + file.string());
  }
  return arguments;
}

// Whether the process ends within `time`.
bool WaitForEnd(pid_t pid, std::chrono::milliseconds time) {
  const int fd = static_cast<int>(syscall(SYS_pidfd_open, pid, 0));
  if (fd < 0) {  // before Linux 5.3
    return false;
  }
  pollfd process = {fd, POLLIN, 0};
  int result;
  do {
    result = poll(&process, 1, static_cast<int>(time.count()));
  } while (result < 0 && errno == EINTR);
  close(fd);
  return result > 0;
}

std::string Describe(int status, bool killed) {
  if (killed) {
    return "did not end by itself and was killed";
  }
  if (WIFEXITED(status)) {
    return fmt::format("exited with status {}", WEXITSTATUS(status));
  }
  return fmt::format("was killed by signal {} ({})", WTERMSIG(status), strsignal(WTERMSIG(status)));
}

}  // namespace

absl::StatusOr<std::unique_ptr<WorkerProcess>> WorkerProcess::Start(const WorkerCommand& command,
                                                                    const PluginFile& plugin) {
  Pair socket;
  Pair log;
  // gRPC wants both ends non-blocking: otherwise a call hangs without an error.
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, socket.fds.data()) != 0 ||
      pipe2(log.fds.data(), O_CLOEXEC) != 0) {
    return absl::ErrnoToStatus(errno, "cannot make a socket or a pipe for a worker");
  }
  SpawnRequest request;
  request.program = command.program.string();
  request.arguments = Arguments(command, plugin);
  request.descriptors = {{log.fds[1], STDOUT_FILENO},
                         {log.fds[1], STDERR_FILENO},
                         {socket.fds[1], kWorkerSocket},
                         {plugin.copy.fd(), kWorkerPlugin}};
  ASSIGN_OR_RETURN(const pid_t pid, Spawn(request));
  return std::unique_ptr<WorkerProcess>(
      new WorkerProcess(pid, socket.Release(0), log.Release(0), plugin.manifest.id));
}

WorkerProcess::WorkerProcess(pid_t pid, int socket, int log, const std::string& plugin_id)
    : pid_(pid), log_(plugin_id, log) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);  // what a document may bring is counted as it is read
  arguments.SetMaxSendMessageSize(-1);
  arguments.SetInt(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  arguments.SetInt(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 4 << 20);
  arguments.SetInt(GRPC_ARG_HTTP2_MAX_FRAME_SIZE, 4 << 20);  // layers are large, the socket is near
  channel_ = grpc::CreateCustomInsecureChannelFromFd("worker", socket, arguments);
  stub_ = v1::ExtractorService::NewStub(channel_);
}

WorkerProcess::~WorkerProcess() {
  if (!ended_) {
    End(std::chrono::milliseconds(1000));
  }
}

void WorkerProcess::GrantProcessorTime(std::chrono::seconds time) const {
  clockid_t clock;
  timespec used = {};
  if (clock_getcpuclockid(pid_, &clock) != 0 || clock_gettime(clock, &used) != 0) {
    return;  // it is gone; the call will tell
  }
  const auto seconds = static_cast<rlim_t>(used.tv_sec + 1 + time.count());
  const rlimit limit = {seconds, RLIM_INFINITY};
  prlimit(pid_, RLIMIT_CPU, &limit, nullptr);
}

std::string WorkerProcess::End(std::chrono::milliseconds grace) {
  ended_ = true;
  stub_.reset();
  channel_.reset();
  const bool killed = !WaitForEnd(pid_, grace);
  if (killed) {
    kill(pid_, SIGKILL);
  }
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  log_.Drain();
  return Describe(status, killed) + log_.LastLines();
}

}  // namespace dossier
