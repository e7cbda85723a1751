#include "plugins/english/text/flat_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace dossier::english {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The rows, with "/" for the end of a line.
std::vector<std::string> Rows(std::string_view text) {
  std::vector<Block> blocks = FindBlocks(text);
  JoinFlatTables(text, &blocks);
  std::vector<std::string> rows;
  for (const Block& block : blocks) {
    if (block.kind != SentenceKind::kRow) continue;
    std::string row(text.substr(block.begin, block.end - block.begin));
    std::ranges::replace(row, '\n', '/');
    rows.push_back(row);
  }
  return rows;
}

TEST(FlatTable, JoinsTheCellsOfARow) {
  EXPECT_THAT(Rows("The ports lost much.\n"
                   "Port\nShips waiting\nLoss\n"
                   "Brenn\n27\n$40 million\nLorn\n3\n–\nCalder Bay\n1,204\n6%\n"
                   "The strike goes on."),
              ElementsAre("Port/Ships waiting/Loss", "Brenn/27/$40 million", "Lorn/3/–",
                          "Calder Bay/1,204/6%"));
}

TEST(FlatTable, LeavesATitleAndWhatFollows) {
  EXPECT_THAT(Rows("Ports in May\nPort\nShips\nLoss\nBrenn\n27\n40\nLorn\n3\n6\nSorle\n1\n2\n"
                   "Harbour office"),
              ElementsAre("Port/Ships/Loss", "Brenn/27/40", "Lorn/3/6", "Sorle/1/2"));
}

TEST(FlatTable, TakesYearsForAHeading) {
  EXPECT_THAT(Rows("Port\n2019\n2020\nBrenn\n27\n40\nLorn\n3\n6\nSorle\n1\n2"),
              ElementsAre("Port/2019/2020", "Brenn/27/40", "Lorn/3/6", "Sorle/1/2"));
}

TEST(FlatTable, ReadsLinesThatAreDoubleSpaced) {
  EXPECT_THAT(
      Rows("Port\n\nShips\n\nLoss\n\nBrenn\n\n27\n\n40\n\nLorn\n\n3\n\n6\n\nSorle\n\n1\n\n2"),
      testing::SizeIs(4));
}

TEST(FlatTable, LeavesOffWhereARowLacksACell) {
  EXPECT_THAT(Rows("Port\nShips\nLoss\nBrenn\n27\n40\nLorn\n3\n6\nSorle\n1\n2\nAsk\n5\nOden\n7\n8"),
              ElementsAre("Port/Ships/Loss", "Brenn/27/40", "Lorn/3/6", "Sorle/1/2"));
}

TEST(FlatTable, LeavesWhatMayBeSomethingElse) {
  const std::vector<std::string> texts = {
      // Two rows only.
      "Port\nShips\nLoss\nBrenn\n27\n40\nLorn\n3\n6",
      // Headlines, with times and without.
      "Storm hits Brenn\nMayor of Lorn resigns\nPort workers walk out\nFerry sinks off Sorle",
      "Storm hits Brenn\n3 h ago\nMayor resigns\n5 h ago\nFerry sinks\n7 h ago",
      // A menu of dishes, and of a site.
      "Menu\nStarters\nSoup\n5\nSalad\n6\nBread\n3",
      "Home\nNews\nSport\nWeather\nVideo\nAbout\nContact",
      // Results below a site's menu.
      "Home\nNews\nSport\nWeather\nVideo\nLive\nBrenn\n3\n1\nLorn\n2\n2\nSorle\n0\n4",
      // Results without a heading.
      "Brenn\n3\n1\nLorn\n2\n2\nSorle\n0\n4",
      // Addresses.
      "Harbour Office\n12 Quay Street\nBrenn\n40211\nFish Market\n3 Mill Lane\nLorn\n40177\n"
      "Town Hall\n1 High Street\nSorle\n40190",
      // Labels with their values.
      "Age\n34\nHeight\n180\nWeight\n75\nGoals\n12",
      // Lists with bullets and numbers.
      "Port\nShips\nLoss\n- Brenn\n27\n40\n- Lorn\n3\n6\n- Sorle\n1\n2",
      "1. Brenn\n2. Lorn\n3. Sorle\n4. Ask",
      // Ranks before the names.
      "Rank\nPort\nShips\n1\nBrenn\n27\n2\nLorn\n3\n3\nSorle\n1",
      // Rows of different shape.
      "Port\nShips\nLoss\nBrenn\n27\n40\nLorn\n3\nSorle\n1\n2\nAsk\n5\n6",
      // Sentences between the cells.
      "Port\nShips\nLoss\nBrenn\n27\n40\nIt rained.\nLorn\n3\n6\nSorle\n1\n2",
  };
  for (const std::string& text : texts) EXPECT_THAT(Rows(text), IsEmpty()) << text;
}

TEST(FlatTable, LeavesASecondTableDirectlyBelow) {
  const std::string rows = "Brenn\n27\n40\nLorn\n3\n6\nSorle\n1\n2\n";
  const std::string first = "Port\nShips\nLoss\n" + rows;
  EXPECT_THAT(Rows(first + "Town\nMen\nBoats\n" + rows), testing::SizeIs(4));
  EXPECT_THAT(Rows(first + "Towns\nTown\nMen\nBoats\n" + rows), testing::SizeIs(8));
}

TEST(FlatTable, KeepsBlocksOfALongTextInOrder) {
  std::string text;
  for (int n = 0; n < 100'000; ++n) text += n % 5 == 4 ? "x.\n" : n % 3 == 0 ? "Brenn\n" : "27\n";
  const std::string cells = "Port\nShips\nLoss\n";
  for (int n = 0; n < 100'000; ++n) text += cells;
  for (int n = 0; n < 300'000; ++n) text += n % 3 == 0 ? "Brenn\n" : "27\n";
  std::vector<Block> blocks = FindBlocks(text);
  JoinFlatTables(text, &blocks);
  uint32_t last = 0;
  for (const Block& block : blocks) {
    ASSERT_LE(last, block.begin);
    ASSERT_LT(block.begin, block.end);
    last = block.end;
  }
}

}  // namespace
}  // namespace dossier::english
