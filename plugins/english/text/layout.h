// Where a text's lines and HTML blocks part it, before anything is known of its words.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_LAYOUT_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_LAYOUT_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "plugins/english/text/annotation.h"

namespace dossier::english {

// No sentence reaches over a block's ends.
struct Block {
  uint32_t begin = 0;
  uint32_t end = 0;
  SentenceKind kind = SentenceKind::kSentence;  // kHeading is not told yet
};

// Each line of `text` and each HTML block is a block of its own, without the blanks around it,
// except that a line which plainly goes on in the next one is joined to it, and that a dateline is
// a block by itself, of kind kBoilerplate. Linear time.
std::vector<Block> FindBlocks(std::string_view text);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_LAYOUT_H_
