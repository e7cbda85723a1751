#include "tests/support/server_process.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <string_view>
#include <thread>
#include <utility>

namespace dossier {
namespace {

constexpr std::chrono::seconds kStartLimit{60};
constexpr std::string_view kListening = "listening on ";

// The address in "... listening on 127.0.0.1:41234\n"; empty before that line is whole.
std::string AddressIn(std::string_view log) {
  const size_t at = log.find(kListening);
  const size_t end = at == std::string_view::npos ? at : log.find('\n', at);
  if (end == std::string_view::npos) {
    return "";
  }
  const size_t begin = at + kListening.size();
  return std::string(log.substr(begin, log.find_first_of(" \n", begin) - begin));
}

}  // namespace

ServerProcess::ServerProcess(const std::string& data_folder, std::vector<std::string> arguments) {
  std::vector<std::string> command = {DOSSIER_BIN_DIR "/dossierd", "--data", data_folder,
                                      "--listen", "127.0.0.1:0"};
  if (std::find(arguments.begin(), arguments.end(), "--plugins") == arguments.end()) {
    command.insert(command.end(), {"--plugins", DOSSIER_PLUGIN_DIR});
  }
  command.insert(command.end(), arguments.begin(), arguments.end());
  const int log = Spawn(std::move(command));
  if (pid_ > 0) {
    ReadLogUntilListening(log);
  }
  // The rest of the log is read and dropped, so that the server never waits for a full pipe.
  std::thread([log] {
    std::array<char, 4096> rest{};
    while (read(log, rest.data(), rest.size()) > 0) {
    }
    close(log);
  }).detach();
  EXPECT_FALSE(address_.empty()) << log_;
}

int ServerProcess::Spawn(std::vector<std::string> command) {
  std::vector<char*> argv;
  for (std::string& word : command) {
    argv.push_back(word.data());
  }
  argv.push_back(nullptr);
  std::array<int, 2> pipe_ends{-1, -1};
  EXPECT_EQ(pipe2(pipe_ends.data(), O_CLOEXEC), 0);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDERR_FILENO);
  const int error = posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(pipe_ends[1]);
  if (error != 0) {
    pid_ = -1;
    ADD_FAILURE() << argv[0] << ": " << std::strerror(error);
  }
  return pipe_ends[0];
}

void ServerProcess::ReadLogUntilListening(int log) {
  const auto deadline = std::chrono::steady_clock::now() + kStartLimit;
  std::array<char, 4096> buffer{};
  while (address_.empty() && std::chrono::steady_clock::now() < deadline) {
    pollfd readable{log, POLLIN, 0};
    if (poll(&readable, 1, 1000) <= 0) {
      continue;
    }
    const ssize_t size = read(log, buffer.data(), buffer.size());
    if (size <= 0) {
      return;
    }
    log_.append(buffer.data(), static_cast<size_t>(size));
    address_ = AddressIn(log_);
  }
}

ServerProcess::~ServerProcess() { Kill(); }

void ServerProcess::Kill() {
  if (pid_ > 0) {
    kill(pid_, SIGKILL);
    Wait();
  }
}

int ServerProcess::Stop() {
  kill(pid_, SIGTERM);
  return Wait();
}

int ServerProcess::Wait() {
  int status = 0;
  const pid_t gone = waitpid(std::exchange(pid_, -1), &status, 0);
  return gone > 0 && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace dossier
