// Reextraction over real gRPC: another version of the marker, which the witness reads, over
// documents that the former one read.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "dossier/v1/admin_service.grpc.pb.h"
#include "dossier/v1/document_service.grpc.pb.h"
#include "dossier/v1/graph_service.grpc.pb.h"
#include "dossier/v1/plugin_service.grpc.pb.h"
#include "server/base/sha256.h"
#include "server/main/server_testing.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class ReextractionTest : public ::testing::Test, protected MarkerServer {
 protected:
  ReextractionTest() { Start(); }

  void Ingest(const std::string& id, const std::string& text) {
    v1::DocumentService::Stub stub(channel_);
    grpc::ClientContext context;
    const auto stream = stub.Ingest(&context);
    v1::IngestRequest request;
    request.mutable_document()->set_id(id);
    request.mutable_document()->set_text(text);
    stream->Write(request);
    stream->WritesDone();
    v1::IngestResponse response;
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_TRUE(response.has_committed()) << response.error().message();
    EXPECT_TRUE(stream->Finish().ok());
  }

  void InstallCandidate(const std::string& file, const std::string& config) {
    const std::string bytes = PluginBytes(file);
    v1::PluginService::Stub stub(channel_);
    grpc::ClientContext context;
    v1::PluginServiceInstallResponse response;
    const auto stream = stub.Install(&context, &response);
    v1::PluginServiceInstallRequest request;
    request.set_sha256(Sha256Hex(bytes));
    request.set_config(config);
    request.set_candidate(true);
    request.set_data(bytes);
    stream->Write(request);
    stream->WritesDone();
    const grpc::Status status = stream->Finish();
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.plugin().state(), v1::PLUGIN_STATE_CANDIDATE);
  }

  // Reads up to `most` messages, then cancels.
  grpc::Status Reextract(const std::string& plugin, std::vector<v1::ReextractResponse>* parts,
                         std::size_t most = SIZE_MAX) {
    v1::DocumentService::Stub stub(channel_);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kLongWait);
    v1::ReextractRequest request;
    request.set_reextraction_id("trial");
    request.set_plugin_id(plugin);
    const auto stream = stub.Reextract(&context, request);
    v1::ReextractResponse part;
    while (parts->size() < most && stream->Read(&part)) {
      parts->push_back(part);
    }
    if (parts->size() == most) {
      context.TryCancel();
    }
    return stream->Finish();
  }

  grpc::Status Promote(uint64_t* revision) {
    v1::PromoteReextractionRequest request;
    request.set_reextraction_id("trial");
    v1::PromoteReextractionResponse response;
    const grpc::Status status =
        Call(&v1::DocumentService::Stub::PromoteReextraction, request, &response);
    *revision = response.revision().number();
    return status;
  }

  grpc::Status Drop() {
    v1::DropReextractionRequest request;
    request.set_reextraction_id("trial");
    v1::DropReextractionResponse response;
    return Call(&v1::DocumentService::Stub::DropReextraction, request, &response);
  }

  // The predicates of all triples.
  std::multiset<std::string> Said() {
    v1::GraphService::Stub stub(channel_);
    grpc::ClientContext context;
    const auto stream = stub.MatchTriples(&context, v1::MatchTriplesRequest());
    std::multiset<std::string> said;
    v1::MatchTriplesResponse page;
    while (stream->Read(&page)) {
      for (const v1::Triple& triple : page.triples()) {
        said.insert(triple.predicate());
      }
    }
    EXPECT_TRUE(stream->Finish().ok());
    return said;
  }

  v1::StatsResponse Stats() {
    v1::StatsResponse stats;
    EXPECT_TRUE(Call(&v1::AdminService::Stub::Stats, v1::StatsRequest(), &stats).ok());
    return stats;
  }
};

const std::multiset<std::string> kOld = {"1.0.0 plain", "1.0.0 plain"};
const std::multiset<std::string> kNew = {"2.0.0 new", "2.0.0 new"};

TEST_F(ReextractionTest, ShowsGoesOnAndIsPromoted) {
  Ingest("a", "Ada Finch came.");
  Ingest("b", "Oren Falk left.");
  InstallCandidate("marker_2.so", R"({"mark": "new"})");
  std::vector<v1::ReextractResponse> parts;
  EXPECT_FALSE(Reextract(kMarker, &parts, 1).ok());
  Start();  // what was read is there
  parts.clear();
  const grpc::Status status = Reextract(kMarker, &parts);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_THAT(parts, SizeIs(2));
  EXPECT_EQ(parts[1].documents_done(), 2u);
  EXPECT_EQ(parts[1].documents_total(), 2u);
  EXPECT_EQ(parts[1].document_id(), "b");
  ASSERT_EQ(parts[1].differences_size(), 2);
  std::set<v1::DifferenceKind> kinds;
  for (const v1::TripleDifference& difference : parts[1].differences()) {
    kinds.insert(difference.kind());
    const bool added = difference.kind() == v1::DIFFERENCE_KIND_ADDED;
    const v1::Evidence& evidence = added ? difference.after(0) : difference.before(0);
    EXPECT_EQ(evidence.sentence(), "Oren Falk left.");
    EXPECT_EQ(evidence.triple().predicate(), added ? "2.0.0 new" : "1.0.0 plain");
    EXPECT_EQ(evidence.triple().subject().name(), "Oren Falk left.");
  }
  EXPECT_EQ(kinds, (std::set{v1::DIFFERENCE_KIND_ADDED, v1::DIFFERENCE_KIND_REMOVED}));
  EXPECT_EQ(Said(), kOld);
  EXPECT_EQ(Stats().reextractions_open(), 1u);
  EXPECT_EQ(Stats().shadow_documents(), 2u);

  uint64_t revision = 0;
  ASSERT_TRUE(Promote(&revision).ok());
  EXPECT_EQ(Said(), kNew);
  EXPECT_EQ(Stats().revision().number(), revision);
  EXPECT_EQ(Stats().shadow_documents(), 0u);
  Ingest("c", "Others came.");
  EXPECT_EQ(Said().count("2.0.0 new"), 3u);
  uint64_t again = 0;
  ASSERT_TRUE(Promote(&again).ok());
  EXPECT_EQ(again, revision);
  ASSERT_TRUE(Drop().ok());
  EXPECT_EQ(Drop().error_code(), grpc::StatusCode::NOT_FOUND);
}

TEST_F(ReextractionTest, DroppedLeavesTheVersionThatServes) {
  Ingest("a", "Ada Finch came.");
  InstallCandidate("marker_2.so", R"({"mark": "new"})");
  std::vector<v1::ReextractResponse> parts;
  ASSERT_TRUE(Reextract(kMarker, &parts).ok());
  v1::ListReextractionsResponse list;
  ASSERT_TRUE(
      Call(&v1::DocumentService::Stub::ListReextractions, v1::ListReextractionsRequest(), &list)
          .ok());
  ASSERT_EQ(list.reextractions_size(), 1);
  const v1::Reextraction& row = list.reextractions(0);
  EXPECT_EQ(row.id(), "trial");
  EXPECT_EQ(row.plugin_id(), kMarker);
  EXPECT_EQ(row.extractors_size(), 2);
  EXPECT_EQ(row.documents_read(), 1u);
  EXPECT_EQ(row.triples_added() + row.triples_removed(), 2u);
  ASSERT_TRUE(Drop().ok());
  EXPECT_EQ(Said(), (std::multiset<std::string>{"1.0.0 plain"}));
  Ingest("b", "Oren Falk left.");
  EXPECT_EQ(Said(), kOld);
  parts.clear();
  const grpc::Status status = Reextract(kMarker, &parts);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(status.error_message(), HasSubstr("no candidate"));
}

TEST_F(ReextractionTest, IsNotPromotedOverWhatCameSince) {
  Ingest("a", "Ada Finch came.");
  InstallCandidate("marker_2.so", R"({"mark": "new"})");
  std::vector<v1::ReextractResponse> parts;
  ASSERT_TRUE(Reextract(kMarker, &parts).ok());
  Ingest("b", "Oren Falk left.");
  uint64_t revision = 0;
  const grpc::Status status = Promote(&revision);
  EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_THAT(status.error_message(), HasSubstr("the first is \"b\""));
  EXPECT_EQ(Said(), kOld);
  Ingest("c", "Nobody serves another version by this.");
  EXPECT_EQ(Said().count("1.0.0 plain"), 3u);
  parts.clear();
  ASSERT_TRUE(Reextract(kMarker, &parts).ok());
  ASSERT_TRUE(Promote(&revision).ok());
  EXPECT_EQ(Said().count("2.0.0 new"), 3u);
}

TEST_F(ReextractionTest, BringsDocumentsToWhatServes) {
  Ingest("a", "Ada Finch came.");
  v1::PluginServiceReloadRequest reload;
  reload.set_plugin_id(kMarker);
  reload.set_config(R"({"mark": "other"})");
  v1::PluginServiceReloadResponse reloaded;
  ASSERT_TRUE(Call(&v1::PluginService::Stub::Reload, reload, &reloaded).ok());
  std::vector<v1::ReextractResponse> parts;
  ASSERT_TRUE(Reextract("", &parts).ok());
  uint64_t revision = 0;
  ASSERT_TRUE(Promote(&revision).ok());
  EXPECT_EQ(Said(), (std::multiset<std::string>{"1.0.0 other"}));
}

TEST_F(ReextractionTest, RefusesBadRequests) {
  v1::DocumentService::Stub stub(channel_);
  const auto refused = [&](const v1::ReextractRequest& request) {
    grpc::ClientContext context;
    return stub.Reextract(&context, request)->Finish();
  };
  v1::ReextractRequest request;
  EXPECT_THAT(refused(request).error_message(), HasSubstr("reextraction_id is empty"));
  request.set_reextraction_id(std::string(129, 'x'));
  EXPECT_THAT(refused(request).error_message(), HasSubstr("129 bytes"));
  request.set_reextraction_id("trial");
  EXPECT_EQ(refused(request).error_code(), grpc::StatusCode::NOT_FOUND);  // an empty database
  request.add_document_ids("");
  EXPECT_THAT(refused(request).error_message(), HasSubstr("document_ids[0]"));
  for (int i = 0; i < 10'000; ++i) {
    request.add_document_ids("d");
  }
  EXPECT_THAT(refused(request).error_message(), HasSubstr("10001"));
  EXPECT_EQ(Drop().error_code(), grpc::StatusCode::NOT_FOUND);
}

}  // namespace
}  // namespace dossier
