// The whole server in this process, over real gRPC, with RocksDB and a real plugin: every read, and
// what hostile clients do to the others.
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "dossier/v1/extract_service.grpc.pb.h"
#include "dossier/v1/graph_service.grpc.pb.h"
#include "dossier/v1/plugin_service.grpc.pb.h"
#include "server/main/server_testing.h"

namespace dossier {
namespace {

TEST_F(ServerTest, WhatGoesInComesOut) {
  Ingest({{"a", "Ada"}, {"b", "Bea"}, {"c", "Cy"}});

  v1::SearchEntitiesRequest search;
  search.set_page_size(1);
  std::set<std::string> names;
  std::string ada;
  do {
    const auto page = Call(&v1::GraphService::Stub::SearchEntities, search);
    for (const v1::Entity& entity : page.entities()) {
      names.insert(entity.name());
      ada = entity.name() == "Ada" ? entity.id() : ada;
    }
    search.set_page_token(page.next_page_token());
  } while (!search.page_token().empty());
  EXPECT_EQ(names, (std::set<std::string>{"Ada", "Bea", "Cy"}));

  v1::GetEntityRequest get;
  get.set_entity_id(ada);
  EXPECT_EQ(Call(&v1::GraphService::Stub::GetEntity, get).entity().name(), "Ada");

  v1::ListEvidenceRequest list;
  list.set_document_id("b");
  const auto evidence = Call(&v1::GraphService::Stub::ListEvidence, list);
  ASSERT_EQ(evidence.evidence_size(), 1);
  EXPECT_EQ(evidence.evidence(0).sentence(), "Bea");
  list.set_triple_id(evidence.evidence(0).triple().id());
  EXPECT_EQ(Call(&v1::GraphService::Stub::ListEvidence, list).evidence_size(), 1);

  v1::NeighborsRequest neighbors;
  neighbors.mutable_entity()->set_id(ada);
  EXPECT_EQ(Call(&v1::GraphService::Stub::Neighbors, neighbors).neighbors_size(), 0);

  const auto stats = Call(&v1::AdminService::Stub::Stats, {});
  EXPECT_EQ(stats.documents(), 3u);
  EXPECT_EQ(stats.triples(), 3u);
  EXPECT_EQ(stats.plugins_active(), 1u);
  EXPECT_EQ(stats.plugins_refused(), 1u);
}

TEST_F(ServerTest, DocumentsAreListedReturnedAndDeleted) {
  Ingest({{"a", "Ada"}, {"b", "Bea"}});
  v1::DocumentServiceListRequest list;
  list.set_page_size(1);
  const auto first = Call(&v1::DocumentService::Stub::List, list);
  ASSERT_EQ(first.documents_size(), 1);
  EXPECT_TRUE(first.documents(0).document().text().empty());
  list.set_page_token(first.next_page_token());
  EXPECT_EQ(Call(&v1::DocumentService::Stub::List, list).documents_size(), 1);

  v1::DocumentServiceGetRequest get;
  get.set_document_id("a");
  get.set_include_text(true);
  EXPECT_EQ(Call(&v1::DocumentService::Stub::Get, get).document().document().text(), "Ada");
  v1::DocumentServiceDeleteRequest remove;
  remove.set_document_id("a");
  EXPECT_GT(Call(&v1::DocumentService::Stub::Delete, remove).revision().number(), 0u);
  Call(&v1::DocumentService::Stub::Get, get, grpc::StatusCode::NOT_FOUND);
  Call(&v1::DocumentService::Stub::Delete, remove, grpc::StatusCode::NOT_FOUND);
}

TEST_F(ServerTest, PluginsAreListedTheRefusedOnesAmongThem) {
  v1::PluginServiceListRequest request;
  request.set_page_size(1);
  const auto first = Call(&v1::PluginService::Stub::List, request);
  ASSERT_EQ(first.plugins_size(), 1);
  EXPECT_EQ(first.plugins(0).file(), "broken.so");
  EXPECT_EQ(first.plugins(0).state(), v1::PLUGIN_STATE_REFUSED);
  EXPECT_FALSE(first.plugins(0).reason().empty());
  request.set_page_token(first.next_page_token());
  const auto second = Call(&v1::PluginService::Stub::List, request);
  ASSERT_EQ(second.plugins_size(), 1);
  EXPECT_EQ(second.plugins(0).state(), v1::PLUGIN_STATE_ACTIVE);
  EXPECT_TRUE(second.next_page_token().empty());
}

TEST_F(ServerTest, OnePluginsCrashesCostTheOthersNothing) {
  server_.reset();
  std::filesystem::copy(DOSSIER_TEST_PLUGINS "/hostile_segfault.so",
                        folder_.path() + "/plugins/segfault.so");
  Start();
  Ingest({{"a", "Ada"}, {"b", "Bea"}, {"c", "Cy"}});
  const auto stats = Call(&v1::AdminService::Stub::Stats, {});
  EXPECT_EQ(stats.triples(), 3u);   // the puppet's
  EXPECT_EQ(stats.mentions(), 3u);  // likewise
  EXPECT_EQ(stats.plugins_quarantined(), 1u);
  EXPECT_GE(stats.plugin_restarts(), 3u);
  const auto list = Call(&v1::PluginService::Stub::List, {});
  for (const v1::Plugin& plugin : list.plugins()) {
    if (plugin.id() == "org.dossier.test.hostile_segfault") {
      EXPECT_EQ(plugin.state(), v1::PLUGIN_STATE_QUARANTINED);
      EXPECT_EQ(plugin.carrier(), v1::CARRIER_WORKER);
      EXPECT_THAT(plugin.reason(), ::testing::HasSubstr("crashes within 5 minutes"));
    } else if (plugin.state() == v1::PLUGIN_STATE_ACTIVE) {
      EXPECT_EQ(plugin.restarts(), 0u) << plugin.id();
    }
  }
}

TEST_F(ServerTest, MatchStreamsAllAndResumes) {
  IngestMuch(300);
  v1::GraphService::Stub stub(channel_);
  v1::MatchTriplesRequest request;
  std::set<std::string> ids;
  int messages = 0;
  do {  // three calls or more, each read to the end of its limit
    request.set_limit(120);
    grpc::ClientContext context;
    const auto stream = stub.MatchTriples(&context, request);
    v1::MatchTriplesResponse response;
    while (stream->Read(&response)) {
      EXPECT_LT(response.ByteSizeLong(), 300u << 10);
      for (const v1::Triple& triple : response.triples()) {
        EXPECT_TRUE(ids.insert(triple.id()).second) << triple.id();
      }
      request.set_resume_token(response.resume_token());
      ++messages;
    }
    EXPECT_TRUE(stream->Finish().ok());
  } while (!request.resume_token().empty());
  EXPECT_EQ(ids.size(), 300u);
  EXPECT_GE(messages, 4);
}

TEST_F(ServerTest, ExtractStoresNothing) {
  v1::ExtractService::Stub stub(channel_);
  v1::ExtractRequest request;
  request.mutable_document()->set_text("Ada");
  grpc::ClientContext context;
  const auto stream = stub.Extract(&context, request);
  v1::ExtractResponse response;
  ASSERT_TRUE(stream->Read(&response));
  ASSERT_EQ(response.evidence_size(), 1);
  EXPECT_EQ(response.evidence(0).triple().subject().name(), "Ada");
  EXPECT_TRUE(response.evidence(0).triple().subject().id().empty());
  EXPECT_TRUE(response.evidence(0).triple().id().empty());
  EXPECT_EQ(response.mentions(0).text(), "Ada");
  EXPECT_FALSE(stream->Read(&response));
  EXPECT_TRUE(stream->Finish().ok());
  EXPECT_EQ(Call(&v1::AdminService::Stub::Stats, {}).documents(), 0u);
}

TEST_F(ServerTest, FaultsOfExtractNameFieldOrExtractor) {
  v1::ExtractService::Stub stub(channel_);
  const auto extract = [&](const std::string& title, const std::string& text) {
    v1::ExtractRequest request;
    request.mutable_document()->set_title(title);
    request.mutable_document()->set_text(text);
    grpc::ClientContext context;
    return stub.Extract(&context, request)->Finish();
  };
  EXPECT_EQ(extract("", "").error_message(), "document.text is empty");
  EXPECT_THAT(extract("fail", "Ada").error_message(), ::testing::HasSubstr("puppet"));
  EXPECT_THAT(extract("throw", "Ada").error_message(), ::testing::HasSubstr("a bad day"));
}

TEST_F(ServerTest, CancelledExtractFreesItsThread) {
  v1::ExtractService::Stub stub(channel_);
  v1::ExtractRequest request;
  request.mutable_document()->set_title("wait for stop");
  request.mutable_document()->set_text("Ada");
  for (int i = 0; i < 20; ++i) {  // more than there are threads
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(20));
    const auto stream = stub.Extract(&context, request);
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::DEADLINE_EXCEEDED);
  }
  request.mutable_document()->clear_title();
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kLongWait);
  const auto stream = stub.Extract(&context, request);
  v1::ExtractResponse response;
  EXPECT_TRUE(stream->Read(&response));
}

struct Client {
  std::unique_ptr<v1::GraphService::Stub> stub;
  grpc::ClientContext context;
  std::unique_ptr<grpc::ClientReader<v1::MatchTriplesResponse>> stream;
};

TEST_F(ServerTest, ClientsThatDoNotReadCostLittle) {
  IngestMuch(1000);  // three megabytes for each who reads
  const uint64_t before = ResidentBytes();
  std::vector<Client> clients(200);
  for (Client& client : clients) {
    client.stub = v1::GraphService::NewStub(NewChannel());
    client.stream = client.stub->MatchTriples(&client.context, {});
  }
  Ingest({{"late", "Ada"}});  // others are served
  const uint64_t grown = ResidentBytes() - before;
  RecordProperty("grown_bytes", std::to_string(grown));
  // Client and server share this process: each holds a message, and what a connection costs.
  EXPECT_LT(grown, 400u << 20);
  for (Client& client : clients) {
    client.context.TryCancel();
  }
}

TEST_F(ServerTest, StopsInTimeWithStreamsOpenAndComesBack) {
  IngestMuch(1000);
  Client reader;
  reader.stub = v1::GraphService::NewStub(channel_);
  reader.stream = reader.stub->MatchTriples(&reader.context, {});
  v1::DocumentService::Stub documents(channel_);
  grpc::ClientContext context;
  const auto ingest = documents.Ingest(&context);
  v1::IngestResponse refused;
  EXPECT_TRUE(ingest->Write({}));
  EXPECT_TRUE(ingest->Read(&refused));
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_THAT(server_->Stop(std::chrono::milliseconds(300)), IsOk());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(ingest->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  server_ = nullptr;
  Start();
  EXPECT_EQ(Call(&v1::AdminService::Stub::Stats, {}).documents(), 1000u);
}

TEST_F(ServerTest, DataFolderInUseIsAnErrorThatSaysSo) {
  Config config;
  config.data = folder_.path() + "/data";
  config.plugins = folder_.path() + "/plugins";
  config.listen = "127.0.0.1:0";
  EXPECT_THAT(Server::Start(config),
              StatusIs(absl::StatusCode::kFailedPrecondition, ::testing::HasSubstr(config.data)));
}

}  // namespace
}  // namespace dossier
