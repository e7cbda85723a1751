#include "server/query/alike.h"

#include <gtest/gtest.h>

#include <string>

namespace dossier {
namespace {

StatementWords Words(const PredicateRules& rules, const std::string& subject,
                     const std::string& predicate, const std::string& object) {
  StatementWords words{rules.Words(object), rules.Words(object), rules.Normal(predicate), {}, {}};
  words.all.merge(rules.Words(subject));
  words.all.merge(rules.Words(words.predicate));
  return words;
}

TEST(Likeness, OtherWordsForTheSameAreAlike) {
  const PredicateRules rules = PredicateRules::BuiltIn();
  EXPECT_GE(Likeness(Words(rules, "Okar", "call", "emergency meeting"),
                     Words(rules, "President Okar", "call", "emergency security meeting")),
            kAlike);
  EXPECT_GE(Likeness(Words(rules, "Talvia", "dispatch", "northern soldiers"),
                     Words(rules, "Talvia", "plan to send", "troops")),
            kAlike);
}

TEST(Likeness, TheObjectHasToBeThere) {
  const PredicateRules rules = PredicateRules::BuiltIn();
  EXPECT_EQ(Likeness(Words(rules, "Talvia", "send", "pilots"),
                     Words(rules, "Talvia", "send", "engineers")),
            0);
  EXPECT_LT(Likeness(Words(rules, "Talvia", "welcome", "envoys"),
                     Words(rules, "The council of the Alliance", "expel", "envoys")),
            kAlike);
}

TEST(Likeness, TimesAndNumbersDecide) {
  const PredicateRules rules = PredicateRules::BuiltIn();
  StatementWords a = Words(rules, "ships", "bring", "crates");
  StatementWords b = Words(rules, "crates", "reach", "Brenn by ships");
  const double plain = Likeness(a, b);
  EXPECT_EQ(plain, Likeness(b, a));
  a.time = b.time = TimeInterval{"2025-03-03", "2025-03-09"};
  EXPECT_GT(Likeness(a, b), plain);
  a.quantity = b.quantity = Quantity{30, 30, "", Bound::kExact};
  EXPECT_GT(Likeness(a, b), plain + 0.4);
  b.quantity->value = b.quantity->high = 40;
  EXPECT_EQ(Likeness(a, b), 0);
  b.quantity.reset();
  b.time = TimeInterval{"2025-04-03", "2025-04-09"};
  EXPECT_EQ(Likeness(a, b), 0);
}

}  // namespace
}  // namespace dossier
