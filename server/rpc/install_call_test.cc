// PluginService over real gRPC: what requests may be wrong with, and that a refused one changes
// nothing.
#include "server/rpc/install_call.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "dossier/v1/plugin_service.grpc.pb.h"
#include "server/base/sha256.h"
#include "server/rpc/server_testing.h"

namespace dossier {
namespace {

using ::testing::_;
using ::testing::HasSubstr;
using Request = v1::PluginServiceInstallRequest;

class InstallCall : public ::testing::Test {
 protected:
  grpc::Status Install(const std::vector<Request>& requests) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kLongWait);
    v1::PluginServiceInstallResponse response;
    const auto stream = stub_.Install(&context, &response);
    for (const Request& request : requests) {
      stream->Write(request);
    }
    stream->WritesDone();
    return stream->Finish();
  }

  static Request First(const std::string& sha256, const std::string& data = "") {
    Request request;
    request.set_sha256(sha256);
    request.set_data(data);
    return request;
  }

  TestServer server_;
  v1::PluginService::Stub stub_{server_.channel()};
};

TEST_F(InstallCall, NamesTheFieldAtFault) {
  EXPECT_EQ(FieldIn(Install({})), "sha256");
  EXPECT_EQ(FieldIn(Install({First("")})), "sha256");
  EXPECT_EQ(FieldIn(Install({First(std::string(64, 'G'))})), "sha256");
  const std::string bytes = "not a plugin";
  EXPECT_THAT(Install({First(Sha256Hex(bytes), bytes)}),
              GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, HasSubstr("not a shared object")));
  Request request = First(std::string(64, '0'));
  request.set_namespace_(std::string(5000, 'n'));
  EXPECT_EQ(FieldIn(Install({request})), "namespace");
}

TEST_F(InstallCall, AMessageThatDoesNotParseEndsTheCall) {
  const grpc::internal::RpcMethod method("/dossier.v1.PluginService/Install",
                                         grpc::internal::RpcMethod::CLIENT_STREAMING);
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kLongWait);
  grpc::ByteBuffer response;
  const std::unique_ptr<grpc::ClientWriter<grpc::ByteBuffer>> stream(
      grpc::internal::ClientWriterFactory<grpc::ByteBuffer>::Create(server_.channel().get(), method,
                                                                    &context, &response));
  stream->Write(
      ToBuffer("\x12\x05"
               "ab"));
  stream->WritesDone();
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(InstallCall, BoundsHowManyComeInAtOnce) {
  struct Call {
    grpc::ClientContext context;
    v1::PluginServiceInstallResponse response;
    std::unique_ptr<grpc::ClientWriter<Request>> stream;
  };
  std::array<Call, kMaxInstalls + 1> calls;
  for (Call& call : calls) {
    call.context.set_deadline(std::chrono::system_clock::now() + kLongWait);
    call.stream = stub_.Install(&call.context, &call.response);
    call.stream->Write(First(std::string(64, '0')));
  }
  // The one too many ends by itself; the others wait for more.
  std::size_t at = 0;
  while (calls[at].stream->Write(First("", "part"))) {
    at = (at + 1) % calls.size();
  }
  EXPECT_EQ(calls[at].stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  for (std::size_t i = 0; i < calls.size(); ++i) {
    if (i != at) {
      calls[i].context.TryCancel();
      EXPECT_EQ(calls[i].stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
    }
  }
  // And leaves room for others, as soon as the server has heard that they are gone.
  grpc::Status status;
  do {
    status = Install({First("")});
  } while (status.error_code() == grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(FieldIn(status), "sha256");
}

TEST_F(InstallCall, ChangesNeedAPluginThatIsThere) {
  const auto context = [] {
    auto made = std::make_unique<grpc::ClientContext>();
    made->set_deadline(std::chrono::system_clock::now() + kLongWait);
    return made;
  };
  v1::PluginServiceReloadRequest reload;
  v1::PluginServiceReloadResponse reloaded;
  EXPECT_TRUE(stub_.Reload(context().get(), reload, &reloaded).ok());  // an empty folder
  reload.set_config("{}");
  EXPECT_EQ(FieldIn(stub_.Reload(context().get(), reload, &reloaded)), "config");
  reload.set_plugin_id("org.nobody");
  const grpc::Status missing = stub_.Reload(context().get(), reload, &reloaded);
  EXPECT_THAT(missing, GrpcStatusIs(grpc::StatusCode::NOT_FOUND, HasSubstr("org.nobody")));
  EXPECT_EQ(DetailOf<google::rpc::ResourceInfo>(missing).resource_type(), "plugin");
  v1::PluginServiceRollbackResponse rolled_back;
  EXPECT_EQ(FieldIn(stub_.Rollback(context().get(), {}, &rolled_back)), "plugin_id");
  v1::PluginServiceRemoveResponse removed;
  EXPECT_EQ(FieldIn(stub_.Remove(context().get(), {}, &removed)), "plugin_id");
}

}  // namespace
}  // namespace dossier
