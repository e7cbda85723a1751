#include "server/extract/remote/remote_backend.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <stop_token>
#include <utility>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

constexpr int kTries = 5;
constexpr std::chrono::milliseconds kFirstPause{100};  // doubled after each try

std::string Text(const absl::Status& status) { return std::string(status.message()); }

}  // namespace

RemoteBackend::RemoteBackend(std::shared_ptr<grpc::Channel> channel, const RemoteOptions& remote,
                             const Manifest& manifest, const BackendOptions& options)
    : remote_(remote),
      manifest_(manifest),
      options_(options),
      stub_(v1::ExtractorService::NewStub(channel)) {}

absl::Status RemoteBackend::Connect(const StopToken& stop) {
  absl::StatusOr<std::unique_ptr<ExtractorSession>> session =
      Take(stop.Before(StopToken::Clock::now() + remote_.time_limit));
  if (absl::IsUnavailable(session.status()) || absl::IsDeadlineExceeded(session.status())) {
    return absl::UnavailableError(fmt::format("the extractor at {} does not answer: {}",
                                              remote_.address, Text(session.status())));
  }
  if (!session.ok()) {
    return absl::FailedPreconditionError(
        fmt::format("the extractor at {} refuses: {}", remote_.address, Text(session.status())));
  }
  GiveBack(*std::move(session));
  return absl::OkStatus();
}

absl::StatusOr<RunOutput> RemoteBackend::Process(const DocumentInput& input,
                                                 const StopToken& stop) {
  const StopToken limited = stop.Before(StopToken::Clock::now() + remote_.time_limit);
  std::chrono::milliseconds pause = kFirstPause;
  absl::StatusOr<RunOutput> output = Try(input, limited);
  for (int tries = 1; absl::IsUnavailable(output.status()) && tries < kTries; ++tries) {
    const absl::Status ready = WaitUntilReady(pause, limited);
    pause *= 2;
    output = ready.ok() ? Try(input, limited) : absl::StatusOr<RunOutput>(ready);
  }
  RETURN_IF_ERROR(stop.status());
  if (absl::IsDeadlineExceeded(output.status())) {
    output = absl::DeadlineExceededError(
        fmt::format("the extractor at {} took longer than {} s", remote_.address,
                    std::chrono::duration<double>(remote_.time_limit).count()));
  } else if (absl::IsUnavailable(output.status())) {
    output = absl::UnavailableError(fmt::format("the extractor at {} does not serve: {}",
                                                remote_.address, Text(output.status())));
  }
  set_reason(output.status());
  return output;
}

absl::StatusOr<RunOutput> RemoteBackend::Try(const DocumentInput& input, const StopToken& stop) {
  ASSIGN_OR_RETURN(std::unique_ptr<ExtractorSession> session, Take(stop));
  absl::StatusOr<RunOutput> output = session->Process(manifest_, input, options_.limits, stop);
  if (!session->broken()) {
    GiveBack(std::move(session));
  }
  return output;
}

BackendState RemoteBackend::State() const {
  const std::lock_guard lock(mutex_);
  BackendState state;
  state.carrier = Carrier::kRemote;
  state.reason = reason_;
  state.unreachable = unreachable_;
  return state;
}

absl::StatusOr<std::unique_ptr<ExtractorSession>> RemoteBackend::Take(const StopToken& stop) {
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      std::unique_ptr<ExtractorSession> session = std::move(idle_.back());
      idle_.pop_back();
      return session;
    }
  }
  return ExtractorSession::Open(*stub_, options_.config, stop);
}

void RemoteBackend::GiveBack(std::unique_ptr<ExtractorSession> session) {
  const std::lock_guard lock(mutex_);
  idle_.push_back(std::move(session));
}

absl::Status RemoteBackend::WaitUntilReady(std::chrono::milliseconds pause, const StopToken& stop) {
  stop.Sleep(pause);
  RETURN_IF_ERROR(stop.status());
  {
    const std::lock_guard lock(mutex_);
    idle_.clear();  // they went through what has just failed
  }
  grpc::ClientContext context;
  context.set_deadline(ToGrpc(stop.deadline()));
  const std::stop_callback cancel(stop.caller(), [&] { context.TryCancel(); });
  v1::HealthResponse health;
  const grpc::Status status = stub_->Health(&context, {}, &health);
  if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED || (status.ok() && health.ready())) {
    return absl::OkStatus();
  }
  return status.ok() ? absl::UnavailableError(health.reason()) : FromGrpc(status);
}

void RemoteBackend::set_reason(const absl::Status& status) {
  const bool trouble = absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
  if (trouble) {
    spdlog::error("plugin {}: {}", manifest_.id, Text(status));
  }
  const std::lock_guard lock(mutex_);
  reason_ = trouble ? Text(status) : "";
  unreachable_ = absl::IsUnavailable(status);
}

}  // namespace dossier
