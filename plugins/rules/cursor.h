// A place in the lexemes of a rule file, with the steps that a parser takes from there.
#ifndef DOSSIER_PLUGINS_RULES_CURSOR_H_
#define DOSSIER_PLUGINS_RULES_CURSOR_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/rules/lexer.h"

namespace dossier::rules {

// Throws Fault where the text does not go on as it must.
class Cursor {
 public:
  using Kind = Lexeme::Kind;

  explicit Cursor(std::vector<Lexeme> lexemes) : lexemes_(std::move(lexemes)) {}

  // The lexeme here, or so many after it; kEnd at the end and beyond.
  const Lexeme& Now(size_t ahead = 0) const {
    return lexemes_[std::min(at_ + ahead, lexemes_.size() - 1)];
  }
  bool Is(Kind kind, size_t ahead = 0) const { return Now(ahead).kind == kind; }
  bool IsWord(std::string_view word) const { return Is(Kind::kWord) && Now().text == word; }
  bool IsMark(std::string_view mark, size_t ahead = 0) const {
    return Is(Kind::kMark, ahead) && Now(ahead).text == mark;
  }

  void Skip(size_t count = 1) { at_ += count; }
  // Passes it if it is here.
  bool TakeWord(std::string_view word) {
    const bool there = IsWord(word);
    if (there) ++at_;
    return there;
  }
  bool TakeMark(std::string_view mark) {
    const bool there = IsMark(mark);
    if (there) ++at_;
    return there;
  }
  // Passes it; it must be here.
  const Lexeme& Need(Kind kind, const char* what) {
    if (!Is(kind)) Fail(std::string(what) + " is missing here");
    return lexemes_[at_++];
  }
  void NeedMark(std::string_view mark, std::string_view where) {
    if (!TakeMark(mark)) Fail("\"" + std::string(mark) + "\" is missing " + std::string(where));
  }
  [[noreturn]] void Fail(std::string text) const { throw Fault{Now().offset, std::move(text)}; }

 private:
  const std::vector<Lexeme> lexemes_;
  size_t at_ = 0;
};

template <size_t count>
using Words = std::array<std::string_view, count>;

template <size_t count>
std::optional<uint32_t> IndexOf(const Words<count>& words, std::string_view word) {
  const auto* found = std::find(words.begin(), words.end(), word);
  return found == words.end() ? std::nullopt
                              : std::optional(static_cast<uint32_t>(found - words.begin()));
}

template <size_t count>
std::string ListOf(const Words<count>& words) {
  std::string list;
  for (const std::string_view word : words) list.append(list.empty() ? "" : ", ").append(word);
  return list;
}

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_CURSOR_H_
