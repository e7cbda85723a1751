#include "plugins/english/names/clusters.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "plugins/english/syntax/lexeme.h"

namespace dossier::english {
namespace {

constexpr int kCoarseBits = 6;
constexpr int kPayloadBits = 16;
constexpr uint32_t kCoarseMask = (1u << kCoarseBits) - 1;

// Cuts what stands before the next `end`, or all that is left, off a text, and `end` with it.
std::string_view Cut(std::string_view* text, char end) {
  const std::string_view part = text->substr(0, text->find(end));
  text->remove_prefix(std::min(text->size(), part.size() + 1));
  return part;
}

}  // namespace

std::optional<WordClusters> WordClusters::Open(std::span<const std::byte> section) {
  const auto slots = SlotTable::Open(section, kPayloadBits);
  if (!slots) return std::nullopt;
  WordClusters clusters;
  clusters.slots_ = *slots;
  return clusters;
}

Cluster WordClusters::Find(uint64_t word) const {
  const auto payload = slots_.Find(word);
  if (!payload) return {};
  return {static_cast<uint16_t>(*payload >> kCoarseBits),
          static_cast<uint8_t>(*payload & kCoarseMask)};
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
  std::vector<std::pair<uint64_t, uint32_t>> entries;
  for (const auto& [word, cluster] : words_) {
    entries.emplace_back(word, uint32_t{cluster.fine} << kCoarseBits | cluster.coarse);
  }
  // In an order of their own, so that the same words make the same bytes.
  std::ranges::sort(entries, {}, [](const auto& entry) { return entry.first; });
  return WriteSlots(entries, kPayloadBits);
}

}  // namespace dossier::english
