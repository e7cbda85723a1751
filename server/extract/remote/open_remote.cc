#include <fmt/format.h>
#include <grpcpp/grpcpp.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <stop_token>
#include <utility>

#include "server/base/sha256.h"
#include "server/base/status_macros.h"
#include "server/extract/path_error.h"
#include "server/extract/remote/remote_backend.h"

namespace dossier {
namespace {

// How long an extractor may take to say who it is, the connection included.
constexpr std::chrono::seconds kDescribeTime{10};
constexpr int kMaxReconnectPauseMs = 1000;

absl::StatusOr<std::string> ReadPem(const std::string& path) {
  if (path.empty()) {
    return std::string();
  }
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return PathError("read the PEM file", path, errno);
  }
  return std::string(std::istreambuf_iterator<char>(file), {});
}

absl::StatusOr<std::shared_ptr<grpc::ChannelCredentials>> Credentials(
    const RemoteOptions& options) {
  if (options.ca.empty()) {
    return grpc::InsecureChannelCredentials();
  }
  grpc::SslCredentialsOptions tls;
  ASSIGN_OR_RETURN(tls.pem_root_certs, ReadPem(options.ca));
  ASSIGN_OR_RETURN(tls.pem_cert_chain, ReadPem(options.certificate));
  ASSIGN_OR_RETURN(tls.pem_private_key, ReadPem(options.key));
  return grpc::SslCredentials(tls);
}

class Remote final : public RemotePlugin {
 public:
  Remote(RemoteOptions options, std::shared_ptr<grpc::Channel> channel)
      : options_(std::move(options)),
        channel_(std::move(channel)),
        stub_(v1::ExtractorService::NewStub(channel_)) {}

  const std::string& address() const override { return options_.address; }

  absl::StatusOr<RemoteDescription> Describe(const StopToken& stop) override {
    grpc::ClientContext context;
    const std::stop_callback cancel(stop.caller(), [&] { context.TryCancel(); });
    context.set_deadline(std::chrono::system_clock::now() + kDescribeTime);
    v1::DescribeResponse response;
    if (const grpc::Status status = stub_->Describe(&context, {}, &response); !status.ok()) {
      return absl::UnavailableError(fmt::format("the extractor at {} does not answer: {}",
                                                options_.address, status.error_message()));
    }
    RemoteDescription description;
    ASSIGN_OR_RETURN(description.manifest, ParseManifest(response.manifest_json()));
    description.sha256 =
        response.sha256().empty() ? Sha256Hex(response.manifest_json()) : response.sha256();
    return description;
  }

  absl::StatusOr<std::shared_ptr<ExtractorBackend>> MakeBackend(const Manifest& manifest,
                                                                const BackendOptions& options,
                                                                const StopToken& stop) override {
    auto backend = std::make_shared<RemoteBackend>(channel_, options_, manifest, options);
    RETURN_IF_ERROR(backend->Connect(stop));
    return backend;
  }

 private:
  const RemoteOptions options_;
  const std::shared_ptr<grpc::Channel> channel_;
  const std::unique_ptr<v1::ExtractorService::Stub> stub_;
};

}  // namespace

absl::StatusOr<std::shared_ptr<RemotePlugin>> OpenRemotePlugin(const RemoteOptions& options) {
  ASSIGN_OR_RETURN(const std::shared_ptr<grpc::ChannelCredentials> credentials,
                   Credentials(options));
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(-1);  // what a document may bring is counted as it is read
  arguments.SetMaxSendMessageSize(-1);
  // How long gRPC itself waits before it tries a connection again: whoever asks does so rarely.
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, kMaxReconnectPauseMs);
  return std::make_shared<Remote>(
      options, grpc::CreateCustomChannel(options.address, credentials, arguments));
}

}  // namespace dossier
