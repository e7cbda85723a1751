// Texts that no newsroom writes, through every extractor. Each must be read to its end, in a time
// that ctest's limit bounds, and what is said about it must be bounded by its length. With
// DOSSIER_LONG_LAWS in the environment the longest have 10 MiB.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "server/base/status_matchers.h"
#include "tests/support/extractors.h"

namespace dossier {
namespace {

std::string Repeat(std::string_view part, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + part.size());
  while (text.size() < bytes) {
    text += part;
  }
  return text;
}

std::size_t Size() {
  return std::getenv("DOSSIER_LONG_LAWS") == nullptr ? std::size_t{1} << 17 : std::size_t{10} << 20;
}

// Enough to tell work that grows with the square.
std::size_t Some() { return Size() / 4; }

void ExpectReads(std::string_view text) {
  static const Extractors extractors;
  const auto extraction = extractors.Run(text);
  ASSERT_THAT(extraction, IsOk());
  for (const ExtractorRun& run : extraction->runs) {
    EXPECT_EQ(run.output.refused, 0u) << run.extractor.id << ": " << run.output.refusals[0];
    std::size_t rows = 0;
    for (const Layer& layer : run.output.layers) {
      rows += layer.rows;
    }
    EXPECT_LE(rows, 8 * text.size() + 64) << run.extractor.id;
    const std::size_t said =
        run.output.mentions.size() + run.output.triples.size() + run.output.propositions.size();
    EXPECT_LE(said, 4 * text.size() + 64) << run.extractor.id;
  }
}

TEST(HostileText, OneEndlessSentence) {
  ExpectReads(Repeat("and the man who saw the port of Brenn said that ", Size()));
}

TEST(HostileText, BracketsThatNeverClose) {
  ExpectReads(std::string(100'000, '('));
  ExpectReads(Repeat("(a ", Some()));
  ExpectReads(Repeat("\"[{<", Some()));
}

TEST(HostileText, OneWordOfDigits) { ExpectReads(std::string(std::size_t{1} << 20, '1')); }

TEST(HostileText, OneWordOfLetters) { ExpectReads(std::string(Size(), 'a')); }

TEST(HostileText, NumbersAndDatesWithoutEnd) {
  ExpectReads(Repeat("1,", Some()));
  ExpectReads(Repeat("1 ", Some()));
  ExpectReads(Repeat("March 3 ", Some()));
  ExpectReads(Repeat("between 5 and ", Some()));
}

TEST(HostileText, CapitalsWithoutEnd) {
  ExpectReads(Repeat("Brenn ", Some()));
  ExpectReads(Repeat("President Okar of ", Some()));
  ExpectReads(Repeat("A.", Some()));
}

TEST(HostileText, LinesAndTabsWithoutEnd) {
  ExpectReads(std::string(Size(), '\n'));
  ExpectReads(Repeat("a\n", Some()));
  ExpectReads(Repeat("- a\tb\n", Some()));
  ExpectReads(Repeat("a | b |", Some()));
  ExpectReads(Repeat("<b>", Some()));
  ExpectReads(Repeat("http://a.", Some()));
}

TEST(HostileText, QuotesAndCommasWithoutEnd) {
  ExpectReads(Repeat("he said, \"", Some()));
  ExpectReads(Repeat("ships, ", Some()));
  ExpectReads(Repeat("he's ", Some()));
}

TEST(HostileText, OtherScriptsAndMarks) {
  ExpectReads(Repeat("東京", Some()));
  ExpectReads("e" + Repeat("\xcc\x81", Some()));
  ExpectReads(Repeat("\xe2\x80\x8f\xd7\x90 ", Some()));
  ExpectReads(Repeat("😀", Some()));
  ExpectReads(Repeat("\xef\xb7\xba", Some()));  // one character that folds to eighteen
}

}  // namespace
}  // namespace dossier
