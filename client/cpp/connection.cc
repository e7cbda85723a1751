#include "client/cpp/connection.h"

#include <utility>

namespace dossier::client {
namespace {

// A page holds 1 MiB, but a document's text 16 MiB.
constexpr int kMaxMessageBytes = 20 << 20;

}  // namespace

Connection Connection::To(const std::string& address) {
  grpc::ChannelArguments arguments;
  arguments.SetMaxReceiveMessageSize(kMaxMessageBytes);
  return Connection(
      address, grpc::CreateCustomChannel(address, grpc::InsecureChannelCredentials(), arguments));
}

Connection::Connection(std::string address, const std::shared_ptr<grpc::Channel>& channel)
    : address_(std::move(address)),
      documents_(v1::DocumentService::NewStub(channel)),
      extract_(v1::ExtractService::NewStub(channel)),
      graph_(v1::GraphService::NewStub(channel)),
      plugins_(v1::PluginService::NewStub(channel)),
      admin_(v1::AdminService::NewStub(channel)) {}

std::unique_ptr<grpc::ClientContext> Connection::NewContext() const {
  auto context = NewStreamContext();
  context->set_deadline(std::chrono::system_clock::now() + kUnaryDeadline);
  return context;
}

std::unique_ptr<grpc::ClientContext> Connection::NewStreamContext() const {
  return std::make_unique<grpc::ClientContext>();
}

}  // namespace dossier::client
