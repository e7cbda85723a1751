#include "server/query/predicate_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

PredicateRules Rules(std::string_view text) {
  PredicateRules rules;
  EXPECT_THAT(rules.Add(text, "file"), IsOk());
  return rules;
}

TEST(PredicateRules, ThoseBuiltInAreSound) {
  const PredicateRules rules = PredicateRules::BuiltIn();
  EXPECT_EQ(rules.Normal("plan to deploy"), "send");
  EXPECT_TRUE(rules.OneObject("be born in"));
  EXPECT_TRUE(rules.FindOffice("NATO Secretary-General").has_value());
}

TEST(PredicateRules, WhatSaysTheSameHasOneForm) {
  const PredicateRules rules = Rules(
      "same: send, dispatch # comment\n"
      "\n"
      "  announces: plan to, be expected to\n"
      "announces: be\n");
  EXPECT_EQ(rules.Normal("dispatch"), "send");
  EXPECT_EQ(rules.Normal("plan to dispatch"), "send");
  EXPECT_EQ(rules.Normal("be expected to plan to send"), "send");
  EXPECT_EQ(rules.Normal("plan to"), "plan to");
  EXPECT_EQ(rules.Normal("plan to sink"), "sink");
  EXPECT_EQ(rules.Normal("sink"), "sink");
  const auto spellings = rules.Spellings("plan to dispatch");
  for (const char* spelling : {"send", "dispatch", "plan to send", "be expected to dispatch"}) {
    EXPECT_THAT(spellings, Contains(spelling));
  }
  EXPECT_THAT(rules.Spellings("sink"), Contains("plan to sink"));
}

// Every spelling has the same normal form, and the same spellings.
TEST(PredicateRules, SpellingsAreAClass) {
  const PredicateRules rules = PredicateRules::BuiltIn();
  for (const char* predicate : {"send", "plan to deploy", "sink", "be told", "supply with"}) {
    auto expected = rules.Spellings(predicate);
    std::sort(expected.begin(), expected.end());
    EXPECT_THAT(expected, Contains(predicate));
    for (const std::string& spelling : expected) {
      EXPECT_EQ(rules.Normal(spelling), rules.Normal(predicate)) << spelling;
    }
  }
}

TEST(PredicateRules, LaterLinesJoinClasses) {
  const PredicateRules rules = Rules(
      "same: send, dispatch\n"
      "same: ship, deliver\n"
      "same: mail, deliver, dispatch\n");
  for (const char* predicate : {"send", "dispatch", "ship", "deliver", "mail"}) {
    EXPECT_EQ(rules.Normal(predicate), rules.Normal("send")) << predicate;
  }
}

TEST(PredicateRules, NamesAreComparedByTheirWords) {
  const PredicateRules rules = Rules("same: troops, soldiers\n");
  EXPECT_EQ(rules.Words("the 1,500 Northern  Soldiers"), rules.Words("Northern troops"));
  EXPECT_THAT(rules.Words("a glass ship"), ElementsAre("glass", "ship"));
  EXPECT_EQ(rules.Words("ships"), rules.Words("SHIP"));
  EXPECT_TRUE(rules.Words("10,000").empty());
}

TEST(PredicateRules, OfficesAreToldInManyWays) {
  const PredicateRules rules = Rules(
      "office: secretary general, secretary-general, chief\n"
      "office: president\n"
      "no-office: vice\n");
  const auto office = rules.FindOffice("NATO Secretary-General");
  ASSERT_TRUE(office.has_value());
  EXPECT_EQ(office->of, "nato");
  for (const char* name : {"NATO chief", "Secretary General of NATO", "chief of the NATO",
                           "NATO’s secretary general"}) {
    EXPECT_EQ(rules.FindOffice(name), office) << name;
  }
  EXPECT_THAT(rules.OfficeNames(*office), Contains("nato chief"));
  EXPECT_THAT(rules.OfficeNames(*office), Contains("secretary-general of nato"));
  EXPECT_THAT(rules.OfficeNames({office->title, "NATO"}), Contains("NATO Secretary-General"));
  EXPECT_EQ(rules.Title(*office), "secretary general");
  EXPECT_NE(rules.FindOffice("President of Orsenia"), office);
  for (const char* name : {"president", "Talvian vice president", "presidential palace", ""}) {
    EXPECT_EQ(rules.FindOffice(name), std::nullopt) << name;
  }
}

TEST(PredicateRules, FaultsSayWhereTheyAre) {
  const auto fault = [](std::string_view text) {
    PredicateRules rules;
    return rules.Add(text, "my.txt");
  };
  EXPECT_THAT(fault("\nsome: send, ship\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("my.txt:2:1: \"some\"")));
  EXPECT_THAT(fault("same: send, , ship"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("my.txt:1:12: a value")));
  EXPECT_THAT(fault("# good\n  same send\n"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("my.txt:2:3: a rule")));
  EXPECT_THAT(fault("same:\n"), Not(IsOk()));
}

}  // namespace
}  // namespace dossier
