#include "server/query/list_conflicts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/query/conflicts_testing.h"

namespace dossier {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRules[] =
    "same: send, dispatch\n"
    "same: troops, soldiers\n"
    "announces: plan to\n"
    "one-object: be born in\n"
    "one-subject: be the capital of\n"
    "office: secretary general, chief\n";

class ListConflictsTest : public ConflictsTest {
 protected:
  ListConflictsTest() : ConflictsTest(kRules) {}
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
                         "one-subject: predicate 4\n"
                         "event-of-subject: presence, predicate 1\n"
                         "event-of-object: presence, predicate 3, predicate 4\n",
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
