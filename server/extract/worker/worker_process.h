#ifndef DOSSIER_SERVER_EXTRACT_WORKER_WORKER_PROCESS_H_
#define DOSSIER_SERVER_EXTRACT_WORKER_WORKER_PROCESS_H_

#include <grpcpp/grpcpp.h>
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/extractor_service.grpc.pb.h"
#include "server/extract/output_sink.h"
#include "server/extract/plugin_file.h"
#include "server/extract/worker/line_log.h"

namespace dossier {

// The descriptors that dossier-worker finds open: its end of the socket on which it serves
// ExtractorService, and the plugin, sealed.
inline constexpr int kWorkerSocket = 3;
inline constexpr int kWorkerPlugin = 4;

struct WorkerCommand {
  std::filesystem::path program;  // dossier-worker
  std::vector<std::filesystem::path> readable_files;
  uint64_t memory_bytes = 0;  // of address space
  OutputLimits limits;        // of what the plugin may say about a document
};

// A dossier-worker with a plugin. One thread at a time.
class WorkerProcess {
 public:
  // Does not wait for the plugin to be loaded: the first call finds out.
  static absl::StatusOr<std::unique_ptr<WorkerProcess>> Start(const WorkerCommand& command,
                                                              const PluginFile& plugin);
  // Ends it.
  ~WorkerProcess();
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;

  v1::ExtractorService::Stub& stub() { return *stub_; }

  // From now on it may use so much processor time; then the kernel kills it. Microseconds.
  void GrantProcessorTime(std::chrono::seconds time) const;

  // Closes the connection, on which a worker ends, waits for that, then kills it. Returns how it
  // ended, for the operator, with what it wrote last: "was killed by signal 11 (Segmentation
  // fault)". REQUIRES: no call is under way. Call once.
  std::string End(std::chrono::milliseconds grace);

 private:
  WorkerProcess(pid_t pid, int socket, int log, const std::string& plugin_id);

  const pid_t pid_;
  bool ended_ = false;
  LineLog log_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<v1::ExtractorService::Stub> stub_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WORKER_WORKER_PROCESS_H_
