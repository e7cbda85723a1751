#include "server/ingest/difference.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/ingest/random_documents.h"

namespace dossier {
namespace {

std::vector<PreparedRun> RunsOf(const Document& document, Extraction extraction) {
  return Prepare(document, "", std::move(extraction)).runs;
}

class DifferenceTest : public ::testing::Test {
 protected:
  RandomDocuments random_{std::random_device()()};
};

TEST_F(DifferenceTest, OfAReadingWithItselfIsEmpty) {
  for (int i = 0; i < 200; ++i) {
    const ExtractedDocument made = random_.Make("d");
    const auto runs = RunsOf(made.document, made.extraction);
    EXPECT_TRUE(Compare(runs, runs).empty());
  }
}

TEST_F(DifferenceTest, IsThatOfTheOtherDirectionReversed) {
  for (int i = 0; i < 200; ++i) {
    const ExtractedDocument made = random_.Make("d");
    const auto before = RunsOf(made.document, made.extraction);
    const auto after = RunsOf(made.document, random_.Extract(made.document.text));
    const DifferenceCounts there = CountOf(Compare(before, after));
    const DifferenceCounts back = CountOf(Compare(after, before));
    EXPECT_EQ(back, (DifferenceCounts{there.removed, there.added, there.changed}));
  }
}

// What is not in the difference is in both; with what only the other has it is the other.
TEST_F(DifferenceTest, AccountsForEveryPlace) {
  for (int i = 0; i < 200; ++i) {
    const ExtractedDocument made = random_.Make("d");
    const auto before = RunsOf(made.document, made.extraction);
    const auto after = RunsOf(made.document, random_.Extract(made.document.text));
    std::size_t left = 0;
    for (const PreparedRun& run : before) {
      left += run.triples.size();
    }
    for (const TripleDifference& difference : Compare(before, after)) {
      left += difference.after.size();
      left -= difference.before.size();
    }
    for (const PreparedRun& run : after) {
      left -= run.triples.size();
    }
    EXPECT_EQ(left, 0u);
  }
}

// A reading with two mentions and one triple between them.
class OneTriple : public ::testing::Test {
 protected:
  OneTriple() {
    run_.extractor = {"test.facts", "1", "a", "0"};
    for (const uint32_t begin : {0u, 10u}) {
      PreparedMention mention;
      mention.entity_key = begin == 0 ? "hale" : "vask";
      mention.mention.span = {begin, begin + 4};
      run_.mentions.push_back(mention);
    }
    ExtractedTriple triple;
    triple.sentence = {0, 20};
    triple.object = 1;
    triple.predicate = "meet";
    triple.confidence = 0.5;
    triple.rule = "svo";
    triple.qualifiers.push_back({Role::kWith, {10, 14}, MentionIndex{1}, {}, {}});
    run_.triples.push_back(triple);
  }

  std::vector<TripleDifference> CompareWith(const PreparedRun& other) {
    before_ = {run_};
    after_ = {other};
    return Compare(before_, after_);
  }

  PreparedRun run_;
  std::vector<PreparedRun> before_;
  std::vector<PreparedRun> after_;
};

TEST_F(OneTriple, IsTheSameOfAnotherVersionRuleAndOrderOfMentions) {
  PreparedRun other = run_;
  other.extractor.version = "2";
  other.extractor.sha256 = "b";
  other.extractor.config_hash = "1";
  other.triples[0].rule = "passive";
  std::swap(other.mentions[0], other.mentions[1]);
  other.triples[0].subject = 1;
  other.triples[0].object = 0;
  other.triples[0].qualifiers[0].mention = 0;
  EXPECT_TRUE(CompareWith(other).empty());
}

TEST_F(OneTriple, ChangesWithItsConfidenceQualifiersAndPlaces) {
  std::vector<PreparedRun> others(5, run_);
  others[0].triples[0].confidence = 0.6;
  others[1].triples[0].qualifiers.clear();
  others[2].triples[0].qualifiers[0].mention.reset();
  others[3].triples[0].polarity = Polarity::kNegative;
  others[4].extractor.id = "test.names";
  for (const PreparedRun& other : others) {
    const auto differences = CompareWith(other);
    ASSERT_EQ(differences.size(), 1u);
    EXPECT_EQ(differences[0].kind, DifferenceKind::kChanged);
    ASSERT_EQ(differences[0].before.size(), 1u);
    ASSERT_EQ(differences[0].after.size(), 1u);
    EXPECT_EQ(differences[0].before[0].triple, &before_[0].triples[0]);
    EXPECT_EQ(differences[0].after[0].triple, &after_[0].triples[0]);
  }
}

TEST_F(OneTriple, StatedTwiceIsChangedByTheSecondPlaceAlone) {
  PreparedRun other = run_;
  other.triples.push_back(other.triples[0]);
  other.triples[1].sentence = {30, 40};
  const auto differences = CompareWith(other);
  ASSERT_EQ(differences.size(), 1u);
  EXPECT_EQ(differences[0].kind, DifferenceKind::kChanged);
  EXPECT_TRUE(differences[0].before.empty());
  ASSERT_EQ(differences[0].after.size(), 1u);
  EXPECT_EQ(differences[0].after[0].triple->sentence, (Span{30, 40}));
}

TEST_F(OneTriple, IsAnotherWithAnotherObject) {
  PreparedRun other = run_;
  other.triples[0].object.reset();
  other.triples[0].literal = {LiteralType::kText, "vask"};
  const auto differences = CompareWith(other);
  ASSERT_EQ(differences.size(), 2u);
  EXPECT_EQ(CountOf(differences), (DifferenceCounts{1, 1, 0}));
}

}  // namespace
}  // namespace dossier
