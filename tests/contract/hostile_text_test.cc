// Texts that no newsroom writes, through every extractor. Each must be read to its end, in a time
// that ctest's limit bounds, and what is said about it must be bounded by its length.
// hostile_text_bench measures them at any size.
#include <gtest/gtest.h>

#include <cctype>
#include <ostream>
#include <string>

#include "server/base/status_matchers.h"
#include "tests/support/extractors.h"
#include "tests/support/hostile_texts.h"

namespace dossier {

void PrintTo(const HostileText& text, std::ostream* out) { *out << text.name; }

namespace {

constexpr std::size_t kBytes = 1 << 15;  // enough to tell work that grows with the square

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

class HostileTexts : public ::testing::TestWithParam<HostileText> {};

TEST_P(HostileTexts, AreReadToTheirEnd) { ExpectReads(MakeText(GetParam(), kBytes)); }

// "OneEndlessSentence"
std::string TestName(const ::testing::TestParamInfo<HostileText>& text) {
  std::string name;
  bool begins = true;
  for (const char c : std::string_view(text.param.name)) {
    if (c != ' ') {
      name += begins ? static_cast<char>(std::toupper(c)) : c;
    }
    begins = c == ' ';
  }
  return name;
}

INSTANTIATE_TEST_SUITE_P(All, HostileTexts, ::testing::ValuesIn(kHostileTexts), TestName);

// As long as a text may be, for those where length alone has been the trouble.
TEST(HostileText, LongOnes) {
  ExpectReads(MakeText(kHostileTexts[0], std::size_t{1} << 17));
  ExpectReads(std::string(100'000, '('));
  ExpectReads(std::string(std::size_t{1} << 20, '1'));
  ExpectReads(std::string(std::size_t{1} << 20, 'a'));
  ExpectReads(std::string(std::size_t{1} << 20, '\n'));
  ExpectReads(MakeText({"", "a", "'ll"}, std::size_t{1} << 18));
}

}  // namespace
}  // namespace dossier
