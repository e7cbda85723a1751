#include "server/rpc/install_call.h"

#include <fmt/format.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <string>
#include <utility>

#include "dossier/v1/plugin_service.pb.h"
#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/extract/plugin_host.h"
#include "server/rpc/answered_requests.h"
#include "server/rpc/plugin_requests.h"
#include "server/rpc/status_mapping.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/wire.h"
#include "server/rpc/work_pool.h"

namespace dossier {
namespace {

// One step follows the other: a read, then a task that takes it up and begins the next read or ends
// the call. Deletes itself when gRPC is done with it.
class InstallCall final : public grpc::ServerReadReactor<grpc::ByteBuffer> {
 public:
  InstallCall(const CallResources& resources, PluginHost& plugins, AnsweredRequests& answered,
              InstallSlots& slots, grpc::CallbackServerContext& context, grpc::ByteBuffer& response)
      : resources_(resources),
        plugins_(plugins),
        answered_(answered),
        slots_(slots),
        context_(context),
        response_(response) {}

  ~InstallCall() override {
    if (has_slot_) {
      slots_.release();
    }
  }

  void Start() {
    if (const absl::Status status = CheckAdmission(context_, resources_); !status.ok()) {
      Finish(ToGrpcStatus(status));
      return;
    }
    has_slot_ = slots_.try_acquire();
    if (!has_slot_) {
      Finish(ToGrpcStatus(Overloaded()));
      return;
    }
    StartRead(&incoming_);
  }

  void OnReadDone(bool ok) override {
    resources_.changes.Post([this, ok] { ok ? TakePart() : End(); });
  }
  void OnDone() override { delete this; }

 private:
  void TakePart() {
    if (const absl::Status status = Guard([this] { return DoTakePart(); }); !status.ok()) {
      Finish(ToGrpcStatus(status));  // this object may be gone from here on
      return;
    }
    StartRead(&incoming_);
  }

  absl::Status DoTakePart() {
    v1::PluginServiceInstallRequest request;
    RETURN_IF_ERROR(Parse(&incoming_, &request));
    if (bytes_ == nullptr) {
      ASSIGN_OR_RETURN(delivery_, ToDelivery(request));
      ASSIGN_OR_RETURN(bytes_, plugins_.BeginInstall());
      first_ = request;
      first_.clear_data();
    }
    if (request.data().size() > kMaxInstallBytes - bytes_->size()) {
      return absl::ResourceExhaustedError(
          fmt::format("the file is larger than {} MiB", kMaxInstallBytes >> 20));
    }
    return bytes_->Append(request.data());
  }

  void End() {
    Finish(ToGrpcStatus(Guard([this]() -> absl::Status {
      RETURN_IF_ERROR(CheckWanted(context_));
      if (bytes_ == nullptr) {
        return FieldError("sha256", "is missing: the stream ended before its first message");
      }
      v1::PluginServiceInstallResponse response;
      const auto install = [&]() -> absl::Status {
        ASSIGN_OR_RETURN(const PluginInfo plugin,
                         first_.candidate() ? plugins_.InstallCandidate(bytes_.get(), delivery_)
                                            : plugins_.Install(bytes_.get(), delivery_));
        ToProto(plugin, response.mutable_plugin());
        return absl::OkStatus();
      };
      RETURN_IF_ERROR(answered_.Once(first_.request_id(), first_, install, &response));
      Serialize(response, &response_);
      return absl::OkStatus();
    })));
  }

  const CallResources& resources_;
  PluginHost& plugins_;
  AnsweredRequests& answered_;
  InstallSlots& slots_;
  grpc::CallbackServerContext& context_;
  grpc::ByteBuffer& response_;
  bool has_slot_ = false;
  grpc::ByteBuffer incoming_;
  v1::PluginServiceInstallRequest first_;  // without its bytes
  PluginDelivery delivery_;
  std::unique_ptr<UnfinishedFile> bytes_;  // from the first message on
};

}  // namespace

grpc::ServerReadReactor<grpc::ByteBuffer>* StartInstall(
    const CallResources& resources, PluginHost& plugins, AnsweredRequests& answered,
    InstallSlots& slots, grpc::CallbackServerContext* context, grpc::ByteBuffer* response) {
  auto* call = new InstallCall(resources, plugins, answered, slots, *context, *response);
  call->Start();
  return call;
}

}  // namespace dossier
