// Plugins that change under a whole server while documents come in, over real gRPC.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <map>
#include <memory>
#include <string>
#include <system_error>
#include <thread>

#include "dossier/v1/admin_service.grpc.pb.h"
#include "dossier/v1/document_service.grpc.pb.h"
#include "dossier/v1/graph_service.grpc.pb.h"
#include "dossier/v1/plugin_service.grpc.pb.h"
#include "server/base/sha256.h"
#include "server/main/server_testing.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

// How many times the law below changes the plugins: 1,000 by DOSSIER_PLUGIN_CHANGES.
int Changes() {
  const char* given = std::getenv("DOSSIER_PLUGIN_CHANGES");
  return given == nullptr ? 12 : std::atoi(given);
}

// Sealed copies of plugins that this process holds: what a generation that is never let go would
// keep.
int PluginCopies() {
  int copies = 0;
  for (const fs::directory_entry& file : fs::directory_iterator("/proc/self/fd")) {
    std::error_code gone;  // others come and go meanwhile
    copies += fs::read_symlink(file.path(), gone).string().starts_with("/memfd:");
  }
  return copies;
}

class PluginChange : public ::testing::TestWithParam<Carrier>, protected MarkerServer {
 protected:
  PluginChange() {
    if (GetParam() == Carrier::kInProcess) {
      base_.in_process = {kMarker, "org.dossier.test.witness"};
    }
    Start();
  }

  // In parts of `part` bytes.
  grpc::Status Install(const std::string& bytes, const std::string& config, std::size_t part,
                       v1::Plugin* plugin) {
    v1::PluginService::Stub stub(channel_);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + kLongWait);
    v1::PluginServiceInstallResponse response;
    const auto stream = stub.Install(&context, &response);
    v1::PluginServiceInstallRequest request;
    request.set_sha256(Sha256Hex(bytes));
    request.set_config(config);
    for (std::size_t at = 0; at < bytes.size(); at += part) {
      request.set_data(bytes.substr(at, part));
      stream->Write(request);
      request.Clear();
    }
    stream->WritesDone();
    const grpc::Status status = stream->Finish();
    *plugin = response.plugin();
    return status;
  }

  grpc::Status Reload(const std::string& config, v1::Plugin* plugin) {
    v1::PluginServiceReloadRequest request;
    request.set_plugin_id(kMarker);
    request.set_config(config);
    v1::PluginServiceReloadResponse response;
    const grpc::Status status = Call(&v1::PluginService::Stub::Reload, request, &response);
    if (response.plugins_size() == 1) {
      *plugin = response.plugins(0);
    }
    return status;
  }

  uint64_t Stat(uint64_t (v1::StatsResponse::*field)() const) {
    v1::StatsResponse stats;
    EXPECT_TRUE(Call(&v1::AdminService::Stub::Stats, v1::StatsRequest(), &stats).ok());
    return (stats.*field)();
  }

  double MiB(uint64_t (v1::StatsResponse::*field)() const) {
    return static_cast<double>(Stat(field)) / (1 << 20);
  }
};

// Sends documents d0, d1, ... until it is told to stop; counts those that are committed.
class Feed {
 public:
  explicit Feed(const std::shared_ptr<grpc::Channel>& channel)
      : stub_(channel), stream_(stub_.Ingest(&context_)) {
    writer_ = std::jthread([this](const std::stop_token& stop) {
      while (!stop.stop_requested()) {
        v1::IngestRequest request;
        request.mutable_document()->set_id("d" + std::to_string(sent_));
        request.mutable_document()->set_text("Report number " + std::to_string(sent_));
        ASSERT_TRUE(stream_->Write(request));
        ++sent_;
      }
      stream_->WritesDone();
    });
    reader_ = std::jthread([this] {
      v1::IngestResponse response;
      while (stream_->Read(&response)) {
        EXPECT_TRUE(response.has_committed()) << response.error().message();
        EXPECT_EQ(response.committed().status(), v1::COMMIT_STATUS_ADDED);
        ++committed_;
      }
    });
  }

  int committed() const { return committed_; }

  // The number of documents sent.
  int Stop() {
    writer_.request_stop();
    writer_.join();
    reader_.join();
    EXPECT_TRUE(stream_->Finish().ok());
    EXPECT_EQ(committed_, sent_);
    return sent_;
  }

 private:
  v1::DocumentService::Stub stub_;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::IngestRequest, v1::IngestResponse>> stream_;
  std::atomic<int> sent_ = 0;
  std::atomic<int> committed_ = 0;
  std::jthread writer_;
  std::jthread reader_;
};

// No document is lost, doubled or mixed between generations, and no generation stays.
TEST_P(PluginChange, DocumentsSeeOneGenerationEach) {
  std::map<std::string, std::string> hashes;  // of the configuration that makes a mark
  const std::string versions[] = {PluginBytes("marker_1.so"), PluginBytes("marker_2.so")};
  v1::Plugin plugin;
  ASSERT_TRUE(Reload(R"({"mark": "first"})", &plugin).ok());
  hashes["1.0.0 first"] = plugin.config_hash();
  Feed feed(channel_);
  int copies = 0;
  uint64_t resident = 0;
  for (int change = 0; change < Changes(); ++change) {
    const std::string mark = "m" + std::to_string(change);
    const std::string config = R"({"mark": ")" + mark + "\"}";
    const int before = feed.committed();
    const grpc::Status status = change % 3 == 2
                                    ? Reload(config, &plugin)
                                    : Install(versions[change % 2], config, 10'000, &plugin);
    ASSERT_TRUE(status.ok()) << status.error_message();
    hashes[plugin.version() + " " + mark] = plugin.config_hash();
    while (feed.committed() < before + 3) {  // some are read by every generation
      std::this_thread::yield();
    }
    if (change == 9) {
      copies = PluginCopies();
      resident = Stat(&v1::StatsResponse::resident_bytes);
    }
    if (change % 100 == 99) {
      std::printf("%d changes: %d documents, resident %.1f MiB, of it the store's %.1f MiB\n",
                  change + 1, feed.committed(), MiB(&v1::StatsResponse::resident_bytes),
                  MiB(&v1::StatsResponse::memory_bytes));
    }
  }
  const int sent = feed.Stop();
  RecordProperty("documents", sent);
  RecordProperty("resident_growth",
                 std::to_string(Stat(&v1::StatsResponse::resident_bytes) - resident));
  EXPECT_LE(PluginCopies(), copies);
  EXPECT_EQ(Stat(&v1::StatsResponse::documents), static_cast<uint64_t>(sent));

  std::map<std::string, int> seen;
  for (int i = 0; i < sent; ++i) {
    v1::ListEvidenceRequest request;
    request.set_document_id("d" + std::to_string(i));
    v1::ListEvidenceResponse response;
    ASSERT_TRUE(Call(&v1::GraphService::Stub::ListEvidence, request, &response).ok());
    ASSERT_EQ(response.evidence_size(), 2) << i;  // the marker's and the witness's
    const std::string mark = response.evidence(0).triple().predicate();
    ASSERT_EQ(response.evidence(1).triple().predicate(), mark) << i;
    ASSERT_TRUE(hashes.contains(mark)) << mark;
    for (const v1::Evidence& evidence : response.evidence()) {
      if (evidence.run().extractor_id() == kMarker) {
        ASSERT_EQ(evidence.run().config_hash(), hashes[mark]) << mark;
        ASSERT_EQ(evidence.run().version(), mark.substr(0, 5));
      }
    }
    ++seen[mark];
  }
  EXPECT_GE(seen.size(), static_cast<std::size_t>(Changes()) / 2);
}

TEST_P(PluginChange, WhatWasAskedForOutlivesTheServer) {
  v1::Plugin plugin;
  ASSERT_TRUE(Install(PluginBytes("marker_2.so"), R"({"mark": "kept"})", 7'000, &plugin).ok());
  EXPECT_EQ(plugin.former().version(), "1.0.0");
  Start();
  v1::PluginServiceListResponse list;
  ASSERT_TRUE(Call(&v1::PluginService::Stub::List, v1::PluginServiceListRequest(), &list).ok());
  ASSERT_EQ(list.plugins_size(), 3);  // and the folder's file, which stands back
  int active = 0;
  for (const v1::Plugin& listed : list.plugins()) {
    active += listed.state() == v1::PLUGIN_STATE_ACTIVE;
    if (listed.installed()) {
      EXPECT_EQ(listed.version(), "2.0.0");
      EXPECT_EQ(listed.config(), R"({"mark":"kept"})");
      EXPECT_EQ(listed.sha256(), plugin.sha256());
    }
  }
  EXPECT_EQ(active, 2);
}

// An answer that was lost is asked for again, and nothing happens twice.
TEST_P(PluginChange, ARequestWithAnIdIsCarriedOutOnce) {
  v1::PluginServiceReloadRequest request;
  request.set_plugin_id(kMarker);
  request.set_request_id("afresh");
  v1::PluginServiceReloadResponse first;
  v1::PluginServiceReloadResponse again;
  ASSERT_TRUE(Call(&v1::PluginService::Stub::Reload, request, &first).ok());
  ASSERT_TRUE(Call(&v1::PluginService::Stub::Reload, request, &again).ok());
  EXPECT_GT(first.plugins(0).generation(), 0u);
  EXPECT_EQ(again.plugins(0).generation(), first.plugins(0).generation());
  request.clear_request_id();
  ASSERT_TRUE(Call(&v1::PluginService::Stub::Reload, request, &again).ok());
  EXPECT_GT(again.plugins(0).generation(), first.plugins(0).generation());
}

INSTANTIATE_TEST_SUITE_P(Carriers, PluginChange,
                         ::testing::Values(Carrier::kInProcess, Carrier::kWorker),
                         [](const auto& carrier) {
                           return carrier.param == Carrier::kInProcess ? "InProcess" : "Worker";
                         });

}  // namespace
}  // namespace dossier
