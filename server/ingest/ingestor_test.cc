#include "server/ingest/ingestor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "server/base/sha256.h"
#include "server/base/status_matchers.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/plan.h"
#include "server/ingest/group_commit.h"
#include "server/ingest/random_documents.h"
#include "server/storage/graph_reader.h"
#include "server/storage/memory_store.h"
#include "server/storage/records.h"
#include "server/storage/validate.h"
#include "tests/support/graph_dump.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

// Says of a text what a generator seeded with it makes up.
absl::StatusOr<RunOutput> MakeUp(const Document& document) {
  return RandomDocuments(std::hash<std::string>()(document.text)).Output(document.text);
}

class FakeBackend final : public ExtractorBackend {
 public:
  using Script = std::function<absl::StatusOr<RunOutput>(const Document&)>;
  explicit FakeBackend(Script script) : script_(std::move(script)) {}
  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken&) override {
    return script_(input.document);
  }

 private:
  const Script script_;
};

std::shared_ptr<const Plan> PlanOf(FakeBackend::Script script, std::string version = "1") {
  ActivePlugin plugin;
  plugin.manifest.id = "test.facts";
  plugin.manifest.version = version;
  plugin.extractor = {"test.facts", std::move(version), std::string(64, 'a'), ""};
  plugin.backend = std::make_shared<FakeBackend>(std::move(script));
  return *Plan::Make({std::move(plugin)});
}

// A store whose writes wait while it is closed, and may be made to fail.
class GatedStore final : public Store {
 public:
  absl::Status Write(const WriteBatch& batch) override {
    std::unique_lock lock(mutex_);
    ++waiting_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    --waiting_;
    ++writes_;
    return failure_.ok() ? store_->Write(batch) : failure_;
  }
  std::shared_ptr<const Snapshot> NewSnapshot() const override { return store_->NewSnapshot(); }
  absl::Status Flush() override { return store_->Flush(); }
  absl::Status Compact() const override { return store_->Compact(); }
  absl::StatusOr<StoreStats> Stats() const override { return store_->Stats(); }

  void Close() {
    Set([this] { open_ = false; });
  }
  void Open() {
    Set([this] { open_ = true; });
  }
  void Fail(absl::Status status) {
    Set([&] { failure_ = std::move(status); });
  }
  void AwaitWriter() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_ > 0; });
  }
  int writes() const {
    const std::lock_guard lock(mutex_);
    return writes_;
  }

 private:
  void Set(const std::function<void()>& set) {
    const std::lock_guard lock(mutex_);
    set();
    changed_.notify_all();
  }

  const std::unique_ptr<Store> store_ = NewMemoryStore();
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = true;
  int waiting_ = 0;
  int writes_ = 0;
  absl::Status failure_;
};

Document MakeDocument(std::string id, std::string text) {
  Document document;
  document.id = std::move(id);
  document.text = std::move(text);
  return document;
}

using Result = absl::StatusOr<IngestResult>;

class IngestorTest : public ::testing::Test {
 protected:
  void UsePlan(std::shared_ptr<const Plan> plan) {
    const std::lock_guard lock(plan_mutex_);
    plan_ = std::move(plan);
  }

  void Start(Ingestor::Options options = {}) {
    ingestor_ = Ingestor::Create(
        store_,
        [this] {
          const std::lock_guard lock(plan_mutex_);
          return plan_;
        },
        options);
  }

  std::future<Result> Submit(Document document, std::stop_token stop = {}) {
    auto promise = std::make_shared<std::promise<Result>>();
    ingestor_->Submit("", std::move(document), std::move(stop),
                      [promise](Result result) { promise->set_value(std::move(result)); });
    return promise->get_future();
  }
  Result Ingest(Document document) { return Submit(std::move(document)).get(); }

  std::vector<std::string> Dump() { return DumpGraph(*store_.NewSnapshot()); }
  void ExpectValid() {
    const auto report = Validate(*store_.NewSnapshot());
    ASSERT_THAT(report, IsOk());
    EXPECT_TRUE(report->ok()) << ::testing::PrintToString(report->problems);
  }

  std::mutex plan_mutex_;
  std::shared_ptr<const Plan> plan_ = PlanOf(MakeUp);
  GatedStore store_;
  std::unique_ptr<Ingestor> ingestor_;
};

TEST_F(IngestorTest, AddsReplacesAndLeavesAlone) {
  std::atomic<int> extractions = 0;
  UsePlan(PlanOf([&](const Document& document) {
    ++extractions;
    return MakeUp(document);
  }));
  Start();
  const Result added = Ingest(MakeDocument("a", "Mira Hale met Tom Hale."));
  ASSERT_THAT(added, IsOk());
  EXPECT_EQ(added->status, CommitStatus::kAdded);
  EXPECT_EQ(added->revision, Revision(1));
  const Result same = Ingest(MakeDocument("a", "Mira Hale met Tom Hale."));
  ASSERT_THAT(same, IsOk());
  EXPECT_EQ(same->status, CommitStatus::kUnchanged);
  EXPECT_EQ(same->revision, Revision(1));
  EXPECT_EQ(same->mentions, added->mentions);
  EXPECT_EQ(extractions, 1) << "what is unchanged is not extracted";
  UsePlan(PlanOf(MakeUp, "2"));
  const Result again = Ingest(MakeDocument("a", "Mira Hale met Tom Hale."));
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->status, CommitStatus::kReplaced) << "a newer extractor reads it again";
  EXPECT_EQ(again->revision, Revision(2));
  ExpectValid();
}

TEST_F(IngestorTest, ReplacesADocumentThatDiffersAnywhere) {
  Start();
  Document document{"a", "u:i", "A title", "Herald", "2024-10-18", "en", "Mira Hale left."};
  ASSERT_THAT(Ingest(document), IsOk());
  for (std::string Document::*field :
       {&Document::uri, &Document::title, &Document::source, &Document::published,
        &Document::language, &Document::text}) {
    document.*field = field == &Document::published ? "2024-10-19" : (document.*field) + "x";
    EXPECT_EQ(Ingest(document)->status, CommitStatus::kReplaced);
    EXPECT_EQ(Ingest(document)->status, CommitStatus::kUnchanged);
  }
  document.uri = "u";  // the border between two fields counts too
  document.title = ":ixA titlex";
  EXPECT_EQ(Ingest(document)->status, CommitStatus::kReplaced);
  ExpectValid();
}

TEST_F(IngestorTest, PassesOnWhatWasRefusedOfAnExtractorsOutput) {
  UsePlan(PlanOf([](const Document&) {
    RunOutput output;
    output.refusals.assign(12, "a span outside the text");
    return output;
  }));
  Start();
  const Result result = Ingest(MakeDocument("a", "Text."));
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(result->warnings, SizeIs(10));
  EXPECT_EQ(result->warnings[0], "test.facts: a span outside the text");
}

TEST_F(IngestorTest, DeletesOnce) {
  Start();
  EXPECT_THAT(ingestor_->Delete("", "a"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no document \"a\"")));
  ASSERT_THAT(Ingest(MakeDocument("a", "Mira Hale met Tom Hale.")), IsOk());
  EXPECT_THAT(ingestor_->Delete("other", "a"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
  const absl::StatusOr<Revision> deleted = ingestor_->Delete("", "a");
  ASSERT_THAT(deleted, IsOk());
  EXPECT_EQ(*deleted, Revision(2));
  EXPECT_THAT(ingestor_->Delete("", "a"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
  EXPECT_EQ(Difference(Dump(), {}), "");
}

TEST_F(IngestorTest, RefusesWithoutATraceAndGoesOn) {
  UsePlan(PlanOf([](const Document& document) -> absl::StatusOr<RunOutput> {
    if (document.id == "bad") {
      return absl::InternalError("out of ideas");
    }
    return MakeUp(document);
  }));
  Start();
  EXPECT_THAT(Ingest(MakeDocument("", "Text.")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("id")));
  EXPECT_THAT(Ingest(MakeDocument("latin", "caf\xe9")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("3")));
  EXPECT_THAT(Ingest(MakeDocument("bad", "Text.")),
              StatusIs(absl::StatusCode::kInternal, HasSubstr("out of ideas")));
  EXPECT_EQ(Difference(Dump(), {}), "");
  EXPECT_THAT(Ingest(MakeDocument("good", "Text.")), IsOk());
}

TEST_F(IngestorTest, StopsWhatIsNotCommittedYet) {
  Start();
  std::stop_source stop;
  store_.Close();
  auto first = Submit(MakeDocument("a", "Text."));
  store_.AwaitWriter();
  auto second = Submit(MakeDocument("b", "Text."), stop.get_token());
  auto third = Submit(MakeDocument("c", "Text."));
  stop.request_stop();
  store_.Open();
  EXPECT_THAT(first.get(), IsOk());
  EXPECT_THAT(second.get(), StatusIs(absl::StatusCode::kCancelled, HasSubstr("")));
  EXPECT_THAT(third.get(), IsOk());
}

TEST_F(IngestorTest, AFullDiskFailsWhatItConcernsAndNoMore) {
  Start();
  ASSERT_THAT(Ingest(MakeDocument("a", "Mira Hale met Tom Hale.")), IsOk());
  const std::vector<std::string> before = Dump();
  store_.Fail(absl::ResourceExhaustedError("the disk is full"));
  EXPECT_THAT(Ingest(MakeDocument("a", "Vask left.")),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk is full")));
  EXPECT_THAT(ingestor_->Delete("", "a"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("disk is full")));
  EXPECT_EQ(Difference(Dump(), before), "");
  store_.Fail(absl::OkStatus());
  EXPECT_EQ(Ingest(MakeDocument("a", "Vask left."))->status, CommitStatus::kReplaced);
  ExpectValid();
}

TEST_F(IngestorTest, DamageFailsOnlyTheDocumentThatTouchesIt) {
  Start();
  ASSERT_THAT(Ingest(MakeDocument("a", "Mira Hale met Tom Hale.")), IsOk());
  WriteBatch damage;
  damage.Delete(Family::kDocument, DocumentKey{NamespaceId(1), DocumentNumber(1)}.Encode());
  ASSERT_THAT(store_.Write(damage), IsOk());
  store_.Close();
  auto first = Submit(MakeDocument("b", "Text."));
  store_.AwaitWriter();
  std::promise<absl::StatusOr<Revision>> deleted;
  std::thread deleter([&] { deleted.set_value(ingestor_->Delete("", "a")); });
  auto third = Submit(MakeDocument("c", "Text."));
  store_.Open();
  EXPECT_THAT(deleted.get_future().get(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("")));
  deleter.join();
  EXPECT_THAT(first.get(), IsOk());
  EXPECT_THAT(third.get(), IsOk());
}

TEST_F(IngestorTest, CommitsTogetherWhatWaits) {
  Start();
  store_.Close();
  std::vector<std::future<Result>> results;
  results.push_back(Submit(MakeDocument("first", "Text.")));
  store_.AwaitWriter();
  std::latch extracted(20);
  UsePlan(PlanOf([&](const Document& document) {
    extracted.count_down();
    return MakeUp(document);
  }));
  for (int i = 0; i < 20; ++i) {
    results.push_back(Submit(MakeDocument("doc" + std::to_string(i), "Text.")));
  }
  extracted.wait();
  store_.Open();
  std::vector<uint64_t> revisions;
  for (auto& result : results) {
    const Result done = result.get();
    ASSERT_THAT(done, IsOk());
    revisions.push_back(done->revision.value());
  }
  EXPECT_LE(store_.writes(), 4) << "one wait for the disk serves many";
  std::sort(revisions.begin(), revisions.end());
  for (std::size_t i = 0; i < revisions.size(); ++i) {
    EXPECT_EQ(revisions[i], i + 1) << "each has a revision of its own";
  }
  ExpectValid();
}

TEST_F(IngestorTest, KeepsTheOrderOfOneId) {
  std::latch go(1);
  UsePlan(PlanOf([&](const Document& document) {
    if (document.text == "0") {
      go.wait();  // the others would overtake it if they could
    }
    return MakeUp(document);
  }));
  Start({.extract_threads = 4});
  std::mutex mutex;
  std::vector<std::string> finished;
  std::vector<std::future<Result>> results;
  for (int i = 0; i < 10; ++i) {
    auto promise = std::make_shared<std::promise<Result>>();
    results.push_back(promise->get_future());
    ingestor_->Submit("", MakeDocument("a", std::to_string(i)), {}, [&, i, promise](Result result) {
      {
        const std::lock_guard lock(mutex);
        finished.push_back(std::to_string(i));
      }
      promise->set_value(std::move(result));
    });
  }
  EXPECT_THAT(Ingest(MakeDocument("b", "Text.")), IsOk()) << "others do not wait";
  go.count_down();
  for (std::size_t i = 0; i < results.size(); ++i) {
    EXPECT_EQ(results[i].get()->status, i == 0 ? CommitStatus::kAdded : CommitStatus::kReplaced);
  }
  EXPECT_THAT(finished, ElementsAre("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"));
  const GraphReader graph(store_.NewSnapshot(), NamespaceId(1));
  EXPECT_EQ(*graph.GetText(**graph.FindDocument("a")), "9");
}

TEST_F(IngestorTest, SaysWhenItTakesMore) {
  Start({.extract_threads = 2, .max_pending_bytes = 1000});
  store_.Close();
  std::vector<std::future<Result>> results;
  for (int i = 0; i < 4; ++i) {
    auto called = std::make_shared<bool>(false);
    ingestor_->WhenReady([called] { *called = true; });
    ASSERT_TRUE(*called) << i << ": fewer than 1,000 bytes are on their way";
    results.push_back(Submit(MakeDocument("doc" + std::to_string(i), std::string(300, 'x'))));
  }
  const auto ready = std::make_shared<std::promise<void>>();
  ingestor_->WhenReady([ready] { ready->set_value(); });
  std::future<void> called = ready->get_future();
  EXPECT_EQ(called.wait_for(std::chrono::seconds(0)), std::future_status::timeout);
  store_.Open();
  called.wait();
  for (auto& result : results) {
    EXPECT_THAT(result.get(), IsOk());
  }
}

TEST_F(IngestorTest, TellsWhatIsOnItsWay) {
  Start({.extract_threads = 1});
  store_.Close();
  std::vector<std::future<Result>> results;
  results.push_back(Submit(MakeDocument("a", "Mira Hale left.")));
  store_.AwaitWriter();
  results.push_back(Submit(MakeDocument("b", "Tom.")));
  results.push_back(Submit(MakeDocument("a", "Mira.")));  // waits for the first of its id
  IngestLoad load;
  do {
    load = ingestor_->Load();
  } while (load.to_commit == 0);
  EXPECT_EQ(load.documents, 3u);
  EXPECT_EQ(load.text_bytes, 15u + 4u + 5u);
  EXPECT_EQ(load.to_extract, 0u);
  EXPECT_EQ(load.to_commit, 1u);
  store_.Open();
  for (auto& result : results) {
    EXPECT_THAT(result.get(), IsOk());
  }
  ingestor_.reset();
}

TEST_F(IngestorTest, BoundsWhatIsPending) {
  constexpr std::size_t kBytes = 100;
  constexpr std::size_t kLimit = 1000;
  Start({.extract_threads = 2, .max_pending_bytes = kLimit});
  std::atomic<std::size_t> pending = 0;
  std::atomic<std::size_t> most = 0;
  std::latch finished(300);
  for (int i = 0; i < 300; ++i) {
    ingestor_->WhenReady([&, i] {
      const std::size_t now = pending += kBytes;
      std::size_t seen = most;
      while (seen < now && !most.compare_exchange_weak(seen, now)) {
      }
      ingestor_->Submit("", MakeDocument("doc" + std::to_string(i % 40), std::string(kBytes, 'x')),
                        {}, [&](const Result&) {
                          pending -= kBytes;
                          finished.count_down();
                        });
    });
  }
  finished.wait();
  ingestor_.reset();
  // At once: this thread, and each of the three that may call those who wait.
  EXPECT_LE(most, kLimit + 4 * kBytes);
}

TEST_F(IngestorTest, FinishesWhatWasSubmittedBeforeItGoes) {
  Start();
  std::atomic<int> done = 0;
  for (int i = 0; i < 50; ++i) {
    ingestor_->Submit("", MakeDocument("doc" + std::to_string(i % 10), "Text " + std::to_string(i)),
                      {}, [&](const Result& result) { done += result.ok() ? 1 : 0; });
  }
  ingestor_.reset();
  EXPECT_EQ(done, 50);
  ExpectValid();
}

TEST_F(IngestorTest, ManyThreadsOverTheSameDocuments) {
  Start({.extract_threads = 3, .max_pending_bytes = 4000});
  constexpr int kThreads = 6;
  std::atomic<int> answered = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      RandomDocuments random(static_cast<uint64_t>(t));
      for (int n = 0; n < 60; ++n) {
        const std::string id = "doc" + std::to_string(random.Below(5));
        if (random.Below(4) == 0) {
          const absl::Status status = ingestor_->Delete("", id).status();
          EXPECT_TRUE(status.ok() || absl::IsNotFound(status)) << status;
          ++answered;
        } else {
          ingestor_->Submit("", random.Make(id, 3).document, {}, [&](const Result& result) {
            EXPECT_THAT(result, IsOk());
            ++answered;
          });
        }
      }
    });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  ingestor_.reset();
  EXPECT_EQ(answered, kThreads * 60);
  ExpectValid();

  // What is there is what the documents that are left say, however they came about.
  const auto snapshot = store_.NewSnapshot();
  const GraphReader graph(snapshot, NamespaceId(1));
  const auto fresh = NewMemoryStore();
  const auto group = *GroupCommit::Open(*fresh);
  for (auto rows = graph.Documents(); rows.Valid(); rows.Next()) {
    Document document = rows->record.document;
    document.text = *graph.GetText(rows->number);
    std::string text_sha256 = Sha256(document.text);
    Extraction extraction{{{plan_->plugins()[0].extractor, *MakeUp(document)}}};
    ASSERT_THAT(group->Ingest("", Prepare(document, std::move(text_sha256), std::move(extraction))),
                IsOk());
  }
  ASSERT_THAT(group->Write(), IsOk());
  EXPECT_EQ(Difference(Dump(), DumpGraph(*fresh->NewSnapshot())), "");
}

}  // namespace
}  // namespace dossier
