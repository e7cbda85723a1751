// The law that a deleted document leaves the graph as if it had never come, and its sisters, over
// random documents in random orders. For more of it set DOSSIER_TEST_OPERATIONS=100000; a failure
// prints the seed that DOSSIER_TEST_SEED runs again.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "server/base/sha256.h"
#include "server/base/status_macros.h"
#include "server/base/status_matchers.h"
#include "server/ingest/group_commit.h"
#include "server/ingest/random_documents.h"
#include "server/storage/graph_reader.h"
#include "server/storage/history_store.h"
#include "server/storage/memory_store.h"
#include "server/storage/records.h"
#include "server/storage/rocksdb_store.h"
#include "server/storage/validate.h"
#include "tests/support/graph_dump.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using DocumentName = std::pair<std::string, std::string>;  // namespace, id
using Documents = std::map<DocumentName, PreparedDocument>;

// One change: a document, or none in its place.
struct Operation {
  DocumentName name;
  std::optional<PreparedDocument> document;
};

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

PreparedDocument MakeDocument(const std::string& id, RandomDocuments* random) {
  ExtractedDocument made = random->Make(id, 3);
  std::string text_sha256 = Sha256(made.document.text);
  return Prepare(std::move(made.document), std::move(text_sha256), std::move(made.extraction));
}

Operation RandomOperation(RandomDocuments* random) {
  Operation operation;
  operation.name = {random->Below(8) == 0 ? "desk" : "", "doc" + std::to_string(random->Below(6))};
  if (random->Below(3) > 0) {
    operation.document = MakeDocument(operation.name.second, random);
  }
  return operation;
}

absl::Status Apply(const Operation& operation, GroupCommit* group) {
  const auto& [name_space, id] = operation.name;
  if (operation.document) {
    return group->Ingest(name_space, *operation.document).status();
  }
  const absl::Status status = group->Delete(name_space, id).status();
  return absl::IsNotFound(status) ? absl::OkStatus() : status;
}

// Passes writes on, all but those that it is told to refuse.
class RefusingStore final : public Store {
 public:
  explicit RefusingStore(Store& store) : store_(store) {}

  bool refuse = false;
  int writes = 0;

  absl::Status Write(const WriteBatch& batch) override {
    ++writes;
    return refuse ? absl::ResourceExhaustedError("the disk is full") : store_.Write(batch);
  }
  std::shared_ptr<const Snapshot> NewSnapshot() const override { return store_.NewSnapshot(); }
  absl::Status Flush() override { return store_.Flush(); }
  absl::Status Compact() const override { return store_.Compact(); }
  absl::StatusOr<StoreStats> Stats() const override { return store_.Stats(); }

 private:
  Store& store_;
};

// All of `operations` in one write.
absl::Status ApplyAll(const std::vector<Operation>& operations, Store* store) {
  ASSIGN_OR_RETURN(const auto group, GroupCommit::Open(*store));
  for (const Operation& operation : operations) {
    RETURN_IF_ERROR(Apply(operation, group.get()));
  }
  return group->Write();
}

void Track(const Operation& operation, Documents* documents) {
  documents->erase(operation.name);
  if (operation.document) {
    documents->emplace(operation.name, *operation.document);
  }
}

std::vector<std::string> Dump(const Store& store) { return DumpGraph(*store.NewSnapshot()); }

// What a store holds that has seen nothing but `documents`.
std::vector<std::string> DumpOfFresh(const Documents& documents) {
  const auto store = NewMemoryStore();
  std::vector<Operation> operations;
  for (const auto& [name, document] : documents) {
    operations.push_back({name, document});
  }
  EXPECT_THAT(ApplyAll(operations, store.get()), IsOk());
  return Dump(*store);
}

void ExpectValid(const Store& store) {
  const auto report = Validate(*store.NewSnapshot());
  ASSERT_THAT(report, IsOk());
  EXPECT_TRUE(report->ok()) << ::testing::PrintToString(report->problems);
}

// What the change log says, ids of documents aside.
std::vector<ChangeEvent> Changes(const Store& store) {
  std::vector<ChangeEvent> events;
  for (const uint32_t ns : {1u, 2u}) {
    const GraphReader graph(store.NewSnapshot(), NamespaceId(ns));
    for (auto rows = graph.ChangesAfter(Revision()); rows.Valid(); rows.Next()) {
      events.push_back(rows->event);
      events.back().document = DocumentNumber();
    }
  }
  return events;
}

class Retraction : public ::testing::TestWithParam<const char*> {
 protected:
  Retraction() : seed_(FromEnvironment("DOSSIER_TEST_SEED", std::random_device()())) {}

  std::unique_ptr<Store> NewStore() {
    if (std::string(GetParam()) == "memory") {
      return NewMemoryStore();
    }
    folders_.push_back(std::make_unique<TempFolder>());
    auto store = OpenRocksDbStore({folders_.back()->path() + "/db", kMinStoreMemoryBytes});
    EXPECT_THAT(store, IsOk());
    return *std::move(store);
  }

  // The store on disk waits for the disk: fewer there unless more are asked for.
  uint64_t operations() const {
    const bool memory = std::string(GetParam()) == "memory";
    return FromEnvironment("DOSSIER_TEST_OPERATIONS", memory ? 1000 : 100);
  }

  std::vector<std::unique_ptr<TempFolder>> folders_;
  const uint64_t seed_;
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, "DOSSIER_TEST_SEED=" + std::to_string(seed_)};
};

INSTANTIATE_TEST_SUITE_P(Stores, Retraction, ::testing::Values("memory", "rocksdb"),
                         [](const auto& store) { return std::string(store.param); });

TEST_P(Retraction, LeavesTheGraphAsIfTheDocumentHadNeverCome) {
  RandomDocuments random(seed_);
  const auto store = NewStore();
  Documents documents;
  constexpr uint64_t kLookEvery = 10;
  for (uint64_t n = kLookEvery * operations(); n > 0 && !HasFailure(); --n) {
    const Operation operation = RandomOperation(&random);
    ASSERT_THAT(ApplyAll({operation}, store.get()), IsOk());
    Track(operation, &documents);
    // Looking costs far more than doing.
    if (random.Below(kLookEvery) == 0 || n == 1) {
      EXPECT_EQ(Difference(Dump(*store), DumpOfFresh(documents)), "");
      ExpectValid(*store);
    }
  }
}

TEST_P(Retraction, OfEverythingLeavesNothing) {
  RandomDocuments random(seed_);
  const auto store = NewStore();
  Documents documents;
  for (int n = 0; n < 40; ++n) {
    const Operation operation = RandomOperation(&random);
    ASSERT_THAT(ApplyAll({operation}, store.get()), IsOk());
    Track(operation, &documents);
  }
  for (const auto& [name, document] : documents) {
    ASSERT_THAT(ApplyAll({{name, std::nullopt}}, store.get()), IsOk());
  }
  EXPECT_EQ(Difference(Dump(*store), {}), "");
  ExpectValid(*store);
}

TEST_P(Retraction, GroupsDoWhatSingleCommitsDo) {
  RandomDocuments random(seed_);
  const auto grouped = NewStore();
  const auto single = NewStore();
  for (uint64_t left = operations(); left > 0 && !HasFailure();) {
    std::vector<Operation> group;
    std::set<DocumentName> names;
    for (uint64_t size = 1 + random.Below(6); size > 0 && left > 0; --size, --left) {
      Operation operation = RandomOperation(&random);
      if (names.insert(operation.name).second) {
        ASSERT_THAT(ApplyAll({operation}, single.get()), IsOk());
        group.push_back(std::move(operation));
      }
    }
    ASSERT_THAT(ApplyAll(group, grouped.get()), IsOk());
    EXPECT_EQ(Difference(Dump(*grouped), Dump(*single)), "");
    EXPECT_EQ(Changes(*grouped), Changes(*single));
    ExpectValid(*grouped);
  }
}

TEST_P(Retraction, TheOrderOfDocumentsDoesNotMatter) {
  RandomDocuments random(seed_);
  for (uint64_t left = operations() / 50; left > 0 && !HasFailure(); --left) {
    std::vector<Operation> operations;
    for (int n = 0; n < 6; ++n) {
      const std::string id = "doc" + std::to_string(n);
      operations.push_back({{"", id}, MakeDocument(id, &random)});
    }
    const auto forward = NewMemoryStore();
    const auto shuffled = NewStore();
    for (const Operation& operation : operations) {
      ASSERT_THAT(ApplyAll({operation}, forward.get()), IsOk());
    }
    std::shuffle(operations.begin(), operations.end(), std::mt19937_64(random.Below(1u << 30)));
    for (const Operation& operation : operations) {
      ASSERT_THAT(ApplyAll({operation}, shuffled.get()), IsOk());
    }
    EXPECT_EQ(Difference(Dump(*shuffled), Dump(*forward)), "");
  }
}

TEST_P(Retraction, AGroupIsOneWriteAndARefusedOneLeavesNoTrace) {
  RandomDocuments random(seed_);
  const auto store = NewStore();
  RefusingStore refusing(*store);
  Documents documents;
  for (uint64_t n = operations() / 10; n > 0 && !HasFailure(); --n) {
    std::vector<Operation> group;
    for (uint64_t i = 0; i < 3; ++i) {
      const std::string id = "doc" + std::to_string(2 * i + random.Below(2));
      group.push_back({{"", id}, MakeDocument(id, &random)});
    }
    const std::vector<std::string> before = Dump(*store);
    refusing.refuse = true;
    EXPECT_THAT(ApplyAll(group, &refusing),
                StatusIs(absl::StatusCode::kResourceExhausted, ::testing::_));
    EXPECT_EQ(Difference(Dump(*store), before), "");
    refusing.refuse = false;
    refusing.writes = 0;
    ASSERT_THAT(ApplyAll(group, &refusing), IsOk());
    EXPECT_EQ(refusing.writes, 1);
    std::for_each(group.begin(), group.end(), [&](auto& each) { Track(each, &documents); });
    EXPECT_EQ(Difference(Dump(*store), DumpOfFresh(documents)), "");
    ExpectValid(*store);
  }
}

TEST_P(Retraction, ReplacementKeepsTheIdsOfWhatStays) {
  RandomDocuments random(seed_);
  const auto store = NewStore();
  PreparedDocument document = MakeDocument("doc", &random);
  ASSERT_THAT(ApplyAll({{{"", "doc"}, document}}, store.get()), IsOk());
  const GraphReader before(store->NewSnapshot(), NamespaceId(1));
  document.document.title = "Another";
  document.text_sha256 = Sha256(document.document.text);
  document.fingerprint = DocumentFingerprint(document.document, document.text_sha256);
  ASSERT_THAT(ApplyAll({{{"", "doc"}, document}}, store.get()), IsOk());
  const GraphReader after(store->NewSnapshot(), NamespaceId(1));
  EXPECT_EQ(*before.FindDocument("doc"), *after.FindDocument("doc"));
  EXPECT_EQ(*before.ReadIdCounters(), *after.ReadIdCounters());
  for (const PreparedMention& mention : document.runs[0].mentions) {
    EXPECT_EQ(*before.FindEntity(mention.entity_key), *after.FindEntity(mention.entity_key));
  }
  ExpectValid(*store);
}

TEST_P(Retraction, TheSameDocumentByTheSameRunsChangesNothing) {
  RandomDocuments random(seed_);
  const auto store = NewStore();
  PreparedDocument document = MakeDocument("doc", &random);
  const auto ingest = [&](const PreparedDocument& what) {
    const auto group = GroupCommit::Open(*store);
    const auto result = (*group)->Ingest("", what);
    EXPECT_THAT((*group)->Write(), IsOk());
    return *result;
  };
  const IngestResult first = ingest(document);
  EXPECT_EQ(first.status, CommitStatus::kAdded);
  const IngestResult again = ingest(document);
  EXPECT_EQ(again.status, CommitStatus::kUnchanged);
  EXPECT_EQ(again.revision, first.revision);
  EXPECT_EQ(again.evidence, first.evidence);
  EXPECT_EQ(ReadDatabaseState(*store->NewSnapshot())->last, first.revision);
  document.runs.front().extractor.version = "9";
  EXPECT_EQ(ingest(document).status, CommitStatus::kReplaced);
}

// Within the window every revision reads as it was when it was written, by every record, and is
// sound.
TEST(History, EveryRevisionReadsAsItWas) {
  constexpr uint64_t kWindow = 30;
  const auto store = *KeepHistory(NewMemoryStore(), kWindow);
  RandomDocuments random(FromEnvironment("DOSSIER_TEST_SEED", 5));
  std::map<Revision, std::vector<std::string>> past;
  for (int i = 0; i < 50; ++i) {
    ASSERT_THAT(ApplyAll({RandomOperation(&random)}, store.get()), IsOk());
    const auto snapshot = store->NewSnapshot();
    past[ReadDatabaseState(*snapshot)->last] = DumpGraph(*snapshot);
  }
  ExpectValid(*store);
  const auto now = store->NewSnapshot();
  const Revision last = ReadDatabaseState(*now)->last;
  for (const auto& [revision, dump] : past) {
    const auto then = SnapshotAt(now, revision);
    if (revision.value() + kWindow < last.value()) {
      EXPECT_FALSE(then.ok());
      continue;
    }
    ASSERT_THAT(then, IsOk());
    EXPECT_EQ(Difference(DumpGraph(**then), dump), "") << "revision " << revision.value();
    EXPECT_EQ(ReadDatabaseState(**then)->last, revision);
    const auto report = Validate(**then);
    ASSERT_THAT(report, IsOk());
    EXPECT_TRUE(report->ok()) << report->problems.front();
  }
}

TEST(History, APurgedDocumentLeavesNoTrace) {
  const auto store = *KeepHistory(NewMemoryStore(), 100);
  RandomDocuments random(6);
  Documents documents;
  for (const char* id : {"kept", "purged"}) {
    for (int i = 0; i < 3; ++i) {
      const Operation operation{{"", id}, MakeDocument(id, &random)};
      ASSERT_THAT(ApplyAll({operation}, store.get()), IsOk());
      Track(operation, &documents);
    }
  }
  const auto group = GroupCommit::Open(*store);
  ASSERT_THAT(group, IsOk());
  ASSERT_THAT((*group)->Delete("", "purged"), IsOk());
  ASSERT_THAT((*group)->ForgetChanges(), IsOk());
  ASSERT_THAT((*group)->Write(), IsOk());
  documents.erase({"", "purged"});
  EXPECT_EQ(Difference(Dump(*store), DumpOfFresh(documents)), "");
  ExpectValid(*store);
  const auto snapshot = store->NewSnapshot();
  for (const FamilyInfo& family : Catalogue()) {
    for (auto cursor = snapshot->Scan(family.family, "", ""); cursor->Valid(); cursor->Next()) {
      const std::string record = std::string(cursor->key()).append(cursor->value());
      EXPECT_EQ(record.find("purged"), std::string::npos) << family.name;
    }
  }
}

}  // namespace
}  // namespace dossier
