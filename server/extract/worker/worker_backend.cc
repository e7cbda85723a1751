#include "server/extract/worker/worker_backend.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <stop_token>
#include <thread>
#include <utility>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

// How long a process may take from its start to the first answer, static constructors and models
// included.
constexpr std::chrono::seconds kStartTime{60};
// How long a process whose connection broke may take to die.
constexpr std::chrono::seconds kDyingTime{1};
constexpr std::chrono::milliseconds kHealthPause{5};

StopToken Within(std::chrono::milliseconds time) {
  return StopToken(std::stop_token(), StopToken::Clock::now() + time);
}

// A second for what the clock of the wall does not count, and twice the time for a second thread.
std::chrono::seconds ProcessorTime(std::chrono::milliseconds time) {
  return std::chrono::ceil<std::chrono::seconds>(2 * time) + std::chrono::seconds(1);
}

std::string Text(const absl::Status& status) { return std::string(status.message()); }

}  // namespace

absl::StatusOr<std::shared_ptr<ExtractorBackend>> WorkerBackend::Create(
    PluginFile file, const BackendOptions& options, const WorkerOptions& workers) {
  std::shared_ptr<WorkerBackend> backend(new WorkerBackend(std::move(file), options, workers));
  ASSIGN_OR_RETURN(Worker first, backend->Take(StopToken()));
  backend->GiveBack(std::move(first));
  return backend;
}

WorkerBackend::WorkerBackend(PluginFile file, const BackendOptions& options,
                             const WorkerOptions& workers)
    : file_(std::move(file)),
      options_(options),
      workers_(workers),
      command_{
          workers.program,
          options.files == nullptr ? std::vector<std::filesystem::path>() : options.files->copies(),
          workers.memory_bytes, options.limits} {}

absl::StatusOr<RunOutput> WorkerBackend::Process(const DocumentInput& input,
                                                 const StopToken& stop) {
  for (;;) {  // a document that kills twice is not admitted again
    RETURN_IF_ERROR(CheckAdmitted(input));
    ASSIGN_OR_RETURN(Worker worker, Take(stop));
    const StopToken limited = stop.Before(StopToken::Clock::now() + workers_.time_limit);
    worker.process->GrantProcessorTime(ProcessorTime(workers_.time_limit + workers_.grace));
    absl::StatusOr<RunOutput> output =
        worker.session->Process(file_.manifest, input, options_.limits, limited);
    if (!worker.session->broken()) {
      GiveBack(std::move(worker));
      return output;
    }
    if (const absl::Status status = stop.status(); !status.ok()) {
      Settle(std::move(worker));
      return status;
    }
    const std::string reason =
        Bury(std::move(worker), output.status(), /*too_slow=*/!limited.status().ok());
    RecordCrash(&input, reason);
  }
}

BackendState WorkerBackend::State() const {
  const std::lock_guard lock(mutex_);
  BackendState state;
  state.carrier = Carrier::kWorker;
  state.quarantined = crashes_.quarantined();
  state.reason = crashes_.reason();
  state.restarts = crashes_.crashes();
  state.timeouts = timeouts_;
  state.set_aside = crashes_.SetAside();
  return state;
}

absl::StatusOr<WorkerBackend::Worker> WorkerBackend::Take(const StopToken& stop) {
  Worker worker;
  {
    std::unique_lock lock(mutex_);
    const auto free = [&] { return !idle_.empty() || live_ < workers_.processes; };
    if (stop.deadline() == StopToken::Clock::time_point::max()) {
      idle_changed_.wait(lock, stop.caller(), free);
    } else {
      idle_changed_.wait_until(lock, stop.caller(), stop.deadline(), free);
    }
    RETURN_IF_ERROR(stop.status());
    if (!idle_.empty()) {
      worker = std::move(idle_.back());
      idle_.pop_back();
    } else {
      ++live_;
    }
  }
  if (worker.session != nullptr) {
    return worker;
  }
  if (worker.process == nullptr) {
    absl::StatusOr<Worker> started = StartWorker();
    if (!started.ok()) {
      ForgetOne();
      RecordCrash(nullptr, Text(started.status()));
    }
    return started;
  }
  if (const absl::Status status = OpenSession(&worker); !status.ok()) {
    const std::string reason = Bury(std::move(worker), status, /*too_slow=*/false);
    RecordCrash(nullptr, reason);
    return absl::UnavailableError(reason);
  }
  return worker;
}

void WorkerBackend::GiveBack(Worker worker) {
  {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(worker));
  }
  idle_changed_.notify_one();
}

absl::StatusOr<WorkerBackend::Worker> WorkerBackend::StartWorker() {
  Worker worker;
  ASSIGN_OR_RETURN(worker.process, WorkerProcess::Start(command_, file_));
  worker.process->GrantProcessorTime(ProcessorTime(kStartTime));
  const absl::Status status = OpenSession(&worker);
  if (status.ok()) {
    return worker;
  }
  if (absl::IsFailedPrecondition(status)) {  // its own words: it does not fit, or refuses
    return status;
  }
  return absl::FailedPreconditionError(
      absl::IsDeadlineExceeded(status)
          ? fmt::format("it did not start within {} s", kStartTime.count())
          : fmt::format("its process {} while it was loaded", worker.process->End(kDyingTime)));
}

absl::Status WorkerBackend::OpenSession(Worker* worker) {
  ASSIGN_OR_RETURN(worker->session, ExtractorSession::Open(worker->process->stub(), options_.config,
                                                           Within(kStartTime)));
  return absl::OkStatus();
}

std::string WorkerBackend::Bury(Worker worker, const absl::Status& call, bool too_slow) {
  worker.session.reset();
  const std::string ending =
      worker.process->End(too_slow ? workers_.grace : std::chrono::milliseconds(kDyingTime));
  ForgetOne();
  if (too_slow) {
    {
      const std::lock_guard lock(mutex_);
      ++timeouts_;
    }
    return fmt::format("it took longer than {} s over a document and was stopped",
                       std::chrono::duration<double>(workers_.time_limit).count());
  }
  return absl::IsUnavailable(call) ? fmt::format("its process {}", ending) : Text(call);
}

void WorkerBackend::ForgetOne() {
  {
    const std::lock_guard lock(mutex_);
    --live_;
  }
  idle_changed_.notify_one();
}

void WorkerBackend::Settle(Worker worker) {
  worker.session.reset();
  const StopToken patience = Within(workers_.grace);
  while (!patience.stopped()) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + workers_.grace);
    v1::HealthResponse health;
    if (!worker.process->stub().Health(&context, {}, &health).ok()) {
      break;
    }
    if (health.ready()) {
      GiveBack(std::move(worker));
      return;
    }
    std::this_thread::sleep_for(kHealthPause);
  }
  worker.process->End(std::chrono::milliseconds(0));
  ForgetOne();
}

absl::Status WorkerBackend::CheckAdmitted(const DocumentInput& input) const {
  const std::lock_guard lock(mutex_);
  const std::optional<std::string> why = crashes_.WhyKeptFrom(input);
  return why ? absl::AbortedError(*why) : absl::OkStatus();
}

void WorkerBackend::RecordCrash(const DocumentInput* input, const std::string& reason) {
  spdlog::error("plugin {}: {}{}", file_.manifest.id,
                input == nullptr ? "" : fmt::format("document \"{}\": ", input->document.id),
                reason);
  const std::lock_guard lock(mutex_);
  const bool was_quarantined = crashes_.quarantined();
  crashes_.Add(input, reason, CrashRecord::Clock::now());
  if (crashes_.quarantined() && !was_quarantined) {
    spdlog::error("plugin {} is quarantined: {}", file_.manifest.id, crashes_.reason());
  }
}

BackendFactory CarryAsChosen(const WorkerOptions& workers) {
  return [workers](PluginFile file, const BackendOptions& options) {
    return options.carrier == Carrier::kInProcess
               ? MakeInProcessBackend(std::move(file), options)
               : WorkerBackend::Create(std::move(file), options, workers);
  };
}

}  // namespace dossier
