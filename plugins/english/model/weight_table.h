// Tables of a linear model's weights: from a feature's hash to one small integer per class, read in
// place from the model file. Features are told apart by fingerprints, so that a feature the model
// does not know is taken for one it knows once in some hundred million look-ups.
//
// Layout of both tables: a Header, `capacity` slots of 8 bytes with linear probing, and, for the
// sparse one, the rows. An all-zero slot is free.
#ifndef DOSSIER_PLUGINS_ENGLISH_MODEL_WEIGHT_TABLE_H_
#define DOSSIER_PLUGINS_ENGLISH_MODEL_WEIGHT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>

namespace dossier::english {

struct WeightTableHeader {
  uint32_t classes;
  uint32_t capacity;  // slots
  uint32_t row_bytes;
  uint32_t longest_probe;  // slots beside the first that a look-up may have to see
};

// What the two tables share: the slots and where a hash begins to look.
class WeightSlots {
 public:
  uint32_t classes() const { return header_.classes; }

  // Asks for the cache line that Find will read.
  void Prefetch(uint64_t feature) const { __builtin_prefetch(slots_ + First(feature) * 8); }

 protected:
  // Reads `section` in place; false when its sizes do not agree.
  bool Open(std::span<const std::byte> section);

  // The slot whose bits under `mask` are `fingerprint`; 0 when there is none.
  uint64_t Find(uint64_t feature, uint64_t mask, uint64_t fingerprint) const {
    const std::byte* slot = slots_ + First(feature) * 8;
    for (uint32_t i = 0; i <= header_.longest_probe; ++i, slot += 8) {
      uint64_t value;
      std::memcpy(&value, slot, sizeof value);
      if ((value & mask) == fingerprint) return value;
      if (value == 0) return 0;
    }
    return 0;
  }

  uint64_t First(uint64_t feature) const { return ((feature >> 32) * header_.capacity) >> 32; }

  WeightTableHeader header_ = {};
  const std::byte* slots_ = nullptr;
  const std::byte* rows_ = nullptr;
};

// At most three classes, whose weights stand in the slot: 40 bits fingerprint, 3 x int8.
class DenseWeights : public WeightSlots {
 public:
  static constexpr uint32_t kClasses = 3;
  static constexpr uint64_t kMask = 0xFFFFFFFFFF;
  static uint64_t Fingerprint(uint64_t feature) { return (feature & kMask) | 1; }

  bool Open(std::span<const std::byte> section);

  // Adds up the weights of all `features` per class.
  void Score(std::span<const uint64_t> features, int32_t scores[kClasses]) const {
    for (const uint64_t feature : features) Prefetch(feature);
    for (const uint64_t feature : features) {
      const uint64_t slot = Find(feature, kMask, Fingerprint(feature));
      scores[0] += static_cast<int8_t>(slot >> 40);
      scores[1] += static_cast<int8_t>(slot >> 48);
      scores[2] += static_cast<int8_t>(slot >> 56);
    }
  }
};

// Up to 255 classes: 32 bits fingerprint, 32 bits offset of the row: a count n, n classes, n x int8.
class SparseWeights : public WeightSlots {
 public:
  static constexpr uint64_t kMask = 0xFFFFFFFF;
  static uint64_t Fingerprint(uint64_t feature) { return (feature & kMask) | 1; }

  bool Open(std::span<const std::byte> section);

  // Adds up the weights of all `features`; `scores` holds classes() numbers.
  void Score(std::span<const uint64_t> features, int32_t* scores) const {
    for (const uint64_t feature : features) Prefetch(feature);
    for (const uint64_t feature : features) {
      const uint64_t slot = Find(feature, kMask, Fingerprint(feature));
      if (slot != 0) AddRow(rows_ + (slot >> 32), scores);
    }
  }

 private:
  static void AddRow(const std::byte* row, int32_t* scores) {
    const auto count = static_cast<size_t>(row[0]);
    for (size_t i = 1; i <= count; ++i) {
      scores[static_cast<size_t>(row[i])] += static_cast<int8_t>(row[i + count]);
    }
  }
};

// The class with the highest score; the first of equals.
inline uint8_t Best(std::span<const int32_t> scores) {
  size_t best = 0;
  for (size_t i = 1; i < scores.size(); ++i) {
    if (scores[i] > scores[best]) best = i;
  }
  return static_cast<uint8_t>(best);
}

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_MODEL_WEIGHT_TABLE_H_
