// UTF-8 walking and character classes, as far as English text needs them.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_CHARACTERS_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_CHARACTERS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dossier::english {

enum class CharacterClass : uint8_t {
  kSpace,  // white space, control characters, direction marks: never part of a token
  kLower,
  kUpper,
  kLetter,  // of a script without case, and marks that belong to letters
  kDigit,
  kMark,  // punctuation and symbols
};

struct Character {
  char32_t code = 0;
  uint32_t size = 0;  // bytes
  CharacterClass kind = CharacterClass::kSpace;

  bool IsLetter() const {
    return kind == CharacterClass::kLower || kind == CharacterClass::kUpper ||
           kind == CharacterClass::kLetter;
  }
  bool IsDigit() const { return kind == CharacterClass::kDigit; }
  bool IsWord() const { return IsLetter() || IsDigit(); }
  bool IsSpace() const { return kind == CharacterClass::kSpace; }
};

CharacterClass ClassOf(char32_t code);

// The character that begins at `at`; one of size 0 and class kSpace at the end of the text.
// A byte that begins no character counts as a mark of one byte.
Character ReadCharacter(std::string_view text, size_t at);

// The character that ends at `at`.
Character ReadCharacterBefore(std::string_view text, size_t at);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_CHARACTERS_H_
