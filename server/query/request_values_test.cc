// EvidenceFilter and external ids.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/query/evidence_filter.h"
#include "server/query/external_id.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

constexpr Polarity kPolarities[] = {Polarity::kPositive, Polarity::kNegative};
constexpr Modality kModalities[] = {Modality::kAsserted, Modality::kReported,    Modality::kPlanned,
                                    Modality::kPossible, Modality::kConditional, Modality::kDenied};

Evidence Stated(Polarity polarity, Modality modality, double confidence) {
  Evidence evidence;
  evidence.polarity = polarity;
  evidence.modality = modality;
  evidence.confidence = confidence;
  return evidence;
}

TEST(EvidenceFilter, DefaultIsPositiveAndAssertedOrReported) {
  for (const Polarity polarity : kPolarities) {
    for (const Modality modality : kModalities) {
      const Evidence evidence = Stated(polarity, modality, 0);
      EXPECT_EQ(EvidenceFilter().Matches(evidence),
                polarity == Polarity::kPositive && modality <= Modality::kReported);
    }
  }
}

// Every filter against every stance: the counts say the same as the evidence.
TEST(EvidenceFilter, CountsAndEvidenceAgree) {
  for (unsigned polarities = 0; polarities < 4; ++polarities) {
    for (unsigned modalities = 0; modalities < 64; ++modalities) {
      std::vector<Polarity> polarity_list;
      std::vector<Modality> modality_list;
      for (const Polarity polarity : kPolarities) {
        if ((polarities >> (static_cast<unsigned>(polarity) - 1) & 1) != 0) {
          polarity_list.push_back(polarity);
        }
      }
      for (const Modality modality : kModalities) {
        if ((modalities >> (static_cast<unsigned>(modality) - 1) & 1) != 0) {
          modality_list.push_back(modality);
        }
      }
      const auto filter = EvidenceFilter::Create(polarity_list, modality_list, 0);
      ASSERT_THAT(filter, IsOk());
      EXPECT_FALSE(filter->needs_evidence());
      EXPECT_FALSE(filter->MayMatch(StanceCounts()));
      for (const Polarity polarity : kPolarities) {
        for (const Modality modality : kModalities) {
          StanceCounts stances;
          stances.at(polarity, modality) = 3;
          const Evidence evidence = Stated(polarity, modality, 1);
          EXPECT_EQ(filter->MayMatch(stances), filter->Matches(evidence));
        }
      }
    }
  }
}

TEST(EvidenceFilter, ATimeWantsEvidenceWithOne) {
  EvidenceFilter filter;
  std::string plain;
  filter.AppendTo(&plain);
  filter.SetTime({"2024-10-01", "2024-10-31"});
  std::string timed;
  filter.AppendTo(&timed);
  EXPECT_NE(plain, timed);
  EXPECT_TRUE(filter.needs_evidence());
  Evidence evidence = Stated(Polarity::kPositive, Modality::kAsserted, 1);
  EXPECT_FALSE(filter.Matches(evidence));
  evidence.time = TimeInterval{"2024-10-31", "2024-11-05"};
  EXPECT_TRUE(filter.Matches(evidence));
  evidence.time = TimeInterval{"2024-11-01", ""};
  EXPECT_FALSE(filter.Matches(evidence));
}

TEST(EvidenceFilter, ConfidenceIsABound) {
  const auto filter = EvidenceFilter::Create({}, {}, 0.5);
  ASSERT_THAT(filter, IsOk());
  EXPECT_TRUE(filter->needs_evidence());
  EXPECT_TRUE(filter->Matches(Stated(Polarity::kPositive, Modality::kAsserted, 0.5)));
  EXPECT_FALSE(filter->Matches(Stated(Polarity::kPositive, Modality::kAsserted, 0.49)));
  for (const double wrong : {-0.1, 1.1, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_THAT(EvidenceFilter::Create({}, {}, wrong),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("min_confidence")));
  }
}

TEST(EvidenceFilter, BytesAreOfOneFilter) {
  const Polarity negative[] = {Polarity::kNegative};
  const Modality denied[] = {Modality::kDenied};
  std::set<std::string> bytes;
  for (const auto& filter :
       {EvidenceFilter(), *EvidenceFilter::Create(negative, {}, 0),
        *EvidenceFilter::Create({}, denied, 0), *EvidenceFilter::Create({}, {}, 0.5)}) {
    std::string of_one;
    filter.AppendTo(&of_one);
    bytes.insert(of_one);
  }
  EXPECT_EQ(bytes.size(), 4u);
}

TEST(ExternalId, ParseIsInverseToFormat) {
  for (const uint64_t id : {uint64_t{1}, uint64_t{17}, uint64_t{9876543210}, ~uint64_t{0} >> 1}) {
    EXPECT_EQ(*ParseEntityId(ExternalId(EntityId(id))), EntityId(id));
    EXPECT_EQ(*ParseTripleId(ExternalId(TripleId(id))), TripleId(id));
  }
  EXPECT_EQ(ExternalId(EntityId(17)), "e17");
  EXPECT_EQ(ExternalId(TripleId(42)), "t42");
  EXPECT_EQ(ExternalId(EntityId()), "");
}

TEST(ExternalId, EverythingElseIsRefused) {
  for (const std::string& text :
       {std::string(), std::string("e"), std::string("17"), std::string("t17"), std::string("e0"),
        std::string("e017"), std::string("e-1"), std::string("e+1"), std::string("e 1"),
        std::string("e1 "), std::string("E1"), std::string("e1x"), std::string("e1\0", 3),
        std::string("e9223372036854775808"), std::string("e99999999999999999999999"),
        std::string(10'000, 'e')}) {
    EXPECT_THAT(ParseEntityId(text), StatusIs(absl::StatusCode::kInvalidArgument,
                                              HasSubstr("is not the id of an entity")));
  }
  EXPECT_THAT(ParseTripleId("e17"), StatusIs(absl::StatusCode::kInvalidArgument,
                                             HasSubstr("\"e17\" is not the id of a triple")));
}

}  // namespace
}  // namespace dossier
