#include "plugins/english/names/clusters.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>
#include <vector>

#include "plugins/english/syntax/lexeme.h"

namespace dossier::english {
namespace {

constexpr int kCoarseBits = 6;
constexpr int kPayloadBits = 16;
constexpr uint32_t kCoarseMask = (1u << kCoarseBits) - 1;
constexpr uint32_t kPayloadMask = (1u << kPayloadBits) - 1;

uint32_t FirstSlot(uint64_t word, uint32_t capacity) {
  return static_cast<uint32_t>(((word >> 32) * capacity) >> 32);
}

// Never zero, so that a slot in use is not.
uint32_t Fingerprint(uint64_t word) {
  const auto bits = static_cast<uint32_t>(word & 0xFFFF);
  return (bits == 0 ? 1 : bits) << kPayloadBits;
}

uint32_t LoadSlot(const std::byte* slot) {
  uint32_t value;
  std::memcpy(&value, slot, sizeof value);
  return value;
}

// Cuts what stands before the next `end`, or all that is left, off a text, and `end` with it.
std::string_view Cut(std::string_view* text, char end) {
  const std::string_view part = text->substr(0, text->find(end));
  text->remove_prefix(std::min(text->size(), part.size() + 1));
  return part;
}

}  // namespace

std::optional<WordClusters> WordClusters::Open(std::span<const std::byte> section) {
  WordClusters clusters;
  if (section.size() < 4) return std::nullopt;
  clusters.capacity_ = LoadSlot(section.data());
  clusters.slots_ = section.subspan(4);
  if (clusters.capacity_ == 0 || clusters.slots_.size() != uint64_t{clusters.capacity_} * 4) {
    return std::nullopt;
  }
  return clusters;
}

Cluster WordClusters::Find(uint64_t word) const {
  const uint32_t fingerprint = Fingerprint(word);
  uint32_t at = FirstSlot(word, capacity_);
  for (uint32_t probe = 0; probe < capacity_; ++probe) {
    const uint32_t slot = LoadSlot(slots_.data() + size_t{at} * 4);
    if (slot == 0) return {};
    if ((slot & ~kPayloadMask) == fingerprint) {
      return {static_cast<uint16_t>((slot & kPayloadMask) >> kCoarseBits),
              static_cast<uint8_t>(slot & kCoarseMask)};
    }
    at = at + 1 == capacity_ ? 0 : at + 1;
  }
  return {};
}

bool ClusterBuilder::AddLines(std::string_view text) {
  for (uint16_t fine = 0; !text.empty(); ++fine) {
    std::string_view line = Cut(&text, '\n');
    uint8_t coarse = 0;
    const std::string_view number = Cut(&line, '\t');
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), coarse);
    if (error != std::errc() || end != number.data() + number.size()) return false;
    if (fine >= kFineClusters || coarse >= kCoarseClusters) return false;
    while (!line.empty()) {
      words_.try_emplace(MakeLexeme(Cut(&line, ' ')).lower, Cluster{fine, coarse});
    }
  }
  return true;
}

std::string ClusterBuilder::Write() const {
  // In an order of their own, so that the same words make the same bytes.
  std::vector<std::pair<uint64_t, Cluster>> words(words_.begin(), words_.end());
  std::ranges::sort(words, {}, [](const auto& entry) { return entry.first; });
  const auto capacity = static_cast<uint32_t>(words.size() * 4 / 3 + 1);
  std::vector<uint32_t> slots(capacity, 0);
  for (const auto& [word, cluster] : words) {
    uint32_t at = FirstSlot(word, capacity);
    while (slots[at] != 0) at = at + 1 == capacity ? 0 : at + 1;
    slots[at] = Fingerprint(word) | uint32_t{cluster.fine} << kCoarseBits | cluster.coarse;
  }
  std::string section(4 + slots.size() * 4, '\0');
  std::memcpy(section.data(), &capacity, 4);
  std::memcpy(section.data() + 4, slots.data(), slots.size() * 4);
  return section;
}

}  // namespace dossier::english
