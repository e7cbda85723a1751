// For tests: the whole server in this process, over real gRPC, with RocksDB and real plugins.
#ifndef DOSSIER_SERVER_MAIN_SERVER_TESTING_H_
#define DOSSIER_SERVER_MAIN_SERVER_TESTING_H_

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "dossier/v1/admin_service.grpc.pb.h"
#include "dossier/v1/document_service.grpc.pb.h"
#include "server/base/status_matchers.h"
#include "server/main/server.h"
#include "tests/support/temp_folder.h"

namespace dossier {

inline constexpr std::chrono::seconds kLongWait{60};

// A server over a folder of its own, whose plugins are those that are put there before it starts.
class RunningServer {
 protected:
  RunningServer() { std::filesystem::create_directory(folder_.path() + "/plugins"); }

  void AddPlugin(const std::string& file) {
    std::filesystem::copy(std::filesystem::path(DOSSIER_TEST_PLUGINS) / file,
                          folder_.path() + "/plugins");
  }

  // Again: stops it first.
  void Start() {
    server_ = nullptr;
    Config config = base_;
    config.data = folder_.path() + "/data";
    config.plugins = folder_.path() + "/plugins";
    config.listen = "127.0.0.1:0";
    config.memory_bytes = 128u << 20;
    config.worker_program = DOSSIER_WORKER;
    auto server = Server::Start(config);
    ASSERT_THAT(server, IsOk());
    server_ = *std::move(server);
    channel_ = NewChannel();
  }

  // On a connection of its own.
  std::shared_ptr<grpc::Channel> NewChannel() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(),
                                     arguments);
  }

  template <class Service, class Request, class Response>
  grpc::Status Call(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&,
                                                    Response*),
                    const Request& request, Response* response) {
    Service stub(channel_);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kLongWait);
    return (stub.*method)(&context, request, response);
  }

  Config base_;  // what is not said here
  TempFolder folder_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

inline constexpr char kMarker[] = "org.dossier.test.marker";

// With the marker, which marks documents with its version and configuration, and the witness, which
// repeats the mark that it reads in the marker's layer.
class MarkerServer : public RunningServer {
 protected:
  MarkerServer() {
    AddPlugin("marker_1.so");
    AddPlugin("witness.so");
  }

  // The bytes of a plugin to be installed.
  static std::string PluginBytes(const std::string& file) {
    std::ifstream stream(std::filesystem::path(DOSSIER_TEST_PLUGINS) / file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(stream), {});
  }
};

// With a plugin that finds one triple in each document: (the whole text, "be", nothing).
class ServerTest : public ::testing::Test, protected RunningServer {
 protected:
  ServerTest() {
    AddPlugin("puppet.so");
    std::ofstream(folder_.path() + "/plugins/broken.so") << "not a plugin";
    Start();
  }

  template <class Service, class Request, class Response>
  Response Call(grpc::Status (Service::*method)(grpc::ClientContext*, const Request&, Response*),
                const Request& request, grpc::StatusCode code = grpc::StatusCode::OK) {
    Response response;
    const grpc::Status status = RunningServer::Call(method, request, &response);
    EXPECT_EQ(status.error_code(), code) << status.error_message();
    return response;
  }

  void Ingest(const std::map<std::string, std::string>& texts) {
    v1::DocumentService::Stub stub(channel_);
    grpc::ClientContext context;
    const auto stream = stub.Ingest(&context);
    std::jthread writer([&] {
      for (const auto& [id, text] : texts) {
        v1::IngestRequest request;
        request.mutable_document()->set_id(id);
        request.mutable_document()->set_text(text);
        stream->Write(request);
      }
      stream->WritesDone();
    });
    v1::IngestResponse response;
    std::size_t committed = 0;
    while (stream->Read(&response)) {
      EXPECT_TRUE(response.has_committed()) << response.error().message();
      ++committed;
    }
    EXPECT_TRUE(stream->Finish().ok());
    EXPECT_EQ(committed, texts.size());
  }

  // `count` documents whose triples take some three kilobytes each.
  void IngestMuch(int count) {
    std::map<std::string, std::string> texts;
    for (int i = 0; i < count; ++i) {
      texts[std::to_string(i)] = std::to_string(i) + " " + std::string(3000, 'n');
    }
    Ingest(texts);
  }

  uint64_t ResidentBytes() { return Call(&v1::AdminService::Stub::Stats, {}).resident_bytes(); }
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_MAIN_SERVER_TESTING_H_
