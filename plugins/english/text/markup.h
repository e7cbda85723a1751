// HTML left in a text.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_MARKUP_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_MARKUP_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

struct HtmlTag {
  uint32_t size = 0;         // bytes from '<' to '>'; 0: no tag here
  bool breaks_line = false;  // paragraphs, list items, cells, ... but not bold or links
};

// The HTML tag or comment that begins at text[at], which is '<', and ends before `end`. Only names
// that HTML has count, so that "<3" and "a < b" stay text; the content of script and style elements
// counts as part of their tag. Looks at no more than 2 KiB.
HtmlTag ReadHtmlTag(std::string_view text, size_t at, size_t end);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_MARKUP_H_
