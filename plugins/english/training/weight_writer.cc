#include "plugins/english/training/weight_writer.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "plugins/english/model/weight_table.h"

namespace dossier::english {
namespace {

constexpr double kLoad = 0.85;       // share of the slots that is taken
constexpr uint32_t kFilterBits = 8;  // at least, per feature

float ScaleToInt8(const std::vector<FrozenFeature>& features) {
  std::vector<float> sizes;
  for (const FrozenFeature& feature : features) {
    for (const auto& [of_class, weight] : feature.weights) sizes.push_back(std::abs(weight));
  }
  if (sizes.empty()) return 1;
  const auto cut =
      sizes.begin() + static_cast<std::ptrdiff_t>(sizes.size() - 1 - sizes.size() / 5000);
  std::nth_element(sizes.begin(), cut, sizes.end());
  return 127 / *cut;
}

uint8_t Quantize(float weight, float scale) {
  return static_cast<uint8_t>(std::clamp(std::lround(weight * scale), -127L, 127L));
}

uint64_t SparseSlot(const FrozenFeature& feature, float scale, std::string& rows) {
  const uint64_t slot = SparseWeights::Fingerprint(feature.hash) | uint64_t{rows.size()} << 32;
  rows += static_cast<char>(feature.weights.size());
  for (const auto& [of_class, weight] : feature.weights) rows += static_cast<char>(of_class);
  for (const auto& [of_class, weight] : feature.weights) {
    rows += static_cast<char>(Quantize(weight, scale));
  }
  return slot;
}

}  // namespace

std::string WriteWeights(uint32_t classes, const std::vector<FrozenFeature>& features) {
  const float scale = ScaleToInt8(features);
  std::vector<std::pair<uint64_t, uint64_t>> entries;
  std::string rows;
  for (const FrozenFeature& feature : features) {
    entries.emplace_back(feature.hash, SparseSlot(feature, scale, rows));
  }
  return WriteSlots(classes, entries, rows);
}

std::string WriteSlots(uint32_t classes, const std::vector<std::pair<uint64_t, uint64_t>>& entries,
                       const std::string& rows) {
  WeightTableHeader header = {};
  header.classes = classes;
  header.capacity = static_cast<uint32_t>(static_cast<double>(entries.size()) / kLoad) + 1;
  header.row_bytes = static_cast<uint32_t>(rows.size());
  header.filter_bits = std::bit_ceil(static_cast<uint32_t>(entries.size()) * kFilterBits + 64);
  std::vector<uint64_t> slots(header.capacity);
  std::vector<uint64_t> filter(header.filter_bits / 64);
  for (const auto& [hash, value] : entries) {
    uint64_t place = ((hash >> 32) * header.capacity) >> 32;
    const uint64_t first = place;
    while (place < slots.size() && slots[place] != 0) ++place;
    if (place == slots.size()) slots.push_back(0);
    header.longest_probe = std::max(header.longest_probe, static_cast<uint32_t>(place - first));
    slots[place] = value;
    const uint64_t bit = hash & (header.filter_bits - 1);
    filter[bit / 64] |= uint64_t{1} << bit % 64;
  }
  slots.resize(header.capacity + header.longest_probe);
  std::string bytes(reinterpret_cast<const char*>(&header), sizeof header);
  bytes.append(reinterpret_cast<const char*>(filter.data()), filter.size() * sizeof(uint64_t));
  bytes.append(reinterpret_cast<const char*>(slots.data()), slots.size() * sizeof(uint64_t));
  return bytes + rows;
}

}  // namespace dossier::english
