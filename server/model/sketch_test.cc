#include "server/model/sketch.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace dossier {
namespace {

std::string Words(std::mt19937_64* random, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += "word" + std::to_string((*random)() % 5000) + " ";
  }
  return text;
}

double Likeness(const std::string& a, const std::string& b) {
  return Resemblance(SketchOf(a, kTextSketchHashes), SketchOf(b, kTextSketchHashes),
                     kTextSketchHashes);
}

TEST(Sketch, HashesStayWhatTheyAre) {
  EXPECT_EQ(SketchOf("The first ship left.", 4), (Sketch{0x53ba1a8f, 0xc8269d07}));
  EXPECT_EQ(SketchOf("", 4), Sketch());
  EXPECT_EQ(SketchOf(" -- ", 4), Sketch());
}

TEST(Sketch, CaseSpaceAndPunctuationDoNotMatter) {
  const Sketch plain = SketchOf("Talvia's ships left the port of Brenn", kTextSketchHashes);
  EXPECT_EQ(plain.size(), 5u);
  EXPECT_EQ(SketchOf("TALVIA’S ships,\n left “the port” of Brenn!", kTextSketchHashes), plain);
  EXPECT_NE(SketchOf("Talvia's ships left the port of Torm", kTextSketchHashes), plain);
}

TEST(Sketch, AFewWordsAreAShingle) {
  EXPECT_EQ(SketchOf("Ships left", 4).size(), 1u);
  EXPECT_NE(SketchOf("Ships left", 4), SketchOf("Ships stayed", 4));
}

TEST(Sketch, ScriptsWithoutSpacesHaveWords) {
  EXPECT_EQ(SketchOf("北京今天下雨", 16).size(), 4u);
  EXPECT_EQ(SketchOf("きょうは雨", 16).size(), 3u);
}

TEST(Sketch, KeepsTheSmallestOfAllHashes) {
  std::mt19937_64 random(1);
  const std::string text = Words(&random, 1000);
  const Sketch all = SketchOf(text, 100'000);
  const Sketch some = SketchOf(text, kTextSketchHashes);
  EXPECT_TRUE(std::is_sorted(all.begin(), all.end()));
  ASSERT_EQ(some.size(), kTextSketchHashes);
  EXPECT_TRUE(std::equal(some.begin(), some.end(), all.begin()));
}

// The estimate keeps to the resemblance of the whole sets.
TEST(Sketch, EstimatesResemblance) {
  std::mt19937_64 random(2);
  for (int i = 0; i < 50; ++i) {
    const std::string shared = Words(&random, 400);
    const std::string a = shared + Words(&random, random() % 400);
    const std::string b = shared + Words(&random, random() % 400);
    const Sketch whole_a = SketchOf(a, 100'000);
    const Sketch whole_b = SketchOf(b, 100'000);
    const double truth = Resemblance(whole_a, whole_b, 100'000);
    Sketch both;
    std::set_intersection(whole_a.begin(), whole_a.end(), whole_b.begin(), whole_b.end(),
                          std::back_inserter(both));
    EXPECT_DOUBLE_EQ(truth, static_cast<double>(both.size()) /
                                static_cast<double>(whole_a.size() + whole_b.size() - both.size()));
    EXPECT_NEAR(Likeness(a, b), truth, 0.25);  // four standard deviations
  }
}

TEST(Sketch, CopiesAreAlikeAndOtherTextsAreNot) {
  std::mt19937_64 random(3);
  const std::string text = Words(&random, 300);
  EXPECT_EQ(Likeness(text, text), 1);
  EXPECT_GT(Likeness(text, "BRENN (Wire) - " + text + " Edited by hand."), 0.8);
  EXPECT_LT(Likeness(text, Words(&random, 300)), 0.1);
  EXPECT_EQ(Likeness(text, ""), 0);
}

TEST(Sketch, PassagesAreSentencesLongEnough) {
  const std::string text =
      "Ships left. The bureau said on Friday that the country had received shells by sea. Again.";
  const Span longer{12, 83};
  const DocumentSketch sketch = SketchDocument(text, {longer, {84, 90}, longer, {0, 11}, {0, 0}});
  ASSERT_EQ(sketch.passages.size(), 1u);
  EXPECT_EQ(sketch.passages[0].sentence, longer);
  EXPECT_EQ(sketch.passages[0].sketch, SketchOf(Slice(text, longer), kPassageSketchHashes));
  EXPECT_EQ(sketch.FindPassage(longer), &sketch.passages[0].sketch);
  EXPECT_EQ(sketch.FindPassage({0, 11}), nullptr);
  const std::string endless(2 * kMaxPassageBytes, 'a');
  EXPECT_TRUE(SketchDocument(endless, {{0, 2 * kMaxPassageBytes}}).passages.empty());
}

}  // namespace
}  // namespace dossier
