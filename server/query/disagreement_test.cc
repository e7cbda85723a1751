#include "server/query/disagreement.h"

#include <gtest/gtest.h>

#include <deque>
#include <string>
#include <vector>

namespace dossier {
namespace {

using Sides = std::vector<std::vector<std::size_t>>;

// Claims, each in a document of its own unless another is given.
class Claims {
 public:
  Evidence& Add(std::string published = "2025-03-10", uint64_t document = 0, uint64_t source = 0) {
    evidence_.emplace_back();
    claims_.push_back({DocumentNumber(document == 0 ? claims_.size() + 100 : document),
                       EntityId(source), &evidence_.back(), std::move(published), "shell", 0});
    return evidence_.back();
  }
  Evidence& AddFigure(double value, Bound bound = Bound::kExact) {
    Evidence& evidence = Add();
    evidence.quantity = Quantity{value, value, "shell", bound};
    return evidence;
  }
  Claim& last() { return claims_.back(); }
  const std::vector<Claim>& all() const { return claims_; }

 private:
  std::deque<Evidence> evidence_;
  std::vector<Claim> claims_;
};

Evidence& Negative(Evidence& evidence) {
  evidence.polarity = Polarity::kNegative;
  return evidence;
}

TEST(Disagreement, WhatIsSoAndIsNotSo) {
  Claims claims;
  claims.Add();
  Negative(claims.Add()).modality = Modality::kReported;
  claims.Add().modality = Modality::kReported;
  claims.Add().modality = Modality::kPlanned;
  Negative(claims.Add()).modality = Modality::kPossible;
  EXPECT_EQ(FindContradictions(claims.all()),
            (std::vector<Disagreement>{{ConflictKind::kPolarity, Sides{{0, 2}, {1}}}}));
}

TEST(Disagreement, AReportAndItsDenial) {
  Claims claims;
  claims.Add().modality = Modality::kReported;
  claims.Add().modality = Modality::kDenied;
  EXPECT_EQ(FindContradictions(claims.all()),
            (std::vector<Disagreement>{{ConflictKind::kDenial, Sides{{0}, {1}}}}));
}

TEST(Disagreement, OneVoiceDoesNotContradictItself) {
  Claims claims;
  claims.Add("2025-03-10", 7, 3);
  Negative(claims.Add("2025-03-10", 7, 3));
  EXPECT_TRUE(FindContradictions(claims.all()).empty());
  Negative(claims.Add("2025-03-10", 7, 4));
  EXPECT_EQ(FindContradictions(claims.all()),
            (std::vector<Disagreement>{{ConflictKind::kPolarity, Sides{{0}, {2}}}}));
}

TEST(Disagreement, OtherTimesAreNoContradiction) {
  Claims claims;
  claims.Add().time = TimeInterval{"2025-03-01", "2025-03-05"};
  Negative(claims.Add()).time = TimeInterval{"2025-03-06", ""};
  EXPECT_TRUE(FindContradictions(claims.all()).empty());
  Negative(claims.Add());
  EXPECT_EQ(FindContradictions(claims.all()),
            (std::vector<Disagreement>{{ConflictKind::kPolarity, Sides{{0}, {2}}}}));
}

TEST(Disagreement, BoundsDecideWhichNumbersFit) {
  const auto fit = [](double a, Bound bound_a, double b, Bound bound_b) {
    const Quantity first{a, a, "", bound_a};
    const Quantity second{b, b, "", bound_b};
    EXPECT_EQ(Compatible(first, second), Compatible(second, first));
    return Compatible(first, second);
  };
  EXPECT_FALSE(fit(3000, Bound::kExact, 1500, Bound::kExact));
  EXPECT_TRUE(fit(3000, Bound::kExact, 1500, Bound::kAtLeast));
  EXPECT_FALSE(fit(1000, Bound::kExact, 1500, Bound::kAtLeast));
  EXPECT_TRUE(fit(1000, Bound::kExact, 1500, Bound::kAtMost));
  EXPECT_TRUE(fit(12000, Bound::kExact, 13000, Bound::kAbout));
  EXPECT_FALSE(fit(10000, Bound::kExact, 13000, Bound::kAbout));
  EXPECT_TRUE(fit(10, Bound::kAtLeast, 20, Bound::kAtLeast));
  EXPECT_TRUE(Compatible({10, 20, "", Bound::kExact}, {15, 15, "", Bound::kExact}));
  EXPECT_FALSE(Compatible({10, 20, "", Bound::kExact}, {21, 21, "", Bound::kExact}));
}

TEST(Disagreement, NumbersOfOneTimeAreAConflict) {
  Claims claims;
  claims.AddFigure(12000);
  claims.AddFigure(9000);
  claims.AddFigure(12000);
  EXPECT_EQ(FindFigures(claims.all()),
            (std::vector<Disagreement>{{ConflictKind::kQuantity, Sides{{1}, {0, 2}}}}));
}

TEST(Disagreement, NumbersOfOtherTimesAreASeries) {
  Claims claims;
  claims.AddFigure(9000).time = TimeInterval{"2025-04-01", "2025-04-30"};
  claims.AddFigure(12000).time = TimeInterval{"2025-03-01", "2025-03-31"};
  EXPECT_EQ(FindFigures(claims.all()),
            (std::vector<Disagreement>{{ConflictKind::kSeries, Sides{{1}, {0}}}}));
}

TEST(Disagreement, TheDayOfPublicationStandsForATime) {
  Claims claims;
  claims.AddFigure(9000);
  claims.AddFigure(12000);
  claims.last().published = "2025-03-11";
  EXPECT_EQ(FindFigures(claims.all()).front().kind, ConflictKind::kSeries);
  claims.last().published = "";  // unknown: may be the same
  EXPECT_EQ(FindFigures(claims.all()).front().kind, ConflictKind::kQuantity);
}

TEST(Disagreement, PlansHoldFromTheirDayOn) {
  Claims claims;
  claims.AddFigure(12000).modality = Modality::kPlanned;
  Evidence& later = claims.AddFigure(10000);
  later.modality = Modality::kPlanned;
  later.time = TimeInterval{"2025-04-01", "2025-12-31"};
  EXPECT_EQ(FindFigures(claims.all()).front().kind, ConflictKind::kQuantity);
  later.modality = Modality::kAsserted;  // a plan and a fact do not exclude each other
  EXPECT_TRUE(FindFigures(claims.all()).empty());
}

TEST(Disagreement, ABareNumberIsNoShare) {
  Claims claims;
  claims.AddFigure(6).quantity->unit = "percent";
  claims.AddFigure(27).quantity->unit = "";
  EXPECT_TRUE(FindFigures(claims.all()).empty());
}

TEST(Disagreement, OtherThingsUnitsAndPlacesAreNotCompared) {
  const auto compare = [](auto change) {
    Claims claims;
    Evidence& first = claims.AddFigure(9000);
    first.qualifiers.push_back({Role::kTo, {}, EntityId(1), 0, {}, {}});
    Evidence& second = claims.AddFigure(12000);
    change(second, claims.last());
    return FindFigures(claims.all());
  };
  EXPECT_FALSE(compare([](Evidence&, Claim&) {}).empty());
  EXPECT_FALSE(compare([](Evidence&, Claim& claim) { claim.thing = ""; }).empty());
  EXPECT_FALSE(compare([](Evidence& e, Claim&) { e.quantity->unit = ""; }).empty());
  EXPECT_TRUE(compare([](Evidence&, Claim& claim) { claim.thing = "ship"; }).empty());
  EXPECT_TRUE(compare([](Evidence& e, Claim&) { e.quantity->unit = "crate"; }).empty());
  EXPECT_TRUE(compare([](Evidence& e, Claim&) {
                e.qualifiers.push_back({Role::kTo, {}, EntityId(2), 0, {}, {}});
              }).empty());
  EXPECT_FALSE(compare([](Evidence& e, Claim&) {
                 e.qualifiers.push_back({Role::kFrom, {}, EntityId(2), 0, {}, {}});
               }).empty());
}

TEST(Disagreement, OneAnswerAtATime) {
  Claims claims;
  claims.Add("2025-03-10");
  claims.last().answer = 1;
  claims.Add("2025-03-10");
  claims.last().answer = 2;
  claims.Add("2025-03-10");
  claims.last().answer = 1;
  claims.Add("2025-03-11");
  claims.last().answer = 3;
  EXPECT_EQ(FindExclusive(claims.all()),
            (std::vector<Disagreement>{{ConflictKind::kExclusive, Sides{{0, 2}, {1}}}}));
}

}  // namespace
}  // namespace dossier
