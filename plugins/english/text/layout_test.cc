#include "plugins/english/text/layout.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "plugins/english/text/string_pool.h"

namespace dossier::english {
namespace {

using testing::ElementsAre;

std::vector<std::string> Blocks(std::string_view text) {
  std::vector<std::string> blocks;
  for (const Block& block : FindBlocks(text)) {
    blocks.emplace_back(text.substr(block.begin, block.end - block.begin));
  }
  return blocks;
}

TEST(Layout, PartsLines) {
  EXPECT_THAT(Blocks("Talks fail\n\n  The envoy left. \r\nSo did we.\n"),
              ElementsAre("Talks fail", "The envoy left.", "So did we."));
  EXPECT_THAT(Blocks(""), ElementsAre());
  EXPECT_THAT(Blocks(" \n\t\n\u00A0"), ElementsAre());
}

TEST(Layout, JoinsWrappedLines) {
  const std::string wrapped =
      "The ministry said that the convoy had left the harbour on Sunday and\n"
      "would reach the border within two days.";
  EXPECT_THAT(Blocks(wrapped), ElementsAre(wrapped));
  EXPECT_THAT(Blocks("A short line\nand another"), ElementsAre("A short line", "and another"));
}

TEST(Layout, PartsHtmlBlocksButNotInlineTags) {
  EXPECT_THAT(Blocks("<div><p>One <b>bold</b> line.</p><li>Two</li></div>"),
              ElementsAre("One <b>bold</b> line.", "Two"));
  EXPECT_THAT(Blocks("<script>if (a < b) f();</script>Text"), ElementsAre("Text"));
}

TEST(Layout, TellsItemsAndRows) {
  const std::vector<Block> blocks =
      FindBlocks("- one\n2) two\n• three\na | b | c\nfour\n-5 degrees");
  std::vector<SentenceKind> kinds;
  for (const Block& block : blocks) kinds.push_back(block.kind);
  using enum SentenceKind;
  EXPECT_THAT(kinds, ElementsAre(kItem, kItem, kItem, kRow, kSentence, kSentence));
}

TEST(StringPool, KeepsEachStringOnce) {
  StringPool pool;
  for (int round = 0; round < 2; ++round) {
    for (uint32_t i = 0; i < 1000; ++i) EXPECT_EQ(pool.Intern(std::to_string(i)), i);
  }
  EXPECT_EQ(pool.size(), 1000u);
  EXPECT_EQ(pool[999], "999");
  EXPECT_EQ(pool.offsets().size(), 1001u);
}

}  // namespace
}  // namespace dossier::english
