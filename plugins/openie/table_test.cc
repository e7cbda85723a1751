#include "plugins/openie/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "plugins/openie/tree_text.h"

namespace dossier::openie {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Words(const TableRow& row, const Phrase& cell) {
  std::string out;
  for (int i = cell.begin; i < cell.end; ++i) {
    out += (out.empty() ? "" : " ") + std::string(row.tree[i].text);
  }
  return out;
}

class TableTest : public ::testing::Test {
 protected:
  std::vector<std::string> Add(const std::string& line) {
    lines_.push_back(std::make_unique<TreeText>(Marked(line)));
    TableRow row = ReadRow(lines_.back()->tree(), [](int) { return false; });
    const TableRow copy = row;
    std::vector<std::string> out;
    for (const CellStatement& s : table_.Add(std::move(row))) {
      out.push_back(Words(*s.subject_row, s.subject) + " | " +
                    Words(*s.predicate_row, s.predicate) + " | " + Words(copy, s.object));
    }
    return out;
  }

  // A row of words; "Oslo/O" is a name.
  static std::string Marked(const std::string& line) {
    std::string marked;
    for (size_t begin = 0; begin < line.size();) {
      const size_t end = std::min(line.find(' ', begin), line.size());
      std::string word = line.substr(begin, end - begin);
      const bool name = word.ends_with("/O");
      if (name) word.resize(word.size() - 2);
      const bool mark = word == "|" || word == "--";
      marked += word + (mark ? "/:/punct/0 " : name ? "/NNP/root/0/O " : "/NN/root/0 ");
      begin = end + 1;
    }
    return marked;
  }

  std::vector<std::unique_ptr<TreeText>> lines_;
  Table table_;
};

TEST_F(TableTest, RowsAreSubjects) {
  EXPECT_THAT(Add("| port | ships | daily loss |"), IsEmpty());
  EXPECT_THAT(Add("| -- | -- | -- |"), IsEmpty());
  EXPECT_THAT(Add("| Brenn/O | 27 | 40 |"),
              ElementsAre("Brenn | ships | 27", "Brenn | daily loss | 40"));
  EXPECT_THAT(Add("| Lorn/O | | 6 |"), ElementsAre("Lorn | daily loss | 6"));
}

TEST_F(TableTest, ColumnsAreSubjectsWhereTheyAreNames) {
  EXPECT_THAT(Add("| aspect | Oslo/O | Riga/O |"), IsEmpty());
  EXPECT_THAT(Add("| lead | Ann | Bo |"), ElementsAre("Oslo | lead | Ann", "Riga | lead | Bo"));
}

TEST_F(TableTest, LeavesRowsThatDoNotFit) {
  EXPECT_THAT(Add("port | ships"), IsEmpty());
  EXPECT_THAT(Add("Brenn/O | 27 | 40"), IsEmpty());
  EXPECT_THAT(Add("| |"), IsEmpty());
  table_.Clear();
  EXPECT_THAT(Add("Brenn/O | 27"), IsEmpty());
}

}  // namespace
}  // namespace dossier::openie
