// Laws of merges and splits, over random documents and decisions. DOSSIER_TEST_OPERATIONS asks for
// more of it; a failure prints the seed that DOSSIER_TEST_SEED runs again.
#include "server/ingest/merge_entities.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/base/sha256.h"
#include "server/base/status_matchers.h"
#include "server/ingest/group_commit.h"
#include "server/ingest/random_documents.h"
#include "server/storage/graph_reader.h"
#include "server/storage/memory_store.h"
#include "server/storage/merge_log.h"
#include "server/storage/rocksdb_store.h"
#include "server/storage/validate.h"
#include "tests/support/graph_dump.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

constexpr NamespaceId kNs{1};
using Documents = std::map<std::string, PreparedDocument>;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

PreparedDocument Prepared(ExtractedDocument made) {
  std::string text_sha256 = Sha256(made.document.text);
  return Prepare(std::move(made.document), std::move(text_sha256), std::move(made.extraction));
}

std::vector<std::string> Dump(const Store& store) { return DumpGraph(*store.NewSnapshot()); }

void ExpectValid(const Store& store) {
  const auto report = Validate(*store.NewSnapshot());
  ASSERT_THAT(report, IsOk());
  EXPECT_TRUE(report->ok()) << ::testing::PrintToString(report->problems);
}

void Ingest(const PreparedDocument& document, Store* store) {
  const auto group = GroupCommit::Open(*store);
  ASSERT_THAT(group, IsOk());
  ASSERT_THAT((*group)->Ingest("", document), IsOk());
  ASSERT_THAT((*group)->Write(), IsOk());
}

void Delete(const std::string& id, Store* store) {
  const auto group = GroupCommit::Open(*store);
  ASSERT_THAT(group, IsOk());
  ASSERT_THAT((*group)->Delete("", id), IsOk());
  ASSERT_THAT((*group)->Write(), IsOk());
}

std::vector<std::pair<EntityId, Entity>> Entities(const Store& store) {
  std::vector<std::pair<EntityId, Entity>> entities;
  const auto snapshot = store.NewSnapshot();
  const auto cursor = snapshot->Scan(Family::kEntity, KeyPrefix(kNs), PrefixEnd(KeyPrefix(kNs)));
  for (; cursor->Valid(); cursor->Next()) {
    entities.emplace_back(EntityKey::Decode(cursor->key())->entity,
                          *DecodeEntity(cursor->key(), cursor->value()));
  }
  return entities;
}

EntityId IdOf(const Store& store, const std::string& key) {
  return GraphReader(store.NewSnapshot(), kNs).FindEntity(key)->value_or(EntityId());
}

// What a store holds that had the links of `store` before `documents` came.
std::vector<std::string> DumpOfFresh(const Store& store, const Documents& documents) {
  const auto fresh = NewMemoryStore();
  WriteBatch links;
  const auto snapshot = store.NewSnapshot();
  const std::string all = MergeLogKey::Prefix(kNs, MergeRow::kLink);
  for (auto cursor = snapshot->Scan(Family::kMergeLog, all, PrefixEnd(all)); cursor->Valid();
       cursor->Next()) {
    links.Put(Family::kMergeLog, std::string(cursor->key()), std::string(cursor->value()));
  }
  EXPECT_THAT(fresh->Write(links), IsOk());
  for (const auto& [id, document] : documents) {
    Ingest(document, fresh.get());
  }
  return Dump(*fresh);
}

class MergeEntities : public ::testing::TestWithParam<const char*> {
 protected:
  MergeEntities()
      : seed_(FromEnvironment("DOSSIER_TEST_SEED", std::random_device()())), random_(seed_) {
    if (OnDisk()) {
      folder_ = std::make_unique<TempFolder>();
      store_ = *OpenRocksDbStore({folder_->path() + "/db", kMinStoreMemoryBytes});
    } else {
      store_ = NewMemoryStore();
    }
  }

  static bool OnDisk() { return std::string(GetParam()) == "rocksdb"; }
  static uint64_t operations() {
    return FromEnvironment("DOSSIER_TEST_OPERATIONS", OnDisk() ? 60 : 400);
  }

  void PutDocument(const std::string& id) {
    documents_[id] = Prepared(random_.Make(id, 3));
    Ingest(documents_[id], store_.get());
  }
  void PutDocuments(int count) {
    for (int n = 0; n < count; ++n) {
      PutDocument("doc" + std::to_string(n));
    }
  }

  absl::StatusOr<EntityOrderResult> Order(const EntityOrder& order) {
    return CarryOut(*store_, "", order);
  }

  // Some merge or split of what there is; it may be refused.
  EntityOrder RandomOrder() {
    const auto entities = Entities(*store_);
    const auto pick = [&] { return entities[random_.Below(entities.size())]; };
    const auto [id, entity] = pick();
    if (random_.Coin()) {
      return MergeOrder{"", "", id, {pick().first, pick().first}};
    }
    SplitOrder split{"", "", id, {}, {}};
    if (!entity.names.empty() && random_.Coin()) {
      split.names = {entity.names[random_.Below(entity.names.size())].text};
    }
    if (split.names.empty() || random_.Below(3) == 0) {
      split.documents = {"doc" + std::to_string(random_.Below(6))};
    }
    return split;
  }

  const uint64_t seed_;
  RandomDocuments random_;
  std::unique_ptr<TempFolder> folder_;
  std::unique_ptr<Store> store_;
  Documents documents_;
  ::testing::ScopedTrace trace_{__FILE__, __LINE__, "DOSSIER_TEST_SEED=" + std::to_string(seed_)};
};

INSTANTIATE_TEST_SUITE_P(Stores, MergeEntities, ::testing::Values("memory", "rocksdb"),
                         [](const auto& store) { return std::string(store.param); });

TEST_P(MergeEntities, UndoingLeavesTheGraphAsItWas) {
  PutDocuments(5);
  uint64_t done = 0;
  for (uint64_t n = operations(); n > 0 && !HasFailure(); --n) {
    const auto before = Dump(*store_);
    const auto entities = Entities(*store_);
    const auto result = Order(RandomOrder());
    if (!result.ok() || result->unchanged) {
      EXPECT_EQ(Difference(Dump(*store_), before), "");
      continue;
    }
    ++done;
    ExpectValid(*store_);
    EXPECT_NE(Dump(*store_), before);
    ASSERT_THAT(Order(UndoOrder{result->merge}), IsOk());
    EXPECT_EQ(Difference(Dump(*store_), before), "");
    EXPECT_EQ(Entities(*store_), entities);  // their ids too
    ExpectValid(*store_);
  }
  EXPECT_GT(done, operations() / 8);
}

// Whatever came in whatever order, the graph is a function of the documents and the links.
TEST_P(MergeEntities, TheGraphIsThatOfItsDocumentsAndDecisions) {
  PutDocuments(6);
  std::vector<MergeId> made;
  uint64_t undone = 0;
  for (uint64_t n = operations(); n > 0 && !HasFailure(); --n) {
    const std::string id = "doc" + std::to_string(random_.Below(6));
    switch (random_.Below(5)) {
      case 0:
        if (documents_.size() > 2 && documents_.erase(id) > 0) {
          Delete(id, store_.get());
        }
        break;
      case 1:
        PutDocument(id);
        break;
      case 2:
        if (!made.empty()) {
          const std::size_t which = random_.Below(made.size());
          if (Order(UndoOrder{made[which]}).ok()) {
            made.erase(made.begin() + static_cast<std::ptrdiff_t>(which));
            ++undone;
          }
        }
        break;
      default:
        if (made.size() < 12) {
          const auto result = Order(RandomOrder());
          if (result.ok() && !result->unchanged) {
            made.push_back(result->merge);
          }
        }
    }
    EXPECT_EQ(Difference(Dump(*store_), DumpOfFresh(*store_, documents_)), "");
    ExpectValid(*store_);
  }
  EXPECT_GT(undone, 0u);
}

TEST_P(MergeEntities, DecisionsOutliveTheirDocuments) {
  PutDocuments(6);
  for (int n = 0; n < 20; ++n) {
    static_cast<void>(Order(RandomOrder()));
  }
  const auto before = Dump(*store_);
  for (const auto& [id, document] : documents_) {
    Delete(id, store_.get());
  }
  ExpectValid(*store_);
  for (auto it = documents_.rbegin(); it != documents_.rend(); ++it) {
    Ingest(it->second, store_.get());
  }
  EXPECT_EQ(Difference(Dump(*store_), before), "");
  ExpectValid(*store_);
}

// A document that says what is wanted: each word is the name of an organisation.
PreparedDocument Naming(const std::string& id, const std::vector<std::string>& names) {
  ExtractedDocument made;
  made.document.id = id;
  made.extraction.runs.push_back({RandomDocuments::FakeExtractor(0), {}});
  RunOutput& output = made.extraction.runs.front().output;
  for (const std::string& name : names) {
    const auto begin = static_cast<uint32_t>(made.document.text.size());
    made.document.text += name + " ";
    ExtractedMention mention;
    mention.span = {begin, static_cast<uint32_t>(begin + name.size())};
    mention.type = "ORG";
    mention.name = name;
    output.mentions.push_back(mention);
  }
  return Prepared(std::move(made));
}

class Decisions : public ::testing::Test {
 protected:
  Decisions() {
    Ingest(Naming("one", {"Harbour Union", "Dockers", "Brenn"}), store_.get());
    Ingest(Naming("two", {"Dockers", "Brenn", "BRENN"}), store_.get());
  }
  EntityId Id(const std::string& key) { return IdOf(*store_, key); }
  absl::StatusOr<EntityOrderResult> Order(const EntityOrder& order) {
    return CarryOut(*store_, "", order);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
};

TEST_F(Decisions, TheSameAgainChangesNothing) {
  const EntityId dockers = Id("dockers");
  const MergeOrder order{"r1", "same people", Id("harbour union"), {dockers}};
  const auto first = Order(order);
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->entity, order.into);
  EXPECT_FALSE(first->unchanged);
  EXPECT_FALSE(Id("dockers").valid());
  MergeOrder without = order;
  without.request = "";
  MergeOrder turned{"", "", dockers, {order.into}};
  for (const MergeOrder& again : {order, without, turned}) {
    const auto second = Order(again);
    ASSERT_THAT(second, IsOk());
    EXPECT_TRUE(second->unchanged);
    EXPECT_EQ(second->merge, first->merge);
    EXPECT_EQ(second->revision, first->revision);
  }
  const auto undone = Order(UndoOrder{first->merge});
  ASSERT_THAT(undone, IsOk());
  EXPECT_EQ(undone->entity, dockers);
  EXPECT_EQ(Id("dockers"), dockers);
  EXPECT_TRUE(Order(UndoOrder{first->merge})->unchanged);
}

TEST_F(Decisions, HoldForWhatComesLater) {
  ASSERT_THAT(Order(MergeOrder{"", "", Id("harbour union"), {Id("dockers")}}), IsOk());
  Ingest(Naming("three", {"Dockers"}), store_.get());
  EXPECT_FALSE(Id("dockers").valid());
  const auto split = Order(SplitOrder{"", "", Id("brenn"), {}, {"two"}});
  ASSERT_THAT(split, IsOk());
  Ingest(Naming("two", {"Brenn", "Dockers"}), store_.get());
  const GraphReader graph(store_->NewSnapshot(), kNs);
  EXPECT_EQ(graph.GetEntity(split->entity)->mentions, 1u);
  EXPECT_EQ(graph.GetEntity(split->entity)->preferred_name(), "Brenn");
  EXPECT_EQ(graph.GetEntity(Id("brenn"))->mentions, 1u);
}

TEST_F(Decisions, AreRefusedWithWhatToDo) {
  const EntityId dockers = Id("dockers");
  const EntityId brenn = Id("brenn");
  using absl::StatusCode;
  EXPECT_THAT(Order(MergeOrder{"", "", brenn, {brenn}}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("name two entities")));
  EXPECT_THAT(Order(MergeOrder{"", "", brenn, {EntityId(99)}}),
              StatusIs(StatusCode::kNotFound, HasSubstr("e99")));
  EXPECT_THAT(Order(SplitOrder{"", "", brenn, {}, {}}),
              StatusIs(StatusCode::kInvalidArgument, HasSubstr("names or documents")));
  EXPECT_THAT(Order(SplitOrder{"", "", brenn, {"Hale"}, {}}),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("none of the 3 mentions")));
  EXPECT_THAT(Order(SplitOrder{"", "", brenn, {"brenn"}, {}}),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("all of the 3 mentions")));
  EXPECT_THAT(Order(UndoOrder{MergeId(9)}), StatusIs(StatusCode::kNotFound, HasSubstr("m9")));
  EXPECT_THAT(CarryOut(*store_, "nobody's", UndoOrder{MergeId(1)}),
              StatusIs(StatusCode::kNotFound, HasSubstr("nobody's")));
  SplitOrder large{"", "", brenn, {}, {}};
  for (std::size_t n = 0; n <= kMaxLinkSources; ++n) {
    large.documents.push_back(std::to_string(n));
  }
  EXPECT_THAT(Order(large), StatusIs(StatusCode::kResourceExhausted, HasSubstr("1001")));

  const auto merged = Order(MergeOrder{"", "", brenn, {dockers}});
  const auto split = Order(SplitOrder{"", "", brenn, {"Dockers"}, {"one"}});
  ASSERT_THAT(split, IsOk());
  EXPECT_THAT(
      Order(UndoOrder{merged->merge}),
      StatusIs(StatusCode::kFailedPrecondition, HasSubstr("m2 rests on m1: undo m2 first")));
  EXPECT_THAT(Order(MergeOrder{"", "", brenn, {split->entity}}),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("undo m2")));
  const auto third = Order(MergeOrder{"", "", split->entity, {Id("harbour union")}});
  ASSERT_THAT(third, IsOk());
  EXPECT_THAT(Order(UndoOrder{split->merge}),
              StatusIs(StatusCode::kFailedPrecondition, HasSubstr("undo m3 first")));
  for (const MergeId merge : {third->merge, split->merge, merged->merge}) {
    EXPECT_THAT(Order(UndoOrder{merge}), IsOk());
  }
  ExpectValid(*store_);
}

TEST_F(Decisions, AMergeUnderAnotherIsTakenOutFromBelow) {
  const EntityId union_id = Id("harbour union");
  const EntityId dockers = Id("dockers");
  const auto first = Order(MergeOrder{"", "", union_id, {dockers}});
  ASSERT_THAT(Order(MergeOrder{"", "", Id("brenn"), {union_id}}), IsOk());
  EXPECT_EQ(Entities(*store_).size(), 1u);
  ASSERT_THAT(Order(UndoOrder{first->merge}), IsOk());
  EXPECT_EQ(Id("dockers"), dockers);
  EXPECT_FALSE(Id("harbour union").valid());
  ExpectValid(*store_);
}

}  // namespace
}  // namespace dossier
