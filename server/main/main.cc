#include <fmt/format.h>
#include <signal.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

#include "server/main/config.h"
#include "server/main/server.h"

namespace dossier {
namespace {

// How long calls may go on after a signal to stop.
constexpr std::chrono::seconds kGrace{5};

std::string_view Text(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

// SIGTERM and SIGINT, for this thread and all that it will start: Wait() takes them.
class StopSignals {
 public:
  StopSignals() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  }

  // Returns with the first; the next one then ends the process at once.
  void Wait() const {
    int signal = 0;
    sigwait(&signals_, &signal);
    pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
  }

 private:
  sigset_t signals_;
};

int Run(const Config& config, const StopSignals& signals) {
  auto server = Server::Start(config);
  if (!server.ok()) {
    spdlog::error("{}", Text(server.status()));
    return EXIT_FAILURE;
  }
  if (const std::string metrics = (*server)->metrics_address(); !metrics.empty()) {
    spdlog::info("metrics are at http://{}/metrics", metrics);
  }
  spdlog::info("listening on {}", (*server)->address());
  signals.Wait();
  spdlog::info("stopping: calls may finish for up to {} s", kGrace.count());
  if (const absl::Status status = (*server)->Stop(kGrace); !status.ok()) {
    spdlog::error("the database could not be flushed: {}", Text(status));
    return EXIT_FAILURE;
  }
  spdlog::info("stopped");
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  const dossier::StopSignals signals;  // before any thread
  spdlog::set_default_logger(spdlog::stderr_color_mt("dossierd"));
  spdlog::set_pattern("%Y-%m-%d %H:%M:%S.%e %^%l%$ %v");
  int exit_status = EXIT_SUCCESS;
  const std::optional<dossier::Config> config = dossier::ReadConfig(argc, argv, &exit_status);
  if (!config) {
    return exit_status;
  }
  return dossier::Run(*config, signals);
}
