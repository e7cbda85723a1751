#include "plugins/openie/table.h"

#include <algorithm>
#include <utility>

namespace dossier::openie {
namespace {

bool IsBar(const Word& word) { return word.text == "|"; }

// A cell without the marks around it; its head is the last word, whatever the tree says.
Phrase Trimmed(const Tree& tree, int begin, int end) {
  while (begin < end && tree[begin].pos == Pos::kPunct) ++begin;
  while (begin < end && tree[end - 1].pos == Pos::kPunct) --end;
  if (begin == end) return {};
  return {end - 1, begin, end};
}

bool HasName(const TableRow& row, const Phrase& cell) {
  for (int i = cell.begin; i < cell.end; ++i) {
    if (row.tree[i].name != kNone) return true;
  }
  return false;
}

}  // namespace

TableRow ReadRow(Tree tree, const std::function<bool(int)>& parts) {
  std::vector<Phrase> cells;
  int begin = 0;
  for (int i = 0; i <= tree.size(); ++i) {
    const bool bar = i < tree.size() && IsBar(tree[i]);
    if (i < tree.size() && !bar && !(i > 0 && parts(i))) continue;
    // A bar at the edge parts nothing.
    const bool edge = begin == i && (i == 0 || i == tree.size());
    if (!edge) cells.push_back(Trimmed(tree, begin, i));
    begin = bar ? i + 1 : i;
  }
  return {std::move(tree), std::move(cells)};
}

std::vector<CellStatement> Table::Add(TableRow row) {
  std::vector<CellStatement> out;
  const bool bare = std::ranges::all_of(row.cells, [](const Phrase& c) { return c.empty(); });
  if (bare) return out;  // a line below the heading
  if (!heading_) {
    heading_ = std::move(row);
    return out;
  }
  row_ = std::move(row);
  if (row_->cells.size() != heading_->cells.size() || row_->cells.front().empty()) return out;
  const bool columns = ColumnsAreSubjects();
  for (size_t k = 1; k < row_->cells.size(); ++k) {
    if (row_->cells[k].empty() || heading_->cells[k].empty()) continue;
    CellStatement s{&*row_, row_->cells.front(), &*heading_, heading_->cells[k], row_->cells[k]};
    if (columns) {
      std::swap(s.subject_row, s.predicate_row);
      std::swap(s.subject, s.predicate);
    }
    out.push_back(s);
  }
  return out;
}

bool Table::ColumnsAreSubjects() const {
  const std::vector<Phrase>& cells = heading_->cells;
  const bool named = std::all_of(cells.begin() + 1, cells.end(),
                                 [&](const Phrase& cell) { return HasName(*heading_, cell); });
  return named && !HasName(*row_, row_->cells.front());
}

}  // namespace dossier::openie
