#include "server/query/list_conflicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/query/graph_model_testing.h"
#include "server/storage/memory_store.h"

namespace dossier {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const PageTokens kTokens("secret");

class ListConflictsTest : public ::testing::Test {
 protected:
  ListConflictsTest() {
    EXPECT_THAT(rules_.Add("same: send, dispatch\n"
                           "same: troops, soldiers\n"
                           "announces: plan to\n"
                           "one-object: be born in\n"
                           "one-subject: be the capital of\n"
                           "office: secretary general, chief\n",
                           "rules"),
                IsOk());
    model_.runs[RunId(1)] = {"extractor", "1", "", ""};
  }

  EntityId Entity(const std::string& name) {
    for (const auto& [id, entity] : model_.entities) {
      if (entity.key == name) {
        return id;
      }
    }
    const EntityId id(model_.entities.size() + 1);
    model_.entities[id] = {name, {{name, 1}}, {{"ORG", 1}}, 1};
    return id;
  }

  // Says so in a document of its own.
  Evidence& Say(const std::string& subject, const std::string& predicate,
                const std::string& object) {
    const DocumentNumber document(model_.documents.size() + 1);
    model_.documents[document] = {
        "d" + std::to_string(document.value()), "", "Title", "Paper", "2025-03-10", "en", "Words."};
    const auto known = std::find_if(model_.predicates.begin(), model_.predicates.end(),
                                    [&](const auto& entry) { return entry.second == predicate; });
    const TermId id =
        known == model_.predicates.end() ? TermId(model_.predicates.size() + 1) : known->first;
    model_.predicates[id] = predicate;
    const Triple triple{Entity(subject), id, ObjectId(Entity(object))};
    const TripleId triple_id =
        model_.triple_ids.try_emplace(triple, TripleId(model_.triple_ids.size() + 1)).first->second;
    Evidence& evidence = model_.evidence[{model_.ns, triple_id, document, RunId(1), 0}];
    evidence.sentence = {0, 6};
    evidence.revision = Revision(7);
    return evidence;
  }

  absl::StatusOr<Page<ConflictView>> Ask(const ConflictQuery& query, const PageRequest& page = {}) {
    model_.WriteTo(store_.get());
    return AskAgain(query, page);
  }
  absl::StatusOr<Page<ConflictView>> AskAgain(const ConflictQuery& query, const PageRequest& page) {
    const auto context = BeginRead(*store_, kTokens, "", {});
    return context.ok() ? ListConflicts(*context, rules_, query, page) : context.status();
  }
  std::vector<ConflictView> All(const ConflictQuery& query = {}) {
    const auto page = Ask(query);
    EXPECT_THAT(page, IsOk());
    EXPECT_TRUE(page->next_token.empty());
    return page->items;
  }
  // "d1 d2 / d3" of the only conflict.
  std::string Documents(const ConflictQuery& query = {}) {
    std::string text;
    for (const ConflictView& conflict : All(query)) {
      text += text.empty() ? "" : "; ";
      for (std::size_t i = 0; i < conflict.sides.size(); ++i) {
        text += i > 0 ? " /" : "";
        for (const StatementView& statement : conflict.sides[i].statements) {
          text +=
              (text.empty() || text.ends_with("; ") ? "" : " ") + statement.evidence.document_id;
        }
      }
    }
    return text;
  }

  PredicateRules rules_;
  GraphModel model_;
  std::unique_ptr<Store> store_ = NewMemoryStore();
};

TEST_F(ListConflictsTest, AgreementIsNone) {
  Say("Talvia", "send", "shells");
  Say("Talvia", "dispatch", "shells");
  EXPECT_THAT(All(), IsEmpty());
}

TEST_F(ListConflictsTest, ReportsAndDenialsInOtherWordsMeet) {
  Say("Talvia", "send", "soldiers").modality = Modality::kReported;
  Say("Talvia", "dispatch", "the troops").modality = Modality::kDenied;
  Say("Talvia", "send", "shells").modality = Modality::kReported;
  const auto all = All();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].kind, ConflictKind::kDenial);
  EXPECT_EQ(all[0].entity.name, "Talvia");
  EXPECT_EQ(all[0].predicate, "send");
  ASSERT_THAT(all[0].sides, SizeIs(2));
  EXPECT_EQ(all[0].sides[0].documents, 1u);
  EXPECT_EQ(all[0].sides[0].statements[0].published, "2025-03-10");
  EXPECT_EQ(all[0].sides[0].statements[0].source, "Paper");
  EXPECT_EQ(Documents(), "d1 / d2");
}

TEST_F(ListConflictsTest, NumbersOfTheSameThing) {
  Say("Talvia", "plan to send", "troops").quantity = Quantity{12000, 12000, "", Bound::kExact};
  Say("Talvia", "plan to dispatch", "10,000").quantity =
      Quantity{10000, 10000, "soldiers", Bound::kExact};
  for (auto& [key, evidence] : model_.evidence) {
    evidence.modality = Modality::kPlanned;
  }
  Say("Talvia", "send", "ships").quantity = Quantity{3, 3, "", Bound::kExact};
  EXPECT_EQ(Documents(), "d2 / d1");
}

TEST_F(ListConflictsTest, ASeriesIsShownOnRequest) {
  Say("Talvia", "send", "ships").quantity = Quantity{3, 3, "", Bound::kExact};
  Say("Talvia", "send", "ships").quantity = Quantity{9, 9, "", Bound::kExact};
  model_.documents[DocumentNumber(2)].published = "2025-03-20";
  EXPECT_THAT(All(), IsEmpty());
  EXPECT_EQ(Documents({.kinds = {ConflictKind::kSeries}}), "d1 / d2");
}

TEST_F(ListConflictsTest, OneObjectAndOneSubjectAtATime) {
  Say("Ada Finch", "be born in", "Brenn");
  Say("Ada Finch", "be born in", "Torm");
  Say("Brenn", "be the capital of", "Orsenia");
  Say("Torm", "be the capital of", "Orsenia");
  Say("Torm", "be near", "Orsenia");
  const auto all = All();
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].entity.name, "Ada Finch");
  EXPECT_EQ(all[0].sides[1].answer, "Torm");
  EXPECT_EQ(all[1].entity.name, "Orsenia");
  EXPECT_EQ(all[1].sides[0].answer, "Brenn");
}

TEST_F(ListConflictsTest, AnOfficeHasOneHolderHoweverItIsCalled) {
  Entity("Union");
  Say("Ada Finch", "be", "Union chief");
  Say("Daro Venn", "be", "Secretary General of the Union");
  Say("Finch", "be", "Union Secretary General");  // may well be Ada
  Say("Daro Venn", "be", "Committee chief");      // of what is no entity
  const auto all = All();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].predicate, "secretary general");
  EXPECT_EQ(all[0].entity.name, "Union");
  EXPECT_EQ(all[0].sides[0].answer, "Ada Finch");
  EXPECT_EQ(all[0].sides[0].documents, 2u);
  EXPECT_EQ(all[0].sides[1].answer, "Daro Venn");
}

TEST_F(ListConflictsTest, FiltersChoose) {
  Say("Talvia", "send", "shells");
  Say("Talvia", "send", "shells").polarity = Polarity::kNegative;
  Say("Orsenia", "buy", "ships").modality = Modality::kDenied;
  Say("Orsenia", "buy", "ships").confidence = 0.3;
  EXPECT_THAT(All(), SizeIs(2));
  EXPECT_EQ(Documents({.entity = "talvia"}), "d1 / d2");
  EXPECT_EQ(Documents({.entity = "ships"}), "d4 / d3");
  EXPECT_EQ(Documents({.entity = "nobody"}), "");
  EXPECT_EQ(Documents({.predicate = "dispatch"}), "d1 / d2");
  EXPECT_EQ(Documents({.kinds = {ConflictKind::kDenial}}), "d4 / d3");
  EXPECT_EQ(Documents({.min_confidence = 0.5}), "d1 / d2");
  EXPECT_THAT(All({.time = TimeInterval{"2025-03-10", ""}}), SizeIs(2));
  EXPECT_THAT(All({.time = TimeInterval{"2025-03-11", ""}}), IsEmpty());
  EXPECT_THAT(Ask({.entity = EntityId(999)}), StatusIs(absl::StatusCode::kNotFound, ::testing::_));
}

TEST_F(ListConflictsTest, WhatNobodyContestsIsNotRead) {
  for (int i = 0; i < 100; ++i) {
    Say("Talvia", "send", "thing " + std::to_string(i));
  }
  Say("Talvia", "send", "shells");
  Say("Talvia", "dispatch", "shells").polarity = Polarity::kNegative;
  Say("Orsenia", "buy", "ships").quantity = Quantity{3, 3, "", Bound::kExact};
  Say("Orsenia", "buy", "ships").quantity = Quantity{9, 9, "", Bound::kExact};
  Say("Brenn", "be the capital of", "Orsenia");
  Say("Torm", "be the capital of", "Orsenia");
  for (int i = 0; i < 2000; ++i) {
    Say("Ada Finch", "visit", "town " + std::to_string(i));
  }
  // A page whose work is bounded has all three.
  const auto page = Ask({}, {.max_work = 2000});
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->items, SizeIs(3));
  EXPECT_TRUE(page->next_token.empty());
}

// Pages of every kind add up to the whole; every conflict is found by the entities in it and by
// nothing else.
TEST_F(ListConflictsTest, EachComesOnce) {
  EXPECT_THAT(rules_.Add("same: predicate 1, predicate 2\none-object: predicate 3\n"
                         "one-subject: predicate 4\n",
                         "rules"),
              IsOk());
  const std::set<ConflictKind> every = {ConflictKind::kPolarity, ConflictKind::kDenial,
                                        ConflictKind::kQuantity, ConflictKind::kExclusive,
                                        ConflictKind::kSeries};
  for (uint64_t seed = 1; seed <= 4; ++seed) {
    model_ = GraphModel::Random(seed, {.documents = 8, .entities = 6, .terms = 4, .evidence = 90});
    for (auto& [key, evidence] : model_.evidence) {
      if (key.ordinal % 3 == 0) {
        const auto value = static_cast<double>(key.ordinal % 4);
        evidence.quantity = Quantity{value, value, "", Bound::kExact};
      }
    }
    const auto whole = Ask({.kinds = every},
                           {.max_items = 100'000, .max_bytes = 1 << 30, .max_work = 1'000'000'000});
    ASSERT_THAT(whole, IsOk());
    EXPECT_FALSE(whole->items.empty());
    for (const PageRequest& page : AllKindsOfPages()) {
      EXPECT_EQ(ReadAll<ConflictView>(
                    page, [&](const PageRequest& p) { return AskAgain({.kinds = every}, p); }),
                whole->items);
    }
    std::vector<ConflictView> by_entity;
    for (const auto& [id, entity] : model_.entities) {
      const auto some = ReadAll<ConflictView>(
          {}, [&](const PageRequest& p) { return AskAgain({.entity = id, .kinds = every}, p); });
      for (std::size_t i = 0; i < some.size(); ++i) {
        EXPECT_EQ(std::count(some.begin(), some.end(), some[i]), 1);
        EXPECT_EQ(std::count(whole->items.begin(), whole->items.end(), some[i]), 1);
      }
      by_entity.insert(by_entity.end(), some.begin(), some.end());
    }
    for (const ConflictView& conflict : whole->items) {
      EXPECT_GE(std::count(by_entity.begin(), by_entity.end(), conflict), 1);
    }
  }
}

}  // namespace
}  // namespace dossier
