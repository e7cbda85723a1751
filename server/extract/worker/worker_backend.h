#ifndef DOSSIER_SERVER_EXTRACT_WORKER_WORKER_BACKEND_H_
#define DOSSIER_SERVER_EXTRACT_WORKER_WORKER_BACKEND_H_

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/extract/backend_factory.h"
#include "server/extract/wire/extractor_session.h"
#include "server/extract/worker/crash_record.h"
#include "server/extract/worker/worker_process.h"

namespace dossier {

// What holds for the workers of every plugin.
struct WorkerOptions {
  std::filesystem::path program;              // dossier-worker
  std::size_t processes = 1;                  // of each plugin: documents that it reads at once
  uint64_t memory_bytes = uint64_t{4} << 30;  // of address space, each
  std::chrono::milliseconds time_limit = std::chrono::minutes(2);  // for one document
  std::chrono::milliseconds grace = std::chrono::seconds(2);       // from "stop" until it is killed
};

// Runs a plugin in worker processes, one document at a time in each; they are started as they are
// needed and kept. A process that crashes, or takes too long and is killed, is replaced and its
// document tried once more, which is safe as nothing of the first try is kept. CrashRecord says
// what follows from repeated crashes.
class WorkerBackend final : public ExtractorBackend {
 public:
  // Starts the first process, and so finds out whether the plugin loads and takes its
  // configuration: FAILED_PRECONDITION with the reason when it does not.
  static absl::StatusOr<std::shared_ptr<ExtractorBackend>> Create(PluginFile file,
                                                                  const BackendOptions& options,
                                                                  const WorkerOptions& workers);

  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken& stop) override;
  BackendState State() const override;

 private:
  // A process with an open call; without one after it was stopped in the middle.
  struct Worker {
    std::unique_ptr<WorkerProcess> process;
    std::unique_ptr<ExtractorSession> session;
  };

  WorkerBackend(PluginFile file, const BackendOptions& options, const WorkerOptions& workers);

  // An idle worker, a new one, or the first that becomes idle.
  absl::StatusOr<Worker> Take(const StopToken& stop);
  void GiveBack(Worker worker);
  absl::StatusOr<Worker> StartWorker();
  absl::Status OpenSession(Worker* worker);
  // Ends a worker that failed; returns why it did, given how its call ended.
  std::string Bury(Worker worker, const absl::Status& call, bool too_slow);
  void ForgetOne();
  // Waits until the worker has obeyed "stop", or ends it.
  void Settle(Worker worker);
  absl::Status CheckAdmitted(const DocumentInput& input) const;
  void RecordCrash(const DocumentInput* input, const std::string& reason);

  const PluginFile file_;
  const BackendOptions options_;
  const WorkerOptions workers_;
  const WorkerCommand command_;

  mutable std::mutex mutex_;  // never held while anybody works
  std::condition_variable_any idle_changed_;
  std::vector<Worker> idle_;
  std::size_t live_ = 0;  // idle and busy
  CrashRecord crashes_;
  uint64_t timeouts_ = 0;
};

// Makes a backend by the carrier that the operator chose: in this process or in workers.
BackendFactory CarryAsChosen(const WorkerOptions& workers);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WORKER_WORKER_BACKEND_H_
