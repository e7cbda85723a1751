// Trees for tests, from one line of text.
#ifndef DOSSIER_PLUGINS_OPENIE_TREE_TEXT_H_
#define DOSSIER_PLUGINS_OPENIE_TREE_TEXT_H_

#include <deque>
#include <string>
#include <string_view>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// A sentence written as tokens "word/TAG/relation/head", separated by spaces: TAG is the Penn
// Treebank tag, from which the universal one follows; heads count from 1, 0 is the root. The lemma
// is the word in lower case unless given: "left=leave/VBD/root/0". After the head may stand "/P"
// for a part of a person's name, "/O" of an organisation's or country's, "/N" of another name, "/T"
// of a time, "/Q" of a quantity; neighbours with the same mark make one.
class TreeText {
 public:
  // The first word begins at `begin` of a document.
  explicit TreeText(std::string_view line, uint32_t begin = 0);
  TreeText(const TreeText&) = delete;
  TreeText& operator=(const TreeText&) = delete;

  const Tree& tree() const { return tree_; }
  const std::string& text() const { return text_; }  // the words with spaces between

 private:
  std::vector<Word> Parse(std::string_view line, uint32_t offset);

  std::string text_;
  std::deque<std::string> lemmas_;
  Tree tree_;
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_TREE_TEXT_H_
