// Unary calls over real gRPC: faults, limits, cancellation.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "dossier/v1/admin_service.grpc.pb.h"
#include "dossier/v1/document_service.grpc.pb.h"
#include "dossier/v1/graph_service.grpc.pb.h"
#include "dossier/v1/plugin_service.grpc.pb.h"
#include "server/rpc/server_testing.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::SizeIs;

template <class Stub, class Request, class Response>
grpc::Status Call(Stub& stub,
                  grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                  const Request& request, Response* response) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kLongWait);
  return (stub.*method)(&context, request, response);
}

class UnaryCall : public ::testing::Test {
 protected:
  template <class Request, class Response>
  grpc::Status Ask(grpc::Status (v1::GraphService::Stub::*method)(grpc::ClientContext*,
                                                                  const Request&, Response*),
                   const Request& request) {
    Response response;
    return Call(graph_, method, request, &response);
  }

  TestServer server_;
  v1::GraphService::Stub graph_{server_.channel()};
  v1::DocumentService::Stub documents_{server_.channel()};
};

TEST_F(UnaryCall, StatsOfAnEmptyStore) {
  v1::AdminService::Stub admin(server_.channel());
  v1::StatsResponse response;
  const grpc::Status status = Call(admin, &v1::AdminService::Stub::Stats, {}, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.documents(), 0u);
  EXPECT_GT(response.resident_bytes(), 1u << 20);
  EXPECT_FALSE(response.version().empty());
}

TEST_F(UnaryCall, ListsNoPlugins) {
  v1::PluginService::Stub plugins(server_.channel());
  v1::PluginServiceListResponse response;
  const grpc::Status status = Call(plugins, &v1::PluginService::Stub::List, {}, &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.plugins_size(), 0);
}

TEST_F(UnaryCall, DeletesWithARevision) {
  v1::DocumentServiceDeleteRequest request;
  request.set_document_id("a");
  v1::DocumentServiceDeleteResponse response;
  ASSERT_TRUE(Call(documents_, &v1::DocumentService::Stub::Delete, request, &response).ok());
  EXPECT_EQ(response.revision().number(), 7u);
}

TEST_F(UnaryCall, BytesThatAreNoMessageAreAnInvalidArgument) {
  const char* method = "/dossier.v1.GraphService/GetEntity";
  EXPECT_THAT(
      CallRaw(server_.channel().get(), method, "\xff\xff\xff"),
      GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT, "not a valid dossier.v1.GetEntityRequest"));
  const std::string latin1 = std::string("\x12\x04") + "caf\xe9";  // entity_id = 2
  const grpc::Status status = CallRaw(server_.channel().get(), method, latin1);
  EXPECT_THAT(status, GrpcStatusIs(grpc::StatusCode::INVALID_ARGUMENT,
                                   "entity_id is not UTF-8: byte 0xe9 at offset 3"));
  EXPECT_EQ(FieldIn(status), "entity_id");
}

TEST_F(UnaryCall, FaultsNameTheField) {
  v1::SearchEntitiesRequest search;
  search.set_page_size(-1);
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::SearchEntities, search)), "page_size");
  search.set_page_size(0);
  search.set_page_token("made-up");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::SearchEntities, search)), "page_token");
  search.clear_page_token();
  search.set_namespace_(std::string(129, 'n'));
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::SearchEntities, search)), "namespace");

  v1::GetEntityRequest get;
  get.set_entity_id("seventeen");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::GetEntity, get)), "entity_id");

  v1::NeighborsRequest neighbors;
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::Neighbors, neighbors)), "entity.selector");
  neighbors.mutable_entity()->set_name(" ");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::Neighbors, neighbors)), "entity.name");
  neighbors.mutable_entity()->set_name("x");
  neighbors.mutable_filter()->add_modalities(v1::MODALITY_ASSERTED);
  neighbors.mutable_filter()->add_modalities(static_cast<v1::Modality>(99));
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::Neighbors, neighbors)), "filter.modalities[1]");

  v1::ListEvidenceRequest evidence;
  evidence.mutable_filter()->set_min_confidence(1.5);
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::ListEvidence, evidence)), "filter.min_confidence");
  evidence.clear_filter();
  evidence.set_document_id("");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::ListEvidence, evidence)), "document_id");

  v1::MergeEntitiesRequest merge;
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::MergeEntities, merge)), "into_id");
  merge.set_into_id("e1");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::MergeEntities, merge)), "from_ids");
  merge.add_from_ids("e2");
  merge.add_from_ids("m2");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::MergeEntities, merge)), "from_ids[1]");
  merge.set_request_id(std::string(129, 'r'));
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::MergeEntities, merge)), "request_id");
  v1::SplitEntityRequest split;
  split.set_entity_id("e1");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::SplitEntity, split)), "names");
  split.add_document_ids("");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::SplitEntity, split)), "document_ids[0]");
  split.add_names(" ");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::SplitEntity, split)), "names[0]");
  split.clear_names();
  split.set_note(std::string(4097, 'n'));
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::SplitEntity, split)), "note");
  v1::UndoMergeRequest undo;
  undo.set_merge_id("e1");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::UndoMerge, undo)), "merge_id");

  v1::ListMentionsRequest mentions;
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::ListMentions, mentions)), "scope");
  mentions.set_document_id("");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::ListMentions, mentions)), "document_id");
  mentions.set_entity_id("17");
  EXPECT_EQ(FieldIn(Ask(&v1::GraphService::Stub::ListMentions, mentions)), "entity_id");
}

TEST_F(UnaryCall, EveryErrorHasAReasonAndNotFoundItsResource) {
  v1::DocumentServiceDeleteRequest request;
  request.set_document_id("none");
  v1::DocumentServiceDeleteResponse response;
  const grpc::Status status =
      Call(documents_, &v1::DocumentService::Stub::Delete, request, &response);
  EXPECT_THAT(status, GrpcStatusIs(grpc::StatusCode::NOT_FOUND, HasSubstr("none")));
  EXPECT_EQ(DetailOf<google::rpc::ResourceInfo>(status).resource_name(), "none");
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).reason(), "NOT_FOUND");
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).domain(), "dossier");

  v1::SearchEntitiesRequest search;
  search.set_namespace_("nobody's");
  const grpc::Status missing = Ask(&v1::GraphService::Stub::SearchEntities, search);
  EXPECT_EQ(missing.error_code(), grpc::StatusCode::NOT_FOUND);
  EXPECT_EQ(DetailOf<google::rpc::ResourceInfo>(missing).resource_type(), "namespace");
}

TEST_F(UnaryCall, DetailsFitInAHeader) {
  v1::DocumentServiceGetRequest request;
  request.set_document_id(std::string(100'000, 'x'));
  v1::DocumentServiceGetResponse response;
  const grpc::Status status = Call(documents_, &v1::DocumentService::Stub::Get, request, &response);
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(status.error_details(), SizeIs(::testing::Lt(6000u)));
  EXPECT_THAT(status.error_message(), SizeIs(::testing::Le(1024u)));
}

TEST_F(UnaryCall, OversizedMessageHarmsNobodyElse) {
  const grpc::Status status = CallRaw(server_.channel().get(), "/dossier.v1.DocumentService/Get",
                                      std::string((20 << 20) + 1, 'x'));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << status.error_message();
  v1::DocumentServiceDeleteRequest request;
  request.set_document_id("a");
  v1::DocumentServiceDeleteResponse response;
  EXPECT_TRUE(Call(documents_, &v1::DocumentService::Stub::Delete, request, &response).ok());
}

class SmallServer : public ::testing::Test {
 protected:
  static RpcServer::Options OneOfEach() {
    RpcServer::Options options;
    options.threads = 1;
    options.max_waiting_calls = 1;
    return options;
  }

  grpc::Status Delete(std::chrono::milliseconds timeout) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + timeout);
    v1::DocumentServiceDeleteRequest request;
    request.set_document_id("a");
    v1::DocumentServiceDeleteResponse response;
    return documents_.Delete(&context, request, &response);
  }

  TestServer server_{OneOfEach()};
  v1::DocumentService::Stub documents_{server_.channel()};
};

TEST_F(SmallServer, FullQueueAsksToRetry) {
  server_.ingestor().BlockDeletes(true);
  std::jthread worked_on([this] { EXPECT_TRUE(Delete(kLongWait).ok()); });
  ASSERT_TRUE(server_.ingestor().WaitForDeletes(1));
  // One of these two waits in the queue; the other finds it full.
  std::vector<grpc::Status> statuses(2);
  {
    std::jthread second([&] { statuses[0] = Delete(std::chrono::seconds(3)); });
    std::jthread third([&] { statuses[1] = Delete(std::chrono::seconds(3)); });
  }
  server_.ingestor().BlockDeletes(false);
  const bool first_refused = statuses[0].error_code() == grpc::StatusCode::UNAVAILABLE;
  const grpc::Status& refused = statuses[first_refused ? 0 : 1];
  EXPECT_EQ(refused.error_code(), grpc::StatusCode::UNAVAILABLE);
  EXPECT_GT(DetailOf<google::rpc::RetryInfo>(refused).retry_delay().nanos(), 0);
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(refused).reason(), "OVERLOADED");
  EXPECT_EQ(statuses[first_refused ? 1 : 0].error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
}

TEST_F(SmallServer, WorkWhoseDeadlinePassedIsNotDone) {
  server_.ingestor().BlockDeletes(true);
  std::jthread worked_on([this] { EXPECT_TRUE(Delete(kLongWait).ok()); });
  ASSERT_TRUE(server_.ingestor().WaitForDeletes(1));
  EXPECT_EQ(Delete(std::chrono::milliseconds(100)).error_code(),
            grpc::StatusCode::DEADLINE_EXCEEDED);
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // the server's clock began later
  server_.ingestor().BlockDeletes(false);
  worked_on.join();
  grpc::Status status;
  do {  // the one whose caller is gone may still have the only place in the queue
    status = Delete(kLongWait);
  } while (status.error_code() == grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(status.ok());
  EXPECT_EQ(server_.ingestor().deletes(), 2);
}

TEST_F(SmallServer, PortInUseIsAnErrorThatSaysSo) {
  TempFolder folder;
  const auto store = NewMemoryStore();
  const PageTokens tokens("secret");
  const auto plugins =
      PluginHost::Start({.folder = folder.path(), .store = folder.path() + "/store"});
  RpcServer::Options options;
  options.listen = server_.server().address();
  const PredicateRules predicates;
  const auto second =
      RpcServer::Start({*store, tokens, server_.ingestor(), **plugins, predicates}, options);
  ASSERT_FALSE(second.ok());
  EXPECT_THAT(std::string(second.status().message()),
              AllOf(HasSubstr(options.listen), HasSubstr("in use")));
}

TEST_F(SmallServer, ManyClientsAtOnce) {
  std::vector<std::jthread> clients;
  std::atomic<int> served = 0;
  for (int i = 0; i < 200; ++i) {
    clients.emplace_back([&] {
      const auto stub = v1::AdminService::NewStub(server_.NewChannel());
      for (int attempt = 0; attempt < 100; ++attempt) {
        v1::StatsResponse response;
        const grpc::Status status = Call(*stub, &v1::AdminService::Stub::Stats, {}, &response);
        if (status.ok()) {
          ++served;
          return;
        }
        ASSERT_EQ(status.error_code(), grpc::StatusCode::UNAVAILABLE) << status.error_message();
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // as RetryInfo asks, or less
      }
    });
  }
  clients.clear();
  EXPECT_EQ(served, 200);
}

}  // namespace
}  // namespace dossier
