// Conflicts between statements of one event in different words.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "server/query/conflicts_testing.h"

namespace dossier {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr char kRules[] =
    "same: send, dispatch\n"
    "same: troops, soldiers\n"
    "event-of-object: presence, send, dispatch, use\n"
    "event-of-subject: presence, arrive, presence\n"
    "event-of-subject: death, die\n"
    "of-kind: people, troops, soldiers, officers, brigade\n"
    "of-kind: arms, shell, rocket\n";

class EventConflictsTest : public ConflictsTest {
 protected:
  EventConflictsTest() : ConflictsTest(kRules) {
    Entity("Talvia", "GPE");
    Entity("Port Brenn", "GPE");
    for (const char* words : {"Talvia troops", "Talvia shells", "Talvia first brigade", "officers",
                              "soldiers", "troops", "rockets", "the war"}) {
      Thing(words);
    }
  }

  // That Talvian officers were sent, and that there is no sign of them; `change` is done to the
  // latter. Whether the two are a conflict.
  bool Meet(const std::function<void(Evidence&)>& change) {
    model_.evidence.clear();
    Evidence& report = Say("Talvia", "send", "officers");
    report.qualifiers.push_back({Role::kTo, {}, Entity("Port Brenn"), 0, {}, {}});
    Evidence& denial = Say("Talvia", "presence", "nowhere");
    denial.polarity = Polarity::kNegative;
    change(denial);
    return !All().empty();
  }
};

TEST_F(EventConflictsTest, ADenialMeetsReportsInOtherWords) {
  Say("Talvia", "send", "officers").modality = Modality::kReported;
  Say("Talvia first brigade", "arrive in", "Port Brenn");
  Say("Orsenia", "use", "Talvia troops").modality = Modality::kDenied;
  Say("Talvia", "send", "rockets");
  const auto all = All();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].kind, ConflictKind::kDenial);
  EXPECT_EQ(all[0].entity.name, "Talvia");
  EXPECT_EQ(all[0].predicate, "event: presence");
  EXPECT_EQ(all[0].object, "people");
  EXPECT_EQ(Documents(), "d1 d2 / d3");
}

TEST_F(EventConflictsTest, NoSignOfAPartyMeetsReportsOfItsPeople) {
  Say("Talvia", "presence in", "Port Brenn").polarity = Polarity::kNegative;
  Say("Talvia troops", "arrive in", "Port Brenn");
  Say("Talvia shells", "arrive in", "Port Brenn");
  EXPECT_EQ(Documents({.kinds = {ConflictKind::kPolarity}}), "d2 / d1");
  EXPECT_THAT(All(), SizeIs(1));
}

TEST_F(EventConflictsTest, OneMatterIsNoEvent) {
  Say("Talvia", "send", "soldiers");
  Say("Talvia", "dispatch", "troops").modality = Modality::kDenied;
  const auto all = All();
  ASSERT_THAT(all, SizeIs(1));
  EXPECT_EQ(all[0].predicate, "send");
  Say("Talvia troops", "arrive in", "Port Brenn");
  EXPECT_EQ(Documents(), "d1 / d2; d3 / d2");
}

TEST_F(EventConflictsTest, WhatDiffersDoesNotMeet) {
  EXPECT_TRUE(Meet([&](Evidence&) {}));
  EXPECT_FALSE(Meet([&](Evidence& e) { e.modality = Modality::kPossible; }));
  EXPECT_FALSE(Meet([&](Evidence& e) { e.polarity = Polarity::kPositive; }));
  EXPECT_FALSE(Meet([&](Evidence&) {  // of somebody else
    model_.evidence.clear();
    Say("Talvia", "send", "officers");
    Say("Orsenia", "presence", "nowhere").polarity = Polarity::kNegative;
  }));
  EXPECT_FALSE(Meet([&](Evidence& e) {  // elsewhere
    e.qualifiers.push_back({Role::kPlace, {}, Entity("Torm"), 0, {}, {}});
  }));
  EXPECT_TRUE(Meet([&](Evidence& e) {  // a place without a name may be any
    e.qualifiers.push_back({Role::kPlace, {}, Thing("the war"), 0, {}, {}});
  }));
  EXPECT_FALSE(Meet([&](Evidence& e) {  // long ago
    e.time = TimeInterval{"2024-01-01", "2024-12-31"};
  }));
  EXPECT_FALSE(Meet([&](Evidence&) {  // another affair
    model_.documents.rbegin()->second.published = "2025-06-10";
  }));
  EXPECT_TRUE(Meet([&](Evidence&) {  // the day after
    model_.documents.rbegin()->second.published = "2025-03-11";
  }));
}

TEST_F(EventConflictsTest, AReportOfATimeThatOnlyANameTellsIsLeftOut) {
  Say("Talvia", "presence", "nowhere").polarity = Polarity::kNegative;
  Say("Talvia", "send", "officers")
      .qualifiers.push_back({Role::kTime, {}, Entity("Orsenian War"), 0, {}, {}});
  EXPECT_THAT(All(), IsEmpty());
}

TEST_F(EventConflictsTest, OtherAgentsDoNotMeet) {
  Say("Orsenia", "use", "Talvia troops").modality = Modality::kDenied;
  Say("Galdia", "use", "Talvia troops");
  EXPECT_THAT(All(), IsEmpty());
  Say("Talvia troops", "arrive in", "Port Brenn");  // whoever used them
  EXPECT_EQ(Documents(), "d3 / d1");
}

TEST_F(EventConflictsTest, APersonIsNoCountry) {
  Entity("Ada Finch", "PERSON");
  Thing("Ada Finch soldiers");
  Say("Ada Finch", "die", "nowhere").polarity = Polarity::kNegative;
  Say("Ada Finch soldiers", "die in", "Port Brenn");
  EXPECT_THAT(All(), IsEmpty());
  Say("Ada Finch", "die in", "Port Brenn");
  EXPECT_EQ(Documents(), "d3 / d1");
}

TEST_F(EventConflictsTest, APredicateThatIsAskedForFindsIt) {
  Say("Orsenia", "use", "Talvia troops").modality = Modality::kDenied;
  Say("Talvia", "presence", "nowhere").modality = Modality::kDenied;
  Say("Talvia troops", "arrive in", "Port Brenn");
  EXPECT_EQ(Documents({.predicate = "use"}), "d3 / d1");
  EXPECT_EQ(Documents({.predicate = "presence"}), "d3 / d2");
  EXPECT_EQ(Documents({.predicate = "arrive in"}), "");
  EXPECT_EQ(Documents({.entity = "Talvia"}), "d3 / d2");
  EXPECT_EQ(Documents({.entity = "Orsenia"}), "d3 / d1");
}

// Statement `number` of a seed, in a document of its own that is called after it.
class EventLawsTest : public EventConflictsTest {
 protected:
  void SayNumber(uint64_t seed, uint64_t number) {
    std::mt19937_64 random(seed * 1000 + number);
    const auto pick = [&](std::initializer_list<const char*> words) {
      return std::string(words.begin()[random() % words.size()]);
    };
    Evidence& evidence =
        Say(pick({"Talvia", "Orsenia", "Talvia troops", "Talvia first brigade", "Talvia shells"}),
            pick({"send", "dispatch", "use", "arrive", "arrive in", "presence", "die"}),
            pick({"Talvia troops", "officers", "rockets", "Port Brenn", "Torm", "soldiers"}));
    model_.documents.rbegin()->second.id = std::to_string(number);
    model_.documents.rbegin()->second.published = pick({"2025-03-10", "2025-03-20", "2025-06-01"});
    evidence.polarity = random() % 3 == 0 ? Polarity::kNegative : Polarity::kPositive;
    evidence.modality = random() % 3 == 0 ? Modality::kDenied : Modality::kReported;
    if (random() % 3 == 0) {
      evidence.qualifiers.push_back(
          {Role::kPlace, {}, Entity(pick({"Torm", "Port Brenn"})), 0, {}, {}});
    }
  }

  void Clear() {
    model_.evidence.clear();
    model_.documents.clear();
    model_.triple_ids.clear();
    model_.predicates.clear();
  }

  // What the conflicts are, whatever the order they are found in and whatever the ids.
  std::multiset<std::string> Described() {
    std::multiset<std::string> described;
    for (const ConflictView& conflict : All()) {
      std::string text =
          conflict.predicate.starts_with("event: ") ? conflict.predicate + conflict.object : "";
      text += " " + std::to_string(static_cast<int>(conflict.kind)) + conflict.entity.name;
      for (const ConflictSide& side : conflict.sides) {
        std::set<std::string> documents;
        for (const StatementView& statement : side.statements) {
          documents.insert(statement.evidence.document_id);
        }
        for (const std::string& document : documents) {
          text += " " + document;
        }
        text += " /";
      }
      described.insert(text);
    }
    return described;
  }

  void Forget(const std::string& document) {
    std::erase_if(model_.evidence, [&](const auto& entry) {
      return model_.documents.at(entry.first.document).id == document;
    });
  }
};

// Conflicts are those of the statements: the order in which these came, and what came and went,
// make no difference.
TEST_F(EventLawsTest, OrderAndWhatIsTakenBackLeaveNoTrace) {
  constexpr uint64_t kStatements = 18;  // so that a side shows all
  std::size_t found = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Clear();
    for (uint64_t i = 0; i < kStatements; ++i) {
      SayNumber(seed, i);
    }
    const std::multiset<std::string> expected = Described();
    found += expected.size();
    Clear();
    std::vector<uint64_t> order(2 * kStatements);
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), std::mt19937_64(seed));
    for (const uint64_t i : order) {
      SayNumber(seed, i);
    }
    for (uint64_t i = kStatements; i < 2 * kStatements; ++i) {
      Forget(std::to_string(i));
    }
    EXPECT_EQ(Described(), expected);
  }
  EXPECT_GT(found, 60u);
}

}  // namespace
}  // namespace dossier
