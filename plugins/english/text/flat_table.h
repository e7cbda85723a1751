// Tables copied from a page so that every cell became a line: "Port", "Ships", "Loss", "Brenn",
// "27", "40", "Lorn", "3", "6", ...
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_FLAT_TABLE_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_FLAT_TABLE_H_

#include <string_view>
#include <vector>

#include "plugins/english/text/layout.h"

namespace dossier::english {

// Joins the lines of such a table to one block of kind kRow for the heading and one for each row.
//
// Only what can hardly be anything else is joined: at least three rows of one name and the same
// number of figures, two or more, below a heading of as many words as a row has cells, or of years.
// A list of names with one figure each is as often a menu, a score or a label with its value; names
// beside words can be cut in several ways; more lines above than a heading and a title may be a
// site's menu. All these stay as they are.
//
// Call it on what FindBlocks() returns. Linear time.
void JoinFlatTables(std::string_view text, std::vector<Block>* blocks);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_FLAT_TABLE_H_
