// SIGKILL at any moment of an ingest, with real processes: every acknowledged document is whole, no
// other leaves a part, and every index agrees.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "client/cpp/ingest_stream.h"
#include "server/base/status_matchers.h"
#include "server/storage/graph_reader.h"
#include "server/storage/rocksdb_store.h"
#include "server/storage/validate.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

constexpr int kKills = 50;

// Different for every number; some texts replace an older one of the same id.
v1::Document MakeDocument(int number) {
  v1::Document document;
  document.set_id("report-" + std::to_string(number % 400));
  document.set_published("2025-03-15");
  document.set_language("en");
  std::string text;
  for (int i = 0; i < 1 + number % 7; ++i) {
    text += "Minister Orla Finch of Talvia sent " + std::to_string(number * 10 + i) +
            " soldiers to Port Brenn on Friday, the Sorn Institute said. ";
  }
  document.set_text(text);
  return document;
}

// The number that MakeDocument was given, from its text.
int NumberOf(const std::string& text) {
  return std::stoi(text.substr(text.find("sent ") + 5)) / 10;
}

// Feeds a server until it dies.
class Feed {
 public:
  Feed(const std::string& address, int first)
      : next_(first), server_(client::Connection::To(address)) {}

  void RunUntilKilled(ServerProcess& process, std::chrono::microseconds when) {
    std::jthread killer([&] {
      std::this_thread::sleep_for(when);
      process.Kill();
    });
    client::IngestStream stream(server_, [&](const v1::IngestResponse& answer) {
      const std::scoped_lock lock(mutex_);
      ASSERT_TRUE(answer.has_committed()) << answer.error().message();
      acknowledged_.insert_or_assign(answer.index(), answer.committed().evidence_count());
    });
    v1::IngestRequest request;
    do {
      *request.mutable_document() = MakeDocument(next_);
      sent_.push_back(next_++);
    } while (stream.Send(request));
    EXPECT_FALSE(stream.Finish().ok());
  }

  int next() const { return next_; }
  // Document numbers in the order of sending.
  const std::vector<int>& sent() const { return sent_; }
  // Index into sent() -> evidence the server said it stored.
  const std::map<uint64_t, uint64_t>& acknowledged() const { return acknowledged_; }

 private:
  int next_;
  const client::Connection server_;
  std::vector<int> sent_;
  std::mutex mutex_;
  std::map<uint64_t, uint64_t> acknowledged_;
};

// The texts in the store, by document id. Checks that every index agrees.
std::map<std::string, std::string> ReadStore(const std::string& folder) {
  std::map<std::string, std::string> texts;
  auto store = OpenRocksDbStore({.path = folder});
  EXPECT_THAT(store, IsOk());
  if (!store.ok()) {
    return texts;
  }
  const auto snapshot = (*store)->NewSnapshot();
  const auto report = Validate(*snapshot);
  EXPECT_THAT(report, IsOk());
  if (report.ok()) {
    EXPECT_THAT(report->problems, ::testing::IsEmpty());
  }
  const auto ns = FindNamespace(*snapshot, "");
  EXPECT_THAT(ns, IsOk());
  if (!ns.ok() || !ns->has_value()) {
    return texts;
  }
  const GraphReader graph(snapshot, **ns);
  for (auto rows = graph.Documents(); rows.Valid(); rows.Next()) {
    auto text = graph.GetText(rows->number);
    EXPECT_THAT(text, IsOk());
    texts[rows->record.document.id] = text.ok() ? *std::move(text) : "";
  }
  return texts;
}

TEST(Kill, AcknowledgedDocumentsAreWholeAndOthersLeaveNothing) {
  const auto seed =
      static_cast<unsigned>(std::chrono::steady_clock::now().time_since_epoch().count());
  std::printf("seed %u\n", seed);
  std::mt19937 random(seed);
  const TempFolder folder;
  std::map<std::string, int> safe;                    // id -> newest number that was acknowledged
  std::map<std::string, std::set<std::string>> sent;  // id -> every text sent under it
  int next = 0;
  size_t acknowledged = 0;
  for (int round = 0; round < kKills && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    ServerProcess process(folder.path());
    ASSERT_FALSE(process.address().empty());
    Feed feed(process.address(), next);
    feed.RunUntilKilled(process, std::chrono::microseconds(random() % 400'000));
    next = feed.next();
    for (const int number : feed.sent()) {
      const v1::Document document = MakeDocument(number);
      sent[document.id()].insert(document.text());
    }
    for (const auto& [index, evidence] : feed.acknowledged()) {
      const int number = feed.sent()[index];
      int& newest = safe[MakeDocument(number).id()];
      newest = std::max(newest, number);
      EXPECT_GT(evidence, 0u);
      ++acknowledged;
    }
    const auto stored = ReadStore(folder.path());
    for (const auto& [id, text] : stored) {
      EXPECT_TRUE(sent[id].contains(text)) << id << " holds a text that nobody sent";
    }
    for (const auto& [id, number] : safe) {
      // A newer text may have been committed without an answer; an older one may not be back.
      const auto it = stored.find(id);
      ASSERT_NE(it, stored.end()) << id << " was acknowledged and is gone";
      EXPECT_GE(NumberOf(it->second), number) << id << " went back to an older text";
    }
  }
  std::printf("%zu documents acknowledged, %d sent\n", acknowledged, next);
  EXPECT_GT(acknowledged, static_cast<size_t>(kKills)) << "the kills came too early to test much";
}

}  // namespace
}  // namespace dossier
