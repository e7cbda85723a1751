#include "server/rpc/rpc_server.h"

#include <fmt/format.h>
#include <grpc/support/log.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/service_type.h>
#include <grpcpp/resource_quota.h>
#include <grpcpp/support/server_interceptor.h>
#include <spdlog/spdlog.h>

#include <stop_token>
#include <utility>
#include <vector>

#include "grpc/health/v1/health.pb.h"
#include "server/base/status_macros.h"
#include "server/rpc/call_metrics.h"
#include "server/rpc/listen_address.h"
#include "server/rpc/stream_set.h"
#include "server/rpc/wire.h"
#include "server/rpc/work_pool.h"

namespace dossier {
namespace {

// A document's text may have 16 MiB; the rest is for its other fields.
constexpr int kMaxRequestBytes = 20 << 20;

void LogFromGrpc(gpr_log_func_args* line) {
  // What concerns users comes back as a status; this is for who debugs the transport.
  spdlog::debug("grpc: {}", line->message);
}

// Once a process, before the first server.
void PrepareLibraries() {
  static const bool done = [] {
    gpr_set_log_function(LogFromGrpc);
    SilenceParser();
    grpc::EnableDefaultHealthCheckService(true);
    // Makes the linker keep the descriptor, without which clients cannot call Health by reflection.
    google::protobuf::LinkMessageReflection<grpc::health::v1::HealthCheckRequest>();
    grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    return true;
  }();
  static_cast<void>(done);
}

void Configure(const RpcServer::Options& options, grpc::ServerBuilder* builder) {
  builder->SetMaxReceiveMessageSize(kMaxRequestBytes);
  builder->SetMaxSendMessageSize(-1);
  grpc::ResourceQuota quota("dossier");
  quota.Resize(options.max_transport_bytes);
  builder->SetResourceQuota(quota);
  // Probing would let the transport take in megabytes that nobody has asked for.
  builder->AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
  builder->AddChannelArgument(GRPC_ARG_MAX_CONCURRENT_STREAMS, 256);
  // Otherwise a second server would share the port, silently.
  builder->AddChannelArgument(GRPC_ARG_ALLOW_REUSEPORT, 0);
  // What frees the calls of clients that vanished.
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIME_MS, 30'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_TIMEOUT_MS, 10'000);
  builder->AddChannelArgument(GRPC_ARG_KEEPALIVE_PERMIT_WITHOUT_CALLS, 1);
  builder->AddChannelArgument(GRPC_ARG_HTTP2_MIN_RECV_PING_INTERVAL_WITHOUT_DATA_MS, 10'000);
}

class GrpcServer final : public RpcServer {
 public:
  GrpcServer(const Backends& backends, const Options& options)
      : interactive_(options.threads, options.max_waiting_calls),
        bulk_(options.threads, options.max_waiting_calls),
        admission_(1, 0),
        changes_(1, options.max_waiting_calls),
        streams_(options.max_streams, options.idle_stream),
        resources_{interactive_, bulk_, admission_, changes_, streams_, draining_.get_token()} {
    for (const auto make : {NewAdminService, NewDocumentService, NewExtractService, NewGraphService,
                            NewPluginService}) {
      services_.push_back(make(resources_, backends));
    }
  }

  ~GrpcServer() override { Shutdown(std::chrono::milliseconds(0)); }

  absl::Status Listen(const Options& options) {
    RETURN_IF_ERROR(CheckListenAddress(options.listen));
    grpc::ServerBuilder builder;
    Configure(options, &builder);
    if (options.metrics != nullptr) {
      std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>> makers;
      makers.push_back(NewCallMetrics(options.metrics));
      builder.experimental().SetInterceptorCreators(std::move(makers));
    }
    int port = 0;
    builder.AddListeningPort(options.listen, grpc::InsecureServerCredentials(), &port);
    for (const std::unique_ptr<grpc::Service>& service : services_) {
      builder.RegisterService(service.get());
    }
    server_ = builder.BuildAndStart();
    if (server_ == nullptr || port == 0) {
      return absl::UnavailableError(fmt::format("cannot listen on {}", options.listen));
    }
    address_ = WithPort(options.listen, port);
    return absl::OkStatus();
  }

  const std::string& address() const override { return address_; }

  void Shutdown(std::chrono::milliseconds grace) override {
    if (server_ == nullptr) {
      return;
    }
    server_->GetHealthCheckService()->Shutdown();
    draining_.request_stop();
    server_->Shutdown(std::chrono::system_clock::now() + grace);
    server_ = nullptr;
  }

 private:
  std::stop_source draining_;
  WorkPool interactive_;
  WorkPool bulk_;
  WorkPool admission_;
  WorkPool changes_;
  StreamSet streams_;
  const CallResources resources_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<grpc::Server> server_;
  std::string address_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RpcServer>> RpcServer::Start(const Backends& backends,
                                                            const Options& options) {
  PrepareLibraries();
  auto server = std::make_unique<GrpcServer>(backends, options);
  RETURN_IF_ERROR(server->Listen(options));
  return server;
}

}  // namespace dossier
