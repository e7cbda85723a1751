#include "server/rpc/unary_call.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include "server/rpc/status_mapping.h"
#include "server/rpc/work_pool.h"

namespace dossier {
namespace {

// Deletes itself when gRPC is done with it.
class UnaryCall final : public grpc::ServerUnaryReactor {
 public:
  UnaryCall(const UnaryArguments& arguments, UnaryWork work)
      : context_(*arguments.context),
        request_(*arguments.request),
        response_(*arguments.response),
        work_(std::move(work)) {}

  void Start(const CallResources& resources, WorkPool& pool) {
    if (const absl::Status status = CheckAdmission(context_, resources); !status.ok()) {
      Finish(ToGrpcStatus(status));
    } else if (!pool.TryPost([this] { Run(); })) {
      Finish(ToGrpcStatus(Overloaded()));
    }
  }

  void OnCancel() override { stop_.request_stop(); }
  void OnDone() override { delete this; }

 private:
  // After Finish() this object may be gone at any moment.
  void Run() {
    Finish(ToGrpcStatus(Guard([this]() -> absl::Status {
      RETURN_IF_ERROR(CheckWanted(context_));
      return work_(&request_, stop_.get_token(), &response_);
    })));
  }

  grpc::CallbackServerContext& context_;
  grpc::ByteBuffer request_;  // shares the bytes of gRPC's
  grpc::ByteBuffer& response_;
  const UnaryWork work_;
  std::stop_source stop_;
};

}  // namespace

grpc::ServerUnaryReactor* StartUnary(const CallResources& resources, WorkPool& pool,
                                     const UnaryArguments& arguments, UnaryWork work) {
  auto* call = new UnaryCall(arguments, std::move(work));
  call->Start(resources, pool);
  return call;
}

}  // namespace dossier
