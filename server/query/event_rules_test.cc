#include "server/query/event_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/query/predicate_rules.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::Not;

EventRules Rules() {
  EventRules rules;
  rules.AddPredicates(EventPart::kObject, {"presence", "send", "use"});
  rules.AddPredicates(EventPart::kSubject, {"presence", "arrive", "be sent", "send"});
  rules.AddPredicates(EventPart::kSubject, {"death", "die", "arrive"});
  rules.AddKind({"people", "troops", "crew", "glass"});
  rules.AddKind({"arms", "shell", "troops"});
  return rules;
}

TEST(EventRules, APredicateTellsOfOneEvent) {
  const EventRules rules = Rules();
  EXPECT_EQ(rules.Find("send")->event, "presence");
  EXPECT_EQ(rules.Find("send")->part, EventPart::kObject);
  EXPECT_EQ(rules.Find("arrive")->event, "presence");
  EXPECT_EQ(rules.Find("die")->event, "death");
  EXPECT_FALSE(rules.Find("sing").has_value());
  EXPECT_FALSE(rules.Find("").has_value());
}

TEST(EventRules, APrepositionOfPlaceMayFollowWhereTheSubjectTakesPart) {
  const EventRules rules = Rules();
  EXPECT_FALSE(rules.Find("arrive")->placed);
  EXPECT_TRUE(rules.Find("arrive in")->placed);
  EXPECT_TRUE(rules.Find("be sent to")->placed);
  EXPECT_FALSE(rules.Find("send to").has_value());  // its object is the place
  EXPECT_FALSE(rules.Find("be sent by").has_value());
  EXPECT_FALSE(rules.Find("in").has_value());
}

TEST(EventRules, ListsThePredicatesItFinds) {
  const EventRules rules = Rules();
  for (const char* event : {"presence", "death"}) {
    for (const std::string& predicate : rules.Predicates(event)) {
      ASSERT_TRUE(rules.Find(predicate).has_value()) << predicate;
      EXPECT_EQ(rules.Find(predicate)->event, event) << predicate;
    }
  }
  EXPECT_THAT(rules.Predicates("presence"), Contains("arrive in"));
  EXPECT_THAT(rules.Predicates("presence"), Not(Contains("send in")));
}

TEST(EventRules, TheNounTellsTheKind) {
  const EventRules rules = Rules();
  EXPECT_EQ(rules.KindOf("Fresh Troops"), "people");
  EXPECT_EQ(rules.KindOf("troop"), "people");
  EXPECT_EQ(rules.KindOf("crew of the ship"), "people");
  EXPECT_EQ(rules.KindOf("glass"), "people");
  EXPECT_EQ(rules.KindOf("artillery shells"), "arms");
  EXPECT_EQ(rules.KindOf("troop ships"), "");
  EXPECT_EQ(rules.KindOf(""), "");
}

TEST(EventRules, ThoseBuiltInAreSound) {
  const PredicateRules rules = PredicateRules::BuiltIn();
  EXPECT_EQ(rules.events().Find("deploy")->event, "presence");
  EXPECT_EQ(rules.events().Find("be arrested in")->event, "capture");
  EXPECT_EQ(rules.events().KindOf("special forces"), "people");
}

}  // namespace
}  // namespace dossier
