#include "plugins/english/names/slot_table.h"

#include <cstring>

namespace dossier::english {
namespace {

uint32_t FirstSlot(uint64_t hash, uint32_t capacity) {
  return static_cast<uint32_t>(((hash >> 32) * capacity) >> 32);
}

uint32_t PayloadMask(int payload_bits) { return (1u << payload_bits) - 1; }

// Never zero, so that a slot in use is not.
uint32_t Fingerprint(uint64_t hash, int payload_bits) {
  const auto bits = static_cast<uint32_t>(hash) & PayloadMask(32 - payload_bits);
  return (bits == 0 ? 1 : bits) << payload_bits;
}

uint32_t LoadSlot(const std::byte* slot) {
  uint32_t value;
  std::memcpy(&value, slot, sizeof value);
  return value;
}

}  // namespace

std::optional<SlotTable> SlotTable::Open(std::span<const std::byte> section, int payload_bits) {
  SlotTable table;
  if (section.size() < 4) return std::nullopt;
  table.payload_bits_ = payload_bits;
  table.capacity_ = LoadSlot(section.data());
  table.slots_ = section.subspan(4);
  if (table.capacity_ == 0 || table.slots_.size() != uint64_t{table.capacity_} * 4) {
    return std::nullopt;
  }
  return table;
}

std::optional<uint32_t> SlotTable::Find(uint64_t hash) const {
  const uint32_t mask = PayloadMask(payload_bits_);
  const uint32_t fingerprint = Fingerprint(hash, payload_bits_);
  uint32_t at = FirstSlot(hash, capacity_);
  for (uint32_t probe = 0; probe < capacity_; ++probe) {
    const uint32_t slot = LoadSlot(slots_.data() + size_t{at} * 4);
    if (slot == 0) return std::nullopt;
    if ((slot & ~mask) == fingerprint) return slot & mask;
    at = at + 1 == capacity_ ? 0 : at + 1;
  }
  return std::nullopt;
}

std::string WriteSlots(const std::vector<std::pair<uint64_t, uint32_t>>& entries,
                       int payload_bits) {
  const auto capacity = static_cast<uint32_t>(entries.size() * 4 / 3 + 1);
  std::vector<uint32_t> slots(capacity, 0);
  for (const auto& [hash, payload] : entries) {
    uint32_t at = FirstSlot(hash, capacity);
    while (slots[at] != 0) at = at + 1 == capacity ? 0 : at + 1;
    slots[at] = Fingerprint(hash, payload_bits) | payload;
  }
  std::string section(4 + slots.size() * 4, '\0');
  std::memcpy(section.data(), &capacity, 4);
  std::memcpy(section.data() + 4, slots.data(), slots.size() * 4);
  return section;
}

}  // namespace dossier::english
