#include "plugins/english/model/weight_table.h"

#include <bit>

namespace dossier::english {

bool WeightSlots::Open(std::span<const std::byte> section) {
  if (section.size() < sizeof header_) return false;
  std::memcpy(&header_, section.data(), sizeof header_);
  // Slots past `capacity` let a probe that begins at the last one run on without wrapping.
  const uint64_t slot_bytes = (uint64_t{header_.capacity} + header_.longest_probe) * 8;
  if (header_.capacity == 0 || header_.classes == 0 || header_.classes > 255) return false;
  if (!std::has_single_bit(header_.filter_bits) || header_.filter_bits < 64) return false;
  const uint64_t filter_bytes = header_.filter_bits / 8;
  if (section.size() != sizeof header_ + filter_bytes + slot_bytes + header_.row_bytes) {
    return false;
  }
  filter_ = section.data() + sizeof header_;
  slots_ = filter_ + filter_bytes;
  rows_ = slots_ + slot_bytes;
  return true;
}

bool SparseWeights::Open(std::span<const std::byte> section) {
  if (!WeightSlots::Open(section)) return false;
  for (uint32_t i = 0; i < header_.capacity + header_.longest_probe; ++i) {
    uint64_t slot;
    std::memcpy(&slot, slots_ + uint64_t{i} * 8, sizeof slot);
    if (slot == 0) continue;
    const uint64_t offset = slot >> 32;
    if (offset >= header_.row_bytes) return false;
    const auto count = static_cast<uint64_t>(rows_[offset]);
    if (offset + 1 + 2 * count > header_.row_bytes) return false;
    for (uint64_t c = 1; c <= count; ++c) {
      if (static_cast<uint32_t>(rows_[offset + c]) >= header_.classes) return false;
    }
  }
  return true;
}

}  // namespace dossier::english
