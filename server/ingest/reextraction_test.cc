// Laws of reextractions, over random documents and changes on both stores. DOSSIER_TEST_OPERATIONS
// asks for more of it; a failure prints the seed that DOSSIER_TEST_SEED runs again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/extract/extractor_backend.h"
#include "server/ingest/ingestor.h"
#include "server/ingest/random_documents.h"
#include "server/ingest/reextraction_commit.h"
#include "server/ingest/reextraction_pass.h"
#include "server/ingest/stored_runs.h"
#include "server/storage/history_store.h"
#include "server/storage/memory_store.h"
#include "server/storage/rocksdb_store.h"
#include "server/storage/validate.h"
#include "tests/support/graph_dump.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

using Script = std::function<absl::StatusOr<RunOutput>(const Document&)>;

class FakeBackend final : public ExtractorBackend {
 public:
  explicit FakeBackend(Script script) : script_(std::move(script)) {}
  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken&) override {
    return script_(input.document);
  }

 private:
  const Script script_;
};

// Remembers whose document it read last.
class ListeningBackend final : public ExtractorBackend {
 public:
  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken&) override {
    name_space = input.name_space;
    return RunOutput();
  }

  std::string name_space;
};

std::shared_ptr<const Plan> PlanOf(const std::string& version,
                                   std::shared_ptr<ExtractorBackend> backend) {
  ActivePlugin plugin;
  plugin.manifest.id = "test.facts";
  plugin.manifest.version = version;
  plugin.extractor = {"test.facts", version, std::string(64, 'a'), ""};
  plugin.backend = std::move(backend);
  return *Plan::Make({std::move(plugin)});
}

std::shared_ptr<const Plan> PlanOf(const std::string& version, Script script) {
  return PlanOf(version, std::make_shared<FakeBackend>(std::move(script)));
}

// What this version makes up of a text: half of it the same in every version.
absl::StatusOr<RunOutput> MakeUp(const std::string& version, const Document& document) {
  RunOutput output = RandomDocuments(std::hash<std::string>()(document.text)).Output(document.text);
  RandomDocuments random(std::hash<std::string>()(version + document.text));
  if (random.Coin()) {
    output = random.Output(document.text);
  } else if (!output.triples.empty() && random.Coin()) {
    output.triples[random.Below(output.triples.size())].confidence = 0.25;
  }
  return output;
}

const StopToken& NoStop() {
  static const StopToken never({}, StopToken::Clock::time_point::max());
  return never;
}

class Reextraction : public ::testing::TestWithParam<const char*> {
 protected:
  Reextraction() : seed_(FromEnvironment("DOSSIER_TEST_SEED", std::random_device()())) {
    store_ = NewStore();
    ingestor_ = NewIngestor(*store_, old_);
  }

  std::unique_ptr<Store> NewStore() {
    if (std::string(GetParam()) != "rocksdb") {
      auto store = NewMemoryStore();
      return std::string(GetParam()) == "history" ? *KeepHistory(std::move(store), 5)
                                                  : std::move(store);
    }
    folders_.push_back(std::make_unique<TempFolder>());
    auto store = OpenRocksDbStore({folders_.back()->path() + "/db", kMinStoreMemoryBytes});
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  static std::unique_ptr<Ingestor> NewIngestor(Store& store, std::shared_ptr<const Plan> plan) {
    return Ingestor::Create(store, [plan = std::move(plan)] { return plan; }, {});
  }

  uint64_t operations() const {
    const bool disk = std::string(GetParam()) == "rocksdb";
    return FromEnvironment("DOSSIER_TEST_OPERATIONS", disk ? 20 : 200);
  }

  void Ingest(const Document& document) {
    ASSERT_THAT(IngestInto(*ingestor_, document), IsOk());
    documents_[document.id] = document;
  }

  static absl::Status IngestInto(Ingestor& ingestor, const Document& document,
                                 const std::string& name_space = "") {
    auto promise = std::make_shared<std::promise<absl::Status>>();
    ingestor.Submit(name_space, document, {},
                    [promise](const absl::StatusOr<IngestResult>& result) {
                      promise->set_value(result.status());
                    });
    return promise->get_future().get();
  }

  Document RandomDocument(RandomDocuments* random) {
    return random->Make("doc" + std::to_string(random->Below(8)), 3).document;
  }

  void ChangeSomething(RandomDocuments* random) {
    Document document = RandomDocument(random);
    if (random->Below(3) > 0) {
      Ingest(document);
    } else if (documents_.erase(document.id) > 0) {
      ASSERT_THAT(ingestor_->Delete("", document.id), IsOk());
    }
  }

  absl::StatusOr<std::unique_ptr<ReextractionPass>> Begin(std::shared_ptr<const Plan> plan,
                                                          std::vector<std::string> documents = {}) {
    return ReextractionPass::Begin(*store_, *ingestor_, std::move(plan),
                                   {name_, "test.facts", std::move(documents)});
  }

  // Reads up to `most` documents; the differences that were found.
  DifferenceCounts Pass(const std::shared_ptr<const Plan>& plan, uint64_t most = UINT64_MAX,
                        std::vector<std::string> documents = {}) {
    DifferenceCounts counts;
    const auto pass = Begin(plan, std::move(documents));
    EXPECT_THAT(pass, IsOk());
    for (; pass.ok() && most > 0; --most) {
      const auto reading = (*pass)->Next(NoStop());
      EXPECT_THAT(reading, IsOk());
      if (!reading.ok() || !*reading) {
        break;
      }
      const DifferenceCounts found = CountOf((*reading)->differences);
      counts.added += found.added;
      counts.removed += found.removed;
      counts.changed += found.changed;
    }
    return counts;
  }

  absl::StatusOr<Revision> Promote(const Plan& plan) {
    absl::StatusOr<Revision> revision = absl::UnknownError("");
    static_cast<void>(ingestor_->WriteAlone([&](Store& store) {
      revision = PromoteReextraction(store, name_, plan);
      return revision.status();
    }));
    return revision;
  }

  absl::Status Drop() {
    return ingestor_->WriteAlone([&](Store& store) { return DropReextraction(store, name_); });
  }

  ReextractionRecord Record() {
    const auto record = FindReextraction(*store_->NewSnapshot(), name_);
    EXPECT_THAT(record, IsOk());
    return record.value_or(ReextractionRecord());
  }

  std::vector<std::string> Dump() const { return DumpGraph(*store_->NewSnapshot()); }

  // What a store holds in which the documents were ingested by `plan` from the start.
  std::vector<std::string> DumpOfFresh(const std::shared_ptr<const Plan>& plan) const {
    const auto store = NewMemoryStore();
    const auto ingestor = NewIngestor(*store, plan);
    for (const auto& [id, document] : documents_) {
      EXPECT_THAT(IngestInto(*ingestor, document), IsOk());
    }
    return DumpGraph(*store->NewSnapshot());
  }

  void ExpectValid() const {
    const auto report = Validate(*store_->NewSnapshot());
    ASSERT_THAT(report, IsOk());
    EXPECT_TRUE(report->ok()) << ::testing::PrintToString(report->problems);
  }

  std::shared_ptr<const Plan> NewPlan(const std::string& version) {
    return PlanOf(version, [this, version](const Document& document) {
      ++calls_;
      return MakeUp(version, document);
    });
  }

  ReextractionName name_{"", "trial"};
  const uint64_t seed_;
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, "DOSSIER_TEST_SEED=" + std::to_string(seed_)};
  std::atomic<int> calls_ = 0;  // of plans that NewPlan() made
  const std::shared_ptr<const Plan> old_ =
      PlanOf("1", [](const Document& document) { return MakeUp("1", document); });
  std::map<std::string, Document> documents_;
  std::vector<std::unique_ptr<TempFolder>> folders_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Ingestor> ingestor_;
};

INSTANTIATE_TEST_SUITE_P(Stores, Reextraction, ::testing::Values("memory", "history", "rocksdb"),
                         [](const auto& store) { return std::string(store.param); });

// Documents come, change and go between the steps, and passes end anywhere.
TEST_P(Reextraction, PromotedIsAsIfTheNewVersionHadReadEverythingFromTheStart) {
  RandomDocuments random(seed_);
  for (uint64_t round = 0; round < operations() / 10 && !HasFailure(); ++round) {
    const auto plan = NewPlan(std::to_string(2 + round));
    for (uint64_t n = 1 + random.Below(6); n > 0; --n) {
      ChangeSomething(&random);
    }
    if (documents_.empty()) {
      Ingest(RandomDocument(&random));
    }
    Pass(plan, random.Below(8));
    ExpectValid();
    for (uint64_t n = random.Below(3); n > 0; --n) {
      ChangeSomething(&random);
      ExpectValid();
    }
    Pass(plan);
    ExpectValid();
    const auto revision = Promote(*plan);
    ASSERT_THAT(revision, IsOk());
    EXPECT_EQ(Difference(Dump(), DumpOfFresh(plan)), "");
    ExpectValid();
    EXPECT_EQ(Record().promoted, *revision);
    ASSERT_THAT(Drop(), IsOk());
    ExpectValid();
  }
}

TEST_P(Reextraction, DroppedIsAsIfItHadNeverBeen) {
  RandomDocuments random(seed_);
  const auto plan = NewPlan("2");
  for (uint64_t round = 0; round < operations() / 10 && !HasFailure(); ++round) {
    ChangeSomething(&random);
    if (documents_.empty()) {
      Ingest(RandomDocument(&random));
    }
    Pass(plan, random.Below(8));
    ChangeSomething(&random);
    ExpectValid();
    ASSERT_THAT(Drop(), IsOk());
    EXPECT_EQ(Difference(Dump(), DumpOfFresh(old_)), "");
    EXPECT_THAT(Drop(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"trial\"")));
  }
}

TEST_P(Reextraction, ShowsWhatPromotingDoesAndNothingAfterwards) {
  RandomDocuments random(seed_);
  for (int n = 0; n < 8; ++n) {
    Ingest(random.Make("doc" + std::to_string(n)).document);
  }
  const auto plan = NewPlan("2");
  const DifferenceCounts shown = Pass(plan);
  EXPECT_NE(shown, DifferenceCounts());
  EXPECT_EQ(Record().found, shown);
  EXPECT_EQ(Record().read, 8u);
  ASSERT_THAT(Promote(*plan), IsOk());
  ASSERT_THAT(Drop(), IsOk());
  EXPECT_EQ(Pass(plan), DifferenceCounts());
  EXPECT_EQ(calls_, 8);
}

// A document that kills its extractor is set aside where it belongs.
TEST_P(Reextraction, ExtractorsKnowWhoseDocumentTheyRead) {
  RandomDocuments random(seed_);
  ASSERT_THAT(IngestInto(*ingestor_, random.Make("doc").document, "theirs"), IsOk());
  name_.name_space = "theirs";
  const auto backend = std::make_shared<ListeningBackend>();
  Pass(PlanOf("2", backend));
  EXPECT_EQ(backend->name_space, "theirs");
}

TEST_P(Reextraction, ReadsNoDocumentTwice) {
  RandomDocuments random(seed_);
  for (int n = 0; n < 8; ++n) {
    Ingest(random.Make("doc" + std::to_string(n)).document);
  }
  const auto plan = NewPlan("2");
  Pass(plan, 3);
  EXPECT_EQ(calls_, 3);
  ingestor_.reset();  // as after a crash: what was returned is in the store
  ingestor_ = NewIngestor(*store_, old_);
  const DifferenceCounts shown = Pass(plan);
  EXPECT_EQ(calls_, 8);
  EXPECT_EQ(Pass(plan), shown);
  EXPECT_EQ(calls_, 8);
  Ingest(random.Make("doc3").document);
  Pass(plan);
  EXPECT_EQ(calls_, 9);
}

TEST_P(Reextraction, ACancelledPassKeepsWhatItRead) {
  RandomDocuments random(seed_);
  std::stop_source stop;
  for (int n = 0; n < 4; ++n) {
    Ingest(random.Make("doc" + std::to_string(n)).document);
  }
  const auto plan = PlanOf("2", [&](const Document& document) {
    if (document.id == "doc2") {
      stop.request_stop();
    }
    return MakeUp("2", document);
  });
  const auto pass = Begin(plan);
  ASSERT_THAT(pass, IsOk());
  const StopToken token(stop.get_token(), StopToken::Clock::time_point::max());
  EXPECT_THAT((*pass)->Next(token), IsOk());
  EXPECT_THAT((*pass)->Next(token), IsOk());
  EXPECT_THAT((*pass)->Next(token), StatusIs(absl::StatusCode::kCancelled, ::testing::_));
  EXPECT_EQ(Record().read, 2u);
  EXPECT_EQ((*pass)->done(), 2u);
  EXPECT_EQ((*pass)->total(), 4u);
  ExpectValid();
}

TEST_P(Reextraction, IsNotPromotedBeforeItHasReadEverything) {
  RandomDocuments random(seed_);
  for (int n = 0; n < 3; ++n) {
    Ingest(random.Make("doc" + std::to_string(n)).document);
  }
  const auto plan = NewPlan("2");
  Pass(plan, 2);
  EXPECT_THAT(CheckPromotable(store_->NewSnapshot(), name_, *plan),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("1 document(s)"), HasSubstr("\"doc2\""))));
  Pass(plan);
  EXPECT_THAT(CheckPromotable(store_->NewSnapshot(), name_, *plan), IsOk());
  Ingest(random.Make("doc0").document);
  const std::vector<std::string> before = Dump();
  EXPECT_THAT(Promote(*plan),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("the first is \"doc0\"")));
  EXPECT_EQ(Difference(Dump(), before), "");
}

TEST_P(Reextraction, LeavesADocumentThatCannotBeRead) {
  RandomDocuments random(seed_);
  bool broken = true;
  const auto plan = PlanOf("2", [&](const Document& document) -> absl::StatusOr<RunOutput> {
    if (broken && document.id == "doc1") {
      return absl::InternalError("it is too odd");
    }
    return MakeUp("2", document);
  });
  for (int n = 0; n < 3; ++n) {
    Ingest(random.Make("doc" + std::to_string(n)).document);
  }
  const auto pass = Begin(plan);
  ASSERT_THAT(pass, IsOk());
  for (int n = 0; n < 3; ++n) {
    const auto reading = (*pass)->Next(NoStop());
    ASSERT_THAT(reading, IsOk());
    EXPECT_EQ((*reading)->error.empty(), n != 1);
  }
  EXPECT_EQ(Record().failed, 1u);
  EXPECT_EQ(Record().read, 2u);
  ExpectValid();
  broken = false;  // the next pass tries again
  Pass(plan, 2);
  EXPECT_EQ(Record().failed, 0u);
  ASSERT_THAT(Drop(), IsOk());
  broken = true;
  Pass(plan);
  ASSERT_THAT(Promote(*plan), IsOk());
  ExpectValid();
  const GraphReader graph(store_->NewSnapshot(), NamespaceId(1));
  const auto number = graph.FindDocument("doc1");
  ASSERT_TRUE(number.ok() && number->has_value());
  EXPECT_EQ(*IsReadBy(graph, *graph.GetDocument(**number), ExtractorsOf(*old_)), true);
}

TEST_P(Reextraction, OfSomeDocumentsTouchesNoOthers) {
  RandomDocuments random(seed_);
  for (int n = 0; n < 4; ++n) {
    Ingest(random.Make("doc" + std::to_string(n)).document);
  }
  const auto plan = NewPlan("2");
  EXPECT_THAT(Begin(plan, {"doc1", "none"}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"none\"")));
  Pass(plan, UINT64_MAX, {"doc3", "doc1", "doc1"});
  EXPECT_EQ(calls_, 2);
  ASSERT_THAT(ingestor_->Delete("", "doc1"), IsOk());
  ASSERT_THAT(Promote(*plan), IsOk());
  ExpectValid();
  ASSERT_THAT(Drop(), IsOk());
  Pass(plan);
  EXPECT_EQ(calls_, 4);  // doc0 and doc2
}

TEST_P(Reextraction, IsOneThingUnderOneName) {
  RandomDocuments random(seed_);
  Ingest(random.Make("doc0").document);
  Ingest(random.Make("doc1").document);
  const auto plan = NewPlan("2");
  Pass(plan);
  const auto refused = absl::StatusCode::kFailedPrecondition;
  EXPECT_THAT(Begin(plan, {"doc1"}), StatusIs(refused, HasSubstr("over all documents")));
  EXPECT_THAT(Begin(NewPlan("3")),
              StatusIs(refused, AllOf(HasSubstr("test.facts 2"), HasSubstr("test.facts 3"))));
  EXPECT_THAT(Promote(*NewPlan("3")), StatusIs(refused, HasSubstr("test.facts 3")));
  const auto revision = Promote(*plan);
  ASSERT_THAT(revision, IsOk());
  EXPECT_EQ(*Promote(*plan), *revision);
  EXPECT_THAT(Begin(plan), StatusIs(refused, HasSubstr("promoted")));
}

TEST_P(Reextraction, SeveralDoNotDisturbEachOther) {
  RandomDocuments random(seed_);
  for (int n = 0; n < 4; ++n) {
    Ingest(random.Make("doc" + std::to_string(n)).document);
  }
  const auto plan = NewPlan("2");
  const auto other =
      ReextractionPass::Begin(*store_, *ingestor_, NewPlan("3"), {{"", "trial 2"}, "", {}});
  ASSERT_THAT(other, IsOk());
  ASSERT_THAT((*other)->Next(NoStop()), IsOk());
  Pass(plan);
  ExpectValid();
  ASSERT_THAT(Promote(*plan), IsOk());
  ExpectValid();  // the other one's shadow was of a document that has changed
  const auto left = FindReextraction(*store_->NewSnapshot(), {"", "trial 2"});
  ASSERT_THAT(left, IsOk());
  EXPECT_EQ(left->read, 0u);
  EXPECT_EQ(left->found, DifferenceCounts());
}

TEST_P(Reextraction, NeedsItsNamespace) {
  EXPECT_THAT(ReextractionPass::Begin(*store_, *ingestor_, old_, {{"press", "trial"}, "", {}}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"press\"")));
}

}  // namespace
}  // namespace dossier
