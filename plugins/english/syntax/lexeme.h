// A word as the tagger and the parser see it: hashes of its parts, computed once.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_LEXEME_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_LEXEME_H_

#include <array>
#include <cstdint>
#include <string_view>

namespace dossier::english {

// Digits count as 0 and curly quotes as straight ones throughout, so that "1,500" and "2,700" are
// one word. Prefixes and suffixes are of the lower-cased word, and count bytes; index i holds i
// + 1.
struct Lexeme {
  uint64_t form = 0;
  uint64_t lower = 0;
  std::array<uint64_t, 3> prefix = {};
  std::array<uint64_t, 5> suffix = {};
  uint64_t shape = 0;  // "Xxx-dd", runs cut at two
  bool capital = false;
};

// Reads at most the first and last 32 bytes of a long word: constant time.
Lexeme MakeLexeme(std::string_view form);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_LEXEME_H_
