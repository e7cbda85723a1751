// Texts that no newsroom writes, for tests and measurements of what reads texts.
#ifndef DOSSIER_TESTS_SUPPORT_HOSTILE_TEXTS_H_
#define DOSSIER_TESTS_SUPPORT_HOSTILE_TEXTS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

struct HostileText {
  const char* name;
  const char* begin;  // stands in front, once
  const char* part;   // is repeated
};

inline constexpr HostileText kHostileTexts[] = {
    {"one endless sentence", "", "and the man who saw the port of Brenn said that "},
    {"one endless list", "He saw ", "ships, "},
    {"open brackets", "", "("},
    {"open brackets with words", "", "(a "},
    {"open brackets of all kinds", "", "\"[{<"},
    {"digits", "", "1"},
    {"digits and commas", "", "1,"},
    {"numbers", "", "1 "},
    {"dates", "", "March 3 "},
    {"ranges", "", "between 5 and "},
    {"one word", "", "a"},
    {"one name", "", "Brenn "},
    {"titles", "", "President Okar of "},
    {"initials", "", "A."},
    {"capitals", "", "TALVIA SENDS SHIPS TO THE PORT OF BRENN "},
    {"lines", "", "\n"},
    {"lines of a letter", "", "a\n"},
    {"bullets", "", "- "},
    {"bullets on lines", "", "* a\n"},
    {"items with tabs", "", "- a\tb\n"},
    {"one table row", "", "a | b |"},
    {"tags", "", "<b>"},
    {"entities", "", "&amp;"},
    {"addresses", "", "http://a."},
    {"one quotation mark", "", "\""},
    {"open curly quotation marks", "", "\xe2\x80\x9c"},
    {"apostrophes", "", "'"},
    {"quotations within quotations", "", "he said, \""},
    {"contractions", "", "he's "},
    {"contractions in one word", "a", "'ll"},
    {"hyphens", "", "a-"},
    {"dashes", "", "\xe2\x80\x94"},
    {"full stops", "", "."},
    {"spaces", "", " "},
    {"Chinese", "", "\xe6\x9d\xb1\xe4\xba\xac"},
    {"combining marks", "e", "\xcc\x81"},
    {"right to left", "", "\xe2\x80\x8f\xd7\x90 "},
    {"emoji", "", "\xf0\x9f\x98\x80"},
    {"a character that folds to eighteen", "", "\xef\xb7\xba"},
};

// At least `bytes` long, and no part longer.
inline std::string MakeText(const HostileText& hostile, std::size_t bytes) {
  std::string text = hostile.begin;
  text.reserve(bytes + std::string_view(hostile.part).size());
  while (text.size() < bytes) {
    text += hostile.part;
  }
  return text;
}

}  // namespace dossier

#endif  // DOSSIER_TESTS_SUPPORT_HOSTILE_TEXTS_H_
