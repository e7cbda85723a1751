// dossier-worker: runs one plugin for dossierd, which starts it, and serves ExtractorService to it
// over the socket that it inherits. What it is given: kWorkerSocket, kWorkerPlugin, and options.
#include <fcntl.h>
#include <fmt/format.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/server_posix.h>
#include <malloc.h>
#include <poll.h>
#include <signal.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/extract/in_process_backend.h"
#include "server/extract/library.h"
#include "server/extract/wire/extractor_server.h"
#include "server/extract/worker/sandbox.h"
#include "server/extract/worker/worker_process.h"

#ifdef __SANITIZE_ADDRESS__
// Stands in for the limit on address space, which AddressSanitizer cannot live with.
extern "C" const char* __asan_default_options() {
  return "hard_rss_limit_mb=4096:max_allocation_size_mb=4096:allocator_may_return_null=1:"
         "detect_leaks=0";
}
#endif

namespace dossier {
namespace {

// How long calls may go on once nobody is at the other end.
constexpr std::chrono::seconds kFarewell{1};

struct Options {
  pid_t parent = 0;
  std::string name;  // of the plugin's file
  std::string sha256;
  SandboxOptions sandbox;
  OutputLimits limits;
};

// Never outlives the server.
void DieWithParent(pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) {  // it was gone before
    _exit(EXIT_FAILURE);
  }
}

absl::StatusOr<const Library*> LoadPlugin(const Options& options) {
  ASSIGN_OR_RETURN(PluginFile file, AdoptPluginFile(kWorkerPlugin, options.name, options.sha256));
  return Library::Load(std::move(file));
}

// Returns when nobody is at the other end any more.
void WaitForHangUp(int socket) {
  pollfd end = {socket, POLLRDHUP, 0};
  while (poll(&end, 1, -1) < 0 && errno == EINTR) {
  }
}

void Serve(absl::StatusOr<const Library*> library, const OutputLimits& limits) {
  std::shared_ptr<ExtractorBackend> backend;
  std::string config_of_backend;
  ServedExtractor extractor;
  if (library.ok()) {
    extractor.sha256 = (*library)->file().sha256;
  }
  // The server opens one call at a time, always with the same configuration.
  extractor.make =
      [&](const std::string& config) -> absl::StatusOr<std::shared_ptr<ExtractorBackend>> {
    RETURN_IF_ERROR(library.status());
    if (backend == nullptr || config != config_of_backend) {
      ASSIGN_OR_RETURN(backend, InProcessBackend::Create(**library, config, limits));
      config_of_backend = config;
    }
    return backend;
  };
  ExtractorServer service(std::move(extractor));
  grpc::ServerBuilder builder;
  builder.SetMaxReceiveMessageSize(-1);
  builder.SetMaxSendMessageSize(-1);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_STREAM_LOOKAHEAD_BYTES, 4 << 20);
  builder.AddChannelArgument(GRPC_ARG_HTTP2_MAX_FRAME_SIZE, 4 << 20);
  builder.RegisterService(&service);
  const std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  const int watched = fcntl(kWorkerSocket, F_DUPFD_CLOEXEC, 0);
  grpc::AddInsecureChannelFromFd(server.get(), kWorkerSocket);
  WaitForHangUp(watched);
  server->Shutdown(std::chrono::system_clock::now() + kFarewell);
}

int Run(const Options& options) {
  DieWithParent(options.parent);
  mallopt(M_ARENA_MAX, 2);  // each arena reserves address space, which is limited
  spdlog::set_default_logger(spdlog::stderr_logger_mt("dossier-worker"));
  spdlog::set_pattern("<%l>%v");
  const auto gaps = EnterSandbox(options.sandbox);
  if (!gaps.ok()) {
    spdlog::error("the worker cannot be sealed off: {}", std::string(gaps.status().message()));
    return EXIT_FAILURE;
  }
  for (const std::string& gap : *gaps) {
    spdlog::warn("{}", gap);
  }
  Serve(LoadPlugin(options), options.limits);
  return EXIT_SUCCESS;
}

}  // namespace
}  // namespace dossier

int main(int argc, char** argv) {
  dossier::Options options;
  CLI::App app("Runs one extractor plugin for dossierd, which starts it.", "dossier-worker");
  app.add_option("--parent", options.parent, "Process id of the server")->required();
  app.add_option("--name", options.name, "Name of the plugin's file, for messages");
  app.add_option("--sha256", options.sha256, "SHA-256 of the plugin's file");
  app.add_option("--memory", options.sandbox.memory_bytes, "Limit of address space, in bytes");
  app.add_option("--max-items", options.limits.max_items, "Items that it may say of a document");
  app.add_option("--max-bytes", options.limits.max_bytes, "Memory that these may take");
  app.add_option("--read", options.sandbox.readable_files, "A file that the plugin may read");
  CLI11_PARSE(app, argc, argv);
  // Not through exit(): a plugin's threads and static destructors must not meet.
  _exit(dossier::Run(options));
}
