// Part-of-speech tags from left to right: a greedy averaged perceptron over words, affixes, shapes
// and the two tags before (Collins 2002; feature set after Ratnaparkhi 1996).
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_TAGGER_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_TAGGER_H_

#include <array>
#include <cstdint>
#include <span>

#include "plugins/english/model/weight_table.h"
#include "plugins/english/syntax/lexeme.h"

namespace dossier::english {

inline constexpr size_t kTagFeatures = 43;
using TagFeatures = std::array<uint64_t, kTagFeatures>;

// What a sentence's capitals are worth: in a heading "Most Words Begin With One".
bool IsMostlyCapital(std::span<const Lexeme> sentence);

// The features of word `i`, given the tags of the words before it.
void ExtractTagFeatures(std::span<const Lexeme> sentence, bool mostly_capital,
                        std::span<const uint8_t> tags, size_t i, TagFeatures& features);

// Thread-safe; borrows the bytes of its weights.
class Tagger {
 public:
  bool Open(std::span<const std::byte> section) { return weights_.Open(section); }
  uint32_t tag_count() const { return weights_.classes(); }

  // Fills `tags`, one per word.
  void Tag(std::span<const Lexeme> sentence, std::span<uint8_t> tags) const;

 private:
  SparseWeights weights_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_TAGGER_H_
