// The words and marks of a rule file.
#ifndef DOSSIER_PLUGINS_RULES_LEXER_H_
#define DOSSIER_PLUGINS_RULES_LEXER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::rules {

// What is wrong, and where.
struct Fault {
  size_t offset = 0;
  std::string text;
};

struct Lexeme {
  enum class Kind : uint8_t { kWord, kNumber, kString, kRegex, kMark, kEnd };

  Kind kind = Kind::kEnd;
  size_t offset = 0;      // in the file
  std::string text;       // of strings and regular expressions, what stands between the marks
  bool any_case = false;  // kRegex: /.../i
};

// The lexemes of `text`, the last one kEnd, as far as `text` makes sense; then *fault says why it
// does not. Linear.
std::vector<Lexeme> ReadLexemes(std::string_view text, std::vector<Fault>* faults);

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_LEXER_H_
