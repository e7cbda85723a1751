#include "plugins/english/text/flat_table.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/english/text/characters.h"

namespace dossier::english {
namespace {

constexpr size_t kLongestCell = 40;  // bytes
constexpr size_t kMostWords = 5;     // in a cell
constexpr size_t kFewestFigures = 2;
constexpr size_t kFewestRows = 3;  // below the heading

enum class Cell { kNone, kWords, kFigure, kYear };

// "1,204", "-3", "$4.5 million", "12%", "10:30"
bool IsFigure(size_t digits, size_t words, bool starts_with_letter) {
  return digits > 0 && words <= 1 && !starts_with_letter;
}

// What stands for a figure where there is none.
bool IsBlank(std::string_view line) { return line == "-" || line == "–" || line == "—"; }

bool IsStop(char32_t code) {
  constexpr std::u32string_view kStops = U".!?:;,…";
  return kStops.find(code) != kStops.npos;
}

// What a line is as a cell of a table.
Cell ReadCell(std::string_view line) {
  if (line.size() > kLongestCell) return Cell::kNone;
  if (IsBlank(line)) return Cell::kFigure;
  if (IsStop(ReadCharacterBefore(line, line.size()).code)) return Cell::kNone;
  size_t digits = 0, words = 0;
  bool in_word = false;
  for (size_t at = 0; at < line.size();) {
    const Character c = ReadCharacter(line, at);
    digits += c.IsDigit();
    words += c.IsLetter() && !in_word;
    in_word = c.IsLetter() || (in_word && !c.IsSpace());
    at += c.size;
  }
  if (IsFigure(digits, words, ReadCharacter(line, 0).IsLetter())) {
    const bool year = line.size() == 4 && digits == 4 && (line[0] == '1' || line[0] == '2');
    return year ? Cell::kYear : Cell::kFigure;
  }
  return words > 0 && words <= kMostWords ? Cell::kWords : Cell::kNone;
}

// Lines of words and the figures that follow them.
struct Group {
  size_t begin = 0;  // the first block
  size_t words = 0;
  size_t figures = 0;
  size_t years = 0;  // of the figures

  size_t end() const { return begin + words + figures; }
  size_t cells() const { return figures + 1; }  // of a row that is this group's last
};

class Joiner {
 public:
  Joiner(std::string_view text, std::vector<Block>* blocks) : text_(text), blocks_(*blocks) {}

  void Join() {
    FindGroups();
    for (size_t g = 0; g < groups_.size();) g = JoinTable(g);
    KeepTo(blocks_.size());
    blocks_ = std::move(joined_);
  }

 private:
  // Groups follow each other without a gap, or else the first of them has no block before.
  void FindGroups() {
    Group group;
    const auto close = [&](size_t next) {
      if (group.words + group.figures > 0) groups_.push_back(group);
      group = Group{next};
    };
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const Cell cell = CellAt(i);
      if (i > 0 && !Touches(i)) close(i);
      if (cell == Cell::kNone) {
        close(i + 1);
        continue;
      }
      if (cell == Cell::kWords && group.figures > 0) close(i);
      ++(cell == Cell::kWords ? group.words : group.figures);
      group.years += cell == Cell::kYear;
    }
    close(blocks_.size());
  }

  Cell CellAt(size_t i) const {
    const Block& block = blocks_[i];
    if (block.kind != SentenceKind::kSentence) return Cell::kNone;
    return ReadCell(text_.substr(block.begin, block.end - block.begin));
  }

  // Blank space only, and at most one empty line, before block i.
  bool Touches(size_t i) const {
    const size_t begin = blocks_[i - 1].end;
    const std::string_view gap = text_.substr(begin, blocks_[i].begin - begin);
    return gap.find_first_not_of(" \t\r\n") == gap.npos && std::ranges::count(gap, '\n') <= 2;
  }

  bool Follows(size_t g) const {
    return g < groups_.size() && groups_[g].begin == groups_[g - 1].end() &&
           Touches(groups_[g].begin);
  }

  // Joins the table whose heading is in group g, if there is one; the group to go on with.
  size_t JoinTable(size_t g) {
    const Group& first = groups_[g];
    size_t end = g + 1;
    while (Follows(end) && groups_[end].words == 1 && groups_[end].figures == first.figures) ++end;
    const bool years = first.words >= 1 && first.words <= 2 && first.years == first.figures;
    const bool words = first.words == first.cells() + 1 || first.words == first.cells() + 2;
    const size_t rows = end - g - (years ? 1 : 0);
    if (first.figures < kFewestFigures || rows < kFewestRows || !(years || words)) return end;
    const size_t row = first.end() - first.cells();
    const size_t heading = words ? row - first.cells() : row;
    if (FollowsRow(heading)) return end;
    if (words) JoinRow(heading, row);
    JoinRow(row, first.end());
    for (size_t k = g + 1; k < end; ++k) JoinRow(groups_[k].begin, groups_[k].end());
    return end;
  }

  // A second table would be read below the first one's heading.
  bool FollowsRow(size_t i) const {
    if (i == 0) return false;
    const Block& before = kept_ == i ? joined_.back() : blocks_[i - 1];
    return before.kind == SentenceKind::kRow;
  }

  void JoinRow(size_t begin, size_t end) {
    KeepTo(begin);
    joined_.push_back({blocks_[begin].begin, blocks_[end - 1].end, SentenceKind::kRow});
    kept_ = end;
  }

  void KeepTo(size_t end) {
    for (; kept_ < end; ++kept_) joined_.push_back(blocks_[kept_]);
  }

  std::string_view text_;
  std::vector<Block>& blocks_;
  std::vector<Group> groups_;
  std::vector<Block> joined_;
  size_t kept_ = 0;  // blocks that joined_ has
};

}  // namespace

void JoinFlatTables(std::string_view text, std::vector<Block>* blocks) {
  Joiner(text, blocks).Join();
}

}  // namespace dossier::english
