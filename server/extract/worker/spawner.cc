#include "server/extract/worker/spawner.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

namespace dossier {
namespace {

// Duplicates above every number that a child gives its descriptors, so that no dup2() there
// overwrites one that is still to be moved.
class Duplicates {
 public:
  ~Duplicates() {
    for (const int fd : fds_) {
      close(fd);
    }
  }

  absl::StatusOr<int> Add(int fd, int above) {
    const int copy = fcntl(fd, F_DUPFD_CLOEXEC, above);
    if (copy < 0) {
      return absl::ErrnoToStatus(errno, "cannot duplicate a descriptor");
    }
    fds_.push_back(copy);
    return copy;
  }

 private:
  std::vector<int> fds_;
};

// posix_spawn's attributes: nothing of this process's signals, a process group of its own.
class Attributes {
 public:
  Attributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t signals;
    sigemptyset(&signals);
    posix_spawnattr_setsigmask(&attributes_, &signals);
    sigfillset(&signals);
    posix_spawnattr_setsigdefault(&attributes_, &signals);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { posix_spawnattr_destroy(&attributes_); }

  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

class FileActions {
 public:
  FileActions() { posix_spawn_file_actions_init(&actions_); }
  FileActions(const FileActions&) = delete;
  FileActions& operator=(const FileActions&) = delete;
  ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }

  posix_spawn_file_actions_t* get() { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

absl::StatusOr<pid_t> SpawnHere(const SpawnRequest& request) {
  int above = STDERR_FILENO + 1;
  for (const auto& [from, to] : request.descriptors) {
    above = std::max(above, to + 1);
  }
  Duplicates duplicates;
  FileActions actions;
  posix_spawn_file_actions_addopen(actions.get(), STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  for (const auto& [from, to] : request.descriptors) {
    absl::StatusOr<int> copy = duplicates.Add(from, above);
    if (!copy.ok()) {
      return copy.status();
    }
    posix_spawn_file_actions_adddup2(actions.get(), *copy, to);
  }
  posix_spawn_file_actions_addclosefrom_np(actions.get(), above);
  std::vector<char*> arguments = {const_cast<char*>(request.program.c_str())};
  for (const std::string& argument : request.arguments) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  char* no_environment[] = {nullptr};
  pid_t pid = -1;
  const Attributes attributes;
  const int error = posix_spawn(&pid, request.program.c_str(), actions.get(), attributes.get(),
                                arguments.data(), no_environment);
  return error == 0 ? absl::StatusOr<pid_t>(pid)
                    : absl::ErrnoToStatus(error, fmt::format("cannot start {}", request.program));
}

class Spawner {
 public:
  Spawner() {
    std::thread([this] { SpawnForever(); }).detach();
  }

  absl::StatusOr<pid_t> Spawn(const SpawnRequest& request) {
    std::packaged_task<absl::StatusOr<pid_t>()> task([&] { return SpawnHere(request); });
    std::future<absl::StatusOr<pid_t>> result = task.get_future();
    {
      const std::lock_guard lock(mutex_);
      tasks_.push_back(std::move(task));
    }
    changed_.notify_one();
    return result.get();
  }

 private:
  [[noreturn]] void SpawnForever() {
    for (;;) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return !tasks_.empty(); });
      std::packaged_task<absl::StatusOr<pid_t>()> task = std::move(tasks_.front());
      tasks_.pop_front();
      lock.unlock();
      task();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::packaged_task<absl::StatusOr<pid_t>()>> tasks_;
};

}  // namespace

absl::StatusOr<pid_t> Spawn(const SpawnRequest& request) {
  static auto* const spawner = new Spawner;  // outlives every child
  return spawner->Spawn(request);
}

}  // namespace dossier
