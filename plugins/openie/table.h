// Rows of a table: each cell under a heading is a statement about the row or the column.
#ifndef DOSSIER_PLUGINS_OPENIE_TABLE_H_
#define DOSSIER_PLUGINS_OPENIE_TABLE_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "plugins/openie/mention.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// A row of cells: token ranges of its sentence, empty where nothing stands in the cell.
struct TableRow {
  Tree tree;
  std::vector<Phrase> cells;
};

// Cells are parted by bars, and by gaps for which `parts(i)` is true: between tokens i - 1 and i.
TableRow ReadRow(Tree tree, const std::function<bool(int)>& parts);

// One cell as a statement: "Calder Bay | ships waiting | 27".
struct CellStatement {
  const TableRow* subject_row = nullptr;
  Phrase subject;
  const TableRow* predicate_row = nullptr;
  Phrase predicate;
  Phrase object;  // of the row that was read last
};

// The rows of one table, from its heading on.
class Table {
 public:
  // The statements of the row's cells; they borrow the table's rows until the next call. The first
  // row is the heading. Where the heading names things and the rows do not ("| | Oslo | Riga |"),
  // the column is the subject and the row's label the predicate.
  std::vector<CellStatement> Add(TableRow row);

  void Clear() { heading_.reset(); }

 private:
  bool ColumnsAreSubjects() const;

  std::optional<TableRow> heading_;
  std::optional<TableRow> row_;
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_TABLE_H_
