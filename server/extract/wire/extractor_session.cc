#include "server/extract/wire/extractor_session.h"

#include <google/protobuf/arena.h>

#include <chrono>
#include <stop_token>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/wire/input_wire.h"
#include "server/extract/wire/output_wire.h"

namespace dossier {
namespace {

using google::protobuf::Arena;

// One operation is under way at a time, so that nobody needs to tell tags apart.
void* const kTag = nullptr;

// How long an extractor has to end a call that nobody needs any more.
constexpr std::chrono::seconds kPoliteness{1};

}  // namespace

absl::Status FromGrpc(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

gpr_timespec ToGrpc(StopToken::Clock::time_point time) {
  if (time == StopToken::Clock::time_point::max()) {
    return gpr_inf_future(GPR_CLOCK_MONOTONIC);
  }
  const auto left =
      std::chrono::duration_cast<std::chrono::microseconds>(time - StopToken::Clock::now());
  return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                      gpr_time_from_micros(left.count(), GPR_TIMESPAN));
}

absl::StatusOr<std::unique_ptr<ExtractorSession>> ExtractorSession::Open(
    v1::ExtractorService::Stub& stub, const std::string& config, const StopToken& stop) {
  std::unique_ptr<ExtractorSession> session(new ExtractorSession);
  const std::stop_callback cancel(stop.caller(), [&] { session->context_.TryCancel(); });
  session->call_ = stub.PrepareAsyncProcess(&session->context_, &session->queue_);
  session->call_->StartCall(kTag);
  if (!session->Await(stop)) {
    return session->Fail(stop);
  }
  v1::ProcessRequest request;
  request.mutable_configuration()->set_json(config);
  RETURN_IF_ERROR(session->Write(request, stop));
  v1::ProcessResponse response;
  RETURN_IF_ERROR(session->Read(&response, stop));
  if (!response.has_configured()) {
    return absl::InternalError("it answered its configuration with something else");
  }
  return session;
}

ExtractorSession::~ExtractorSession() {
  if (!finished_) {
    const StopToken soon(std::stop_token(), StopToken::Clock::now() + kPoliteness);
    call_->WritesDone(kTag);
    Await(soon);
    Fail(soon).IgnoreError();
  }
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

absl::StatusOr<RunOutput> ExtractorSession::Process(const Manifest& manifest,
                                                    const DocumentInput& input,
                                                    const OutputLimits& limits,
                                                    const StopToken& stop) {
  const std::stop_callback cancel(stop.caller(), [&] { context_.TryCancel(); });
  {
    Arena arena;
    auto* request = Arena::CreateMessage<v1::ProcessRequest>(&arena);
    ToWire(input, request->mutable_document());
    RETURN_IF_ERROR(Write(*request, stop));
  }
  OutputSink sink(manifest, input, limits, stop);
  OutputReader reader(&sink);
  while (true) {
    Arena arena;
    auto* response = Arena::CreateMessage<v1::ProcessResponse>(&arena);
    RETURN_IF_ERROR(Read(response, stop));
    if (!response->has_output()) {
      context_.TryCancel();
      Fail(stop).IgnoreError();
      return absl::InternalError("it answered a document with something else");
    }
    reader.Add(response->output());
    if (response->output().has_done()) {
      return std::move(sink).Finish(response->output().done().code());
    }
    if (sink.stopped()) {
      context_.TryCancel();
      Fail(stop).IgnoreError();
      return std::move(sink).Finish(DOSSIER_CANCELLED);
    }
  }
}

absl::Status ExtractorSession::Write(const v1::ProcessRequest& request, const StopToken& stop) {
  call_->Write(request, kTag);
  return Await(stop) ? absl::OkStatus() : Fail(stop);
}

absl::Status ExtractorSession::Read(v1::ProcessResponse* response, const StopToken& stop) {
  call_->Read(response, kTag);
  return Await(stop) ? absl::OkStatus() : Fail(stop);
}

bool ExtractorSession::Await(const StopToken& stop) {
  void* tag = nullptr;
  bool ok = false;
  if (queue_.AsyncNext(&tag, &ok, ToGrpc(stop.deadline())) == grpc::CompletionQueue::GOT_EVENT) {
    return ok;
  }
  context_.TryCancel();
  queue_.Next(&tag, &ok);
  return false;
}

absl::Status ExtractorSession::Fail(const StopToken& stop) {
  finished_ = true;
  grpc::Status status;
  call_->Finish(&status, kTag);
  Await(stop);
  RETURN_IF_ERROR(stop.status());
  return status.ok() ? absl::UnavailableError("it ended the call") : FromGrpc(status);
}

}  // namespace dossier
