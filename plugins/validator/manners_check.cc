// The check of what a plugin does to the process around it.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cfenv>
#include <clocale>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "plugins/validator/check.h"
#include "server/base/status_macros.h"

extern char** environ;

namespace dossier::validator {
namespace {

// What all of a process shares and a guest leaves alone.
struct House {
  std::vector<std::string> signals;  // the handler of each signal
  std::string locale;
  std::string folder;
  std::vector<std::string> environment;
  mode_t file_mask = 0;
  int rounding = 0;

  static House Now() {
    House now;
    for (int signal = 1; signal < NSIG; ++signal) {
      struct sigaction action = {};
      sigaction(signal, nullptr, &action);
      now.signals.push_back(
          fmt::format("{} {}", reinterpret_cast<uintptr_t>(action.sa_sigaction), action.sa_flags));
    }
    now.locale = std::setlocale(LC_ALL, nullptr);
    now.folder = std::filesystem::current_path();
    for (char** variable = environ; *variable != nullptr; ++variable) {
      now.environment.emplace_back(*variable);
    }
    now.file_mask = umask(0);
    umask(now.file_mask);
    now.rounding = std::fegetround();
    return now;
  }
};

absl::Status Compare(const House& before, const House& after) {
  for (std::size_t i = 0; i < before.signals.size(); ++i) {
    if (before.signals[i] != after.signals[i]) {
      return Failure(fmt::format("it changes what signal {} does", i + 1));
    }
  }
  if (before.locale != after.locale) {
    return Failure(fmt::format("it changes the locale from {} to {}", before.locale, after.locale));
  }
  if (before.folder != after.folder) {
    return Failure(fmt::format("it changes the working folder to {}", after.folder));
  }
  if (before.environment != after.environment) {
    return Failure("it changes the environment");
  }
  if (before.file_mask != after.file_mask) {
    return Failure("it changes the umask");
  }
  return before.rounding == after.rounding ? absl::OkStatus()
                                           : Failure("it changes how numbers are rounded");
}

}  // namespace

absl::Status CheckManners(Trial& trial) {
  const int written = memfd_create("standard output", MFD_CLOEXEC);
  if (written < 0 || dup2(written, STDOUT_FILENO) < 0) {
    return absl::InternalError("cannot catch standard output");
  }
  const House before = House::Now();
  ASSIGN_OR_RETURN(const std::vector<Material> materials, trial.OrdinaryMaterial());
  std::fflush(stdout);
  const off_t written_by_providers = lseek(written, 0, SEEK_END);
  {
    ASSIGN_OR_RETURN(const std::unique_ptr<Instance> instance, trial.MakeInstance());
    for (const Material& material : materials) {
      trial.report().Doing(fmt::format("reading the text \"{}\"", material.name));
      instance->Process(material.input());
    }
  }
  std::fflush(stdout);
  if (lseek(written, 0, SEEK_END) != written_by_providers) {
    return Failure("it writes to standard output, which is the server's; use the host's log()");
  }
  if (waitpid(-1, nullptr, WNOHANG) != -1 || errno != ECHILD) {
    return Failure("it leaves a child process behind");
  }
  return Compare(before, House::Now());
}

}  // namespace dossier::validator
