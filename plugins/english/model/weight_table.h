// Tables of what a model knows of a feature, by the feature's hash, read in place from the model
// file: a linear model's weights, or the number of something that stands elsewhere. Features are
// told apart by fingerprints, so that a feature the model does not know is taken for one it knows
// once in some hundred million look-ups.
//
// Layout: a header; a filter, in which bit hash % filter_bits is set for every known feature, small
// enough to stay in the cache and to turn most look-ups away; `capacity` slots of 8 bytes with
// linear probing, an all-zero slot being free; and the rows.
#ifndef DOSSIER_PLUGINS_ENGLISH_MODEL_WEIGHT_TABLE_H_
#define DOSSIER_PLUGINS_ENGLISH_MODEL_WEIGHT_TABLE_H_

#include <algorithm>
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
  uint32_t filter_bits;    // a power of two, at least 64
  uint32_t unused[3];
};

// What all tables of features share: the slots and where a hash begins to look.
class WeightSlots {
 public:
  uint32_t classes() const { return header_.classes; }

 protected:
  // Features looked up together, so that their ways to memory overlap.
  static constexpr size_t kBatch = 64;

  // Puts those of at most kBatch features that pass the filter into `likely`, with their slots on
  // the way to the cache; returns how many.
  size_t Sieve(std::span<const uint64_t> features, uint64_t likely[kBatch]) const {
    for (const uint64_t feature : features) {
      __builtin_prefetch(filter_ + (feature & (header_.filter_bits - 1)) / 8);
    }
    size_t count = 0;
    for (const uint64_t feature : features) {
      likely[count] = feature;
      count += MayHave(feature) ? 1u : 0u;
    }
    for (size_t i = 0; i < count; ++i) __builtin_prefetch(slots_ + First(likely[i]) * 8);
    return count;
  }

  bool MayHave(uint64_t feature) const {
    const uint64_t bit = feature & (header_.filter_bits - 1);
    return ((static_cast<uint8_t>(filter_[bit / 8]) >> (bit % 8)) & 1) != 0;
  }

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
  const std::byte* filter_ = nullptr;
  const std::byte* slots_ = nullptr;
  const std::byte* rows_ = nullptr;
};

// Up to 255 classes: 32 bits fingerprint, 32 bits offset of the row: a count n, n classes, n x
// int8.
class SparseWeights : public WeightSlots {
 public:
  static constexpr uint64_t kMask = 0xFFFFFFFF;
  static uint64_t Fingerprint(uint64_t feature) { return (feature & kMask) | 1; }

  bool Open(std::span<const std::byte> section);

  // Adds up the weights of all `features`; `scores` holds classes() numbers.
  void Score(std::span<const uint64_t> features, int32_t* scores) const {
    uint64_t likely[kBatch];
    const std::byte* rows[kBatch];
    for (; !features.empty(); features = features.subspan(std::min(features.size(), kBatch))) {
      const size_t count = Sieve(features.first(std::min(features.size(), kBatch)), likely);
      size_t found = 0;
      for (size_t i = 0; i < count; ++i) {
        const uint64_t slot = Find(likely[i], kMask, Fingerprint(likely[i]));
        rows[found] = rows_ + (slot >> 32);
        __builtin_prefetch(rows[found]);
        found += slot != 0 ? 1u : 0u;
      }
      for (size_t i = 0; i < found; ++i) AddRow(rows[i], scores);
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

// A number below 2^24 per feature: slots of 40 bits fingerprint and 24 bits number.
class FeatureNumbers : public WeightSlots {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;

  // The slot of a feature.
  static uint64_t Slot(uint64_t feature, uint64_t number) {
    return Fingerprint(feature) | number << 40;
  }

  // The number of `feature`; kNone for one that the table does not know.
  uint32_t Number(uint64_t feature) const {
    const uint64_t slot = Find(feature, kMask, Fingerprint(feature));
    return slot == 0 ? kNone : static_cast<uint32_t>(slot >> 40);
  }

 private:
  static constexpr uint64_t kMask = 0xFFFFFFFFFF;
  static uint64_t Fingerprint(uint64_t feature) { return (feature & kMask) | 1; }
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
