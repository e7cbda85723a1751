// A word as numbers: the sum of the vectors of its features that the model knows.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_WORD_VECTORS_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_WORD_VECTORS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "plugins/english/model/weight_table.h"
#include "plugins/english/syntax/kernels.h"
#include "plugins/english/syntax/lexeme.h"

namespace dossier::english {

inline constexpr size_t kWordFeatures = 10;

// The word as written, in lower case and as a shape; its first two and three bytes; its last one to
// five. Part of the model file, as training/syntax/lexeme.py makes them for training.
std::array<uint64_t, kWordFeatures> WordFeatures(const Lexeme& word);

// Thread-safe; borrows the bytes of its section: FeatureNumbers of rows, the header's `classes`
// being the width; a row is a float, the scale, and `width` x int8.
class WordVectors : private FeatureNumbers {
 public:
  bool Open(std::span<const std::byte> section);

  uint32_t width() const { return classes(); }

  // Sets the `width` numbers of `sum`.
  void Sum(const Lexeme& word, const Kernels& kernels, float* sum) const;

 private:
  size_t row_size() const { return sizeof(float) + width(); }
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_WORD_VECTORS_H_
