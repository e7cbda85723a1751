// What the gazetteer compares: words. A run of letters, digits and the marks on them is a word; any
// other character that is not white space is one by itself, and so is each character of a script
// that is written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese). Thus "whole words
// only" holds in every language, and the white space between words does not matter.
#ifndef DOSSIER_PLUGINS_GAZETTEER_WORDS_H_
#define DOSSIER_PLUGINS_GAZETTEER_WORDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dossier::gazetteer {

// How a word is written. A word of one capital has an initial and is not all capitals.
struct Capitals {
  bool initial = false;  // it begins with a capital
  bool all = false;      // two letters or more, all of them capitals
};

struct Word {
  uint32_t begin = 0;  // bytes, [begin, end)
  uint32_t end = 0;
  bool after_blank_line = false;  // the white space before it has a blank line: no name spans that
};

// Walks over the words of a text.
class WordReader {
 public:
  // `text` is valid UTF-8 of less than 4 GiB and outlives the reader.
  explicit WordReader(std::string_view text) : text_(text) {}

  // False at the end of the text. Linear over all calls.
  bool Next(Word* word);

 private:
  std::string_view text_;
  size_t at_ = 0;
};

// `word` as it is compared: Unicode NFKC with full case folding, one kind of apostrophe, one kind
// of hyphen. Replaces *folded, whose memory is used again.
void FoldWord(std::string_view word, std::string* folded);

// `word` as the "exact" comparison has it: the same without the case folding.
void NormalizeWord(std::string_view word, std::string* normalized);

Capitals CapitalsOf(std::string_view word);

}  // namespace dossier::gazetteer

#endif  // DOSSIER_PLUGINS_GAZETTEER_WORDS_H_
