// A hash table in a section of a model file, read in place: u32 capacity, then capacity slots of 4
// bytes with linear probing. A slot is the payload in its lower bits and bits of the hash above
// them, never all zero; zero when free.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_SLOT_TABLE_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_SLOT_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace dossier::english {

// Thread-safe; borrows the bytes. One in 2^(32 - payload_bits) unknown hashes that meet a known one
// is taken for it.
class SlotTable {
 public:
  // Empty.
  SlotTable() = default;

  // Nothing when the section's sizes do not agree.
  static std::optional<SlotTable> Open(std::span<const std::byte> section, int payload_bits);

  // The payload of a hash; nothing when it is unknown. Constant time.
  std::optional<uint32_t> Find(uint64_t hash) const;

 private:
  std::span<const std::byte> slots_;
  uint32_t capacity_ = 0;
  int payload_bits_ = 16;
};

// The section with these payloads by their hashes. Its bytes depend on the order of the entries.
std::string WriteSlots(const std::vector<std::pair<uint64_t, uint32_t>>& entries, int payload_bits);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_SLOT_TABLE_H_
