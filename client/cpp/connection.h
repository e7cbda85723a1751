// A connection to a Dossier server: one channel and a stub of each service.
//
//   Connection server = Connection::To("127.0.0.1:50051");
//   auto context = server.NewContext();
//   dossier::v1::StatsResponse stats;
//   grpc::Status status = server.admin().Stats(context.get(), {}, &stats);
#ifndef DOSSIER_CLIENT_CPP_CONNECTION_H_
#define DOSSIER_CLIENT_CPP_CONNECTION_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <string>

#include "dossier/v1/admin_service.grpc.pb.h"
#include "dossier/v1/document_service.grpc.pb.h"
#include "dossier/v1/extract_service.grpc.pb.h"
#include "dossier/v1/graph_service.grpc.pb.h"
#include "dossier/v1/plugin_service.grpc.pb.h"

namespace dossier::client {

// Longest wait for the answer to a call that is not a stream.
inline constexpr std::chrono::seconds kUnaryDeadline{60};

// Thread-safe.
class Connection {
 public:
  // Connects on the first call; `address` is HOST:PORT. Without TLS.
  static Connection To(const std::string& address);

  // A context for a unary call, with kUnaryDeadline.
  std::unique_ptr<grpc::ClientContext> NewContext() const;
  // A context for a stream: no deadline.
  std::unique_ptr<grpc::ClientContext> NewStreamContext() const;

  v1::DocumentService::Stub& documents() const { return *documents_; }
  v1::ExtractService::Stub& extract() const { return *extract_; }
  v1::GraphService::Stub& graph() const { return *graph_; }
  v1::PluginService::Stub& plugins() const { return *plugins_; }
  v1::AdminService::Stub& admin() const { return *admin_; }
  const std::string& address() const { return address_; }

 private:
  Connection(std::string address, const std::shared_ptr<grpc::Channel>& channel);

  std::string address_;
  std::unique_ptr<v1::DocumentService::Stub> documents_;
  std::unique_ptr<v1::ExtractService::Stub> extract_;
  std::unique_ptr<v1::GraphService::Stub> graph_;
  std::unique_ptr<v1::PluginService::Stub> plugins_;
  std::unique_ptr<v1::AdminService::Stub> admin_;
};

}  // namespace dossier::client

#endif  // DOSSIER_CLIENT_CPP_CONNECTION_H_
