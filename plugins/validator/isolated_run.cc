#include "plugins/validator/isolated_run.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>

#include "server/base/utf8.h"

namespace dossier::validator {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMaxStandardError = 2048;
constexpr int kClockFactor = 10;

template <std::size_t kSize>
void Write(std::string_view text, char (&field)[kSize]) {
  const std::string_view prefix = Utf8Prefix(text, kSize - 1);
  std::memcpy(field, prefix.data(), prefix.size());
  field[prefix.size()] = '\0';
}

// The last bytes that came through a pipe. Never blocks.
class Tail {
 public:
  explicit Tail(int fd) : fd_(fd) { fcntl(fd, F_SETFL, O_NONBLOCK); }
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;
  ~Tail() { close(fd_); }

  int fd() const { return fd_; }
  bool open() const { return open_; }

  // Reads what is there, but not forever: a writer may be faster than this reader.
  void Read() {
    std::array<char, 1 << 16> buffer;
    const ssize_t count = read(fd_, buffer.data(), buffer.size());
    if (count > 0) {
      bytes_.append(buffer.data(), static_cast<std::size_t>(count));
      bytes_.erase(0, bytes_.size() - std::min(bytes_.size(), kMaxStandardError));
    } else if (count == 0) {
      open_ = false;
    }
  }

  // The last lines, on one.
  std::string Lines() const {
    std::string lines = FindInvalidUtf8(bytes_) ? "" : bytes_;
    while (!lines.empty() && lines.back() == '\n') {
      lines.pop_back();
    }
    std::replace(lines.begin(), lines.end(), '\n', '|');
    return lines;
  }

 private:
  const int fd_;
  bool open_ = true;
  std::string bytes_;
};

[[noreturn]] void RunChild(const std::function<absl::Status(Report&)>& body,
                           std::chrono::seconds limit, int standard_error, Report* report) {
  setpgid(0, 0);
  const rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  const auto seconds = static_cast<rlim_t>(limit.count());
  const rlimit processor_time = {seconds, seconds + 1};  // SIGXCPU, then SIGKILL
  setrlimit(RLIMIT_CPU, &processor_time);
  rlimit files = {};  // as many as may be: whoever counts those left open needs one itself
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nowhere, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
  dup2(standard_error, STDERR_FILENO);
  try {
    report->Finish(body(*report));
  } catch (const std::exception& error) {
    report->Finish(absl::InternalError(fmt::format("the validator failed: {}", error.what())));
  }
  _exit(0);
}

// Waits until the child has ended or the clock has run out; true when it ended by itself.
bool Wait(pid_t child, std::chrono::seconds limit, Tail* tail, int* status) {
  const Clock::time_point deadline = Clock::now() + limit * kClockFactor;
  while (true) {
    if (waitpid(child, status, WNOHANG) == child) {
      return true;
    }
    if (Clock::now() >= deadline) {
      return false;
    }
    pollfd fds = {tail->open() ? tail->fd() : -1, POLLIN, 0};
    if (poll(&fds, 1, 5) > 0) {
      tail->Read();
    }
  }
}

std::string SignalName(int signal) {
  return fmt::format("signal {} ({})", signal, strsignal(signal));
}

}  // namespace

void Report::Doing(std::string_view what) { Write(what, doing_); }
void Report::Note(std::string_view note) { Write(note, note_); }

void Report::Finish(const absl::Status& status) {
  ok_ = status.ok();
  Write(std::string(status.message()), text_);
  finished_ = true;
}

// Reads a report whose writer is gone.
class ReportReader {
 public:
  explicit ReportReader(const Report& report) : report_(report) {}

  Outcome Read(bool in_time, int status, std::chrono::seconds limit, const Tail& tail) const {
    Outcome outcome;
    outcome.passed = report_.finished_ && report_.ok_;
    if (outcome.passed) {
      outcome.text = report_.note_;
      return outcome;
    }
    if (report_.seed_ != 0) {
      outcome.seed = report_.seed_;
    }
    outcome.text = report_.finished_ ? report_.text_ : Death(in_time, status, limit, tail);
    return outcome;
  }

 private:
  std::string Death(bool in_time, int status, std::chrono::seconds limit, const Tail& tail) const {
    std::string how;
    if (!in_time) {
      how = fmt::format("it was not done after {} seconds", (limit * kClockFactor).count());
    } else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU) {
      how = fmt::format("it was not done after {} seconds of processor time", limit.count());
    } else if (WIFSIGNALED(status)) {
      how = fmt::format("it died of {}", SignalName(WTERMSIG(status)));
    } else {
      how = fmt::format("it ended the process with exit status {}", WEXITSTATUS(status));
    }
    if (report_.doing_[0] != '\0') {
      how += fmt::format(" while {}", report_.doing_);
    }
    const std::string lines = tail.Lines();
    return lines.empty() ? how : fmt::format("{}; it wrote: {}", how, lines);
  }

  const Report& report_;
};

Outcome RunIsolated(const std::function<absl::Status(Report&)>& body, std::chrono::seconds limit) {
  void* shared =
      mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  std::array<int, 2> pipe = {-1, -1};
  if (shared == MAP_FAILED || pipe2(pipe.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("no memory or no pipe for a child process");
  }
  auto* report = new (shared) Report;
  const Clock::time_point start = Clock::now();
  const pid_t child = fork();
  if (child < 0) {
    throw std::runtime_error("cannot make a child process");
  }
  if (child == 0) {
    RunChild(body, limit, pipe[1], report);
  }
  close(pipe[1]);
  Tail tail(pipe[0]);
  int status = 0;
  const bool in_time = Wait(child, limit, &tail, &status);
  kill(-child, SIGKILL);  // and what it has started
  if (!in_time) {
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
  }
  tail.Read();
  Outcome outcome = ReportReader(*report).Read(in_time, status, limit, tail);
  outcome.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  munmap(shared, sizeof(Report));
  return outcome;
}

}  // namespace dossier::validator
