#include "server/rpc/server_stream_call.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <mutex>
#include <optional>

#include "server/rpc/status_mapping.h"
#include "server/rpc/stream_set.h"
#include "server/rpc/work_pool.h"

namespace dossier {
namespace {

using Clock = std::chrono::steady_clock;

// Either a step waits or runs on the pool, or a write is on its way: never both, so one of them
// always comes to decide what is next, and to end the call. Deletes itself when gRPC is done.
class StreamCall final : public grpc::ServerWriteReactor<grpc::ByteBuffer>, private RestingStream {
 public:
  StreamCall(const CallResources& resources, WorkPool& pool, grpc::CallbackServerContext& context,
             const grpc::ByteBuffer& request, OpenStream open)
      : resources_(resources),
        pool_(pool),
        context_(context),
        request_(request),
        open_(std::move(open)) {}

  void Start() {
    if (const absl::Status status = CheckAdmission(context_, resources_); !status.ok()) {
      Finish(ToGrpcStatus(status));
    } else if (!resources_.streams.Join(this) || !pool_.TryPost([this] { Step(); })) {
      Finish(ToGrpcStatus(Overloaded()));
    }
  }

  void OnWriteDone(bool ok) override {
    if (ok) {
      pool_.Post([this] { Step(); });
    } else {
      Finish(ToGrpcStatus(absl::CancelledError("the caller is gone")));
    }
  }
  void OnCancel() override { stop_.request_stop(); }
  void OnDone() override {
    resources_.streams.Leave(this);
    if (source_ == nullptr) {
      delete this;
    } else {
      pool_.Post([this] { delete this; });
    }
  }

 private:
  // After Finish() or StartWrite() this object may be gone at any moment.
  void Step() {
    SetWaitingSince(std::nullopt);
    StreamStep step = StreamStep::kEnd;
    const absl::Status status = Guard([&]() -> absl::Status {
      ASSIGN_OR_RETURN(step, Next());
      return absl::OkStatus();
    });
    if (!status.ok() || step == StreamStep::kEnd) {
      source_.reset();
      Finish(ToGrpcStatus(status));
    } else if (step == StreamStep::kNothing) {
      pool_.Post([this] { Step(); });
    } else if (step == StreamStep::kLastMessage) {
      source_.reset();  // nothing is held for a client that takes its time
      StartWriteAndFinish(&message_, {}, grpc::Status::OK);
    } else {
      SetWaitingSince(Clock::now());
      StartWrite(&message_);
    }
  }

  absl::StatusOr<StreamStep> Next() {
    RETURN_IF_ERROR(CheckWanted(context_));
    if (source_ == nullptr) {
      ASSIGN_OR_RETURN(source_, open_(&request_, stop_.get_token()));
    }
    return source_->Next(stop_.get_token(), &message_);
  }

  void SetWaitingSince(std::optional<Clock::time_point> time) {
    const std::lock_guard lock(mutex_);
    waiting_since_ = time;
  }

  void RestIfIdle(Clock::time_point since) override {
    const std::lock_guard lock(mutex_);
    if (waiting_since_ && *waiting_since_ < since) {
      waiting_since_ = std::nullopt;  // once is enough
      source_->Rest();
    }
  }

  const CallResources& resources_;
  WorkPool& pool_;
  grpc::CallbackServerContext& context_;
  grpc::ByteBuffer request_;
  const OpenStream open_;
  std::stop_source stop_;
  // Used by the step, or under mutex_ while a write waits. Goes on the pool: what it was the last
  // to hold may end processes, and wait for gRPC's threads to do so.
  std::unique_ptr<ByteSource> source_;
  std::mutex mutex_;
  std::optional<Clock::time_point> waiting_since_;  // when the write began that the client keeps up
  grpc::ByteBuffer message_;
};

}  // namespace

grpc::ServerWriteReactor<grpc::ByteBuffer>* StartStream(const CallResources& resources,
                                                        WorkPool& pool,
                                                        grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request,
                                                        OpenStream open) {
  auto* call = new StreamCall(resources, pool, *context, *request, std::move(open));
  call->Start();
  return call;
}

}  // namespace dossier
