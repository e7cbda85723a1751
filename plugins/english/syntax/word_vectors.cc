#include "plugins/english/syntax/word_vectors.h"

#include <algorithm>
#include <cstring>

#include "plugins/english/model/hash.h"

namespace dossier::english {

std::array<uint64_t, kWordFeatures> WordFeatures(const Lexeme& word) {
  std::array<uint64_t, kWordFeatures> features = {
      word.form,      word.lower,     word.shape,     word.prefix[1], word.prefix[2],
      word.suffix[0], word.suffix[1], word.suffix[2], word.suffix[3], word.suffix[4]};
  for (size_t kind = 0; kind < kWordFeatures; ++kind) {
    features[kind] = Combine(features[kind], kind);
  }
  return features;
}

bool WordVectors::Open(std::span<const std::byte> section) {
  if (!WeightSlots::Open(section) || header_.row_bytes % row_size() != 0) return false;
  const size_t rows = header_.row_bytes / row_size();
  for (uint32_t i = 0; i < header_.capacity + header_.longest_probe; ++i) {
    uint64_t slot;
    std::memcpy(&slot, slots_ + size_t{i} * sizeof slot, sizeof slot);
    if (slot != 0 && slot >> 40 >= rows) return false;
  }
  return true;
}

void WordVectors::Sum(const Lexeme& word, const Kernels& kernels, float* sum) const {
  uint64_t likely[kBatch];
  const std::byte* rows[kBatch];
  const size_t count = Sieve(WordFeatures(word), likely);
  size_t known = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint32_t number = Number(likely[i]);
    if (number == kNone) continue;
    rows[known] = rows_ + number * row_size();
    __builtin_prefetch(rows[known]);
    __builtin_prefetch(rows[known] + 64);
    ++known;
  }
  std::fill(sum, sum + width(), 0.0F);
  for (size_t i = 0; i < known; ++i) {
    float scale;
    std::memcpy(&scale, rows[i], sizeof scale);
    kernels.add(reinterpret_cast<const int8_t*>(rows[i] + sizeof scale), width(), scale, sum);
  }
}

}  // namespace dossier::english
