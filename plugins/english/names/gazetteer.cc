#include "plugins/english/names/gazetteer.h"

#include <algorithm>
#include <cstring>

#include "plugins/english/model/hash.h"
#include "plugins/english/syntax/lexeme.h"
#include "plugins/english/text/tokenizer.h"

namespace dossier::english {
namespace {

constexpr uint32_t kContinuesBit = 1u << 13;
constexpr uint32_t kClassesMask = kContinuesBit - 1;
constexpr int kPayloadBits = 14;

uint32_t FirstSlot(uint64_t phrase, uint32_t capacity) {
  return static_cast<uint32_t>(((phrase >> 32) * capacity) >> 32);
}

// Never zero, so that a slot in use is not.
uint32_t Fingerprint(uint64_t phrase) {
  const auto bits = static_cast<uint32_t>(phrase & ((1u << (32 - kPayloadBits)) - 1));
  return (bits == 0 ? 1 : bits) << kPayloadBits;
}

uint32_t LoadSlot(const std::byte* slot) {
  uint32_t value;
  std::memcpy(&value, slot, sizeof value);
  return value;
}

}  // namespace

uint64_t ExtendPhrase(uint64_t phrase, uint64_t word) { return Combine(phrase, word); }

std::optional<Gazetteer> Gazetteer::Open(std::span<const std::byte> section) {
  Gazetteer gazetteer;
  if (section.size() < 4) return std::nullopt;
  gazetteer.capacity_ = LoadSlot(section.data());
  gazetteer.slots_ = section.subspan(4);
  if (gazetteer.capacity_ == 0 || gazetteer.slots_.size() != uint64_t{gazetteer.capacity_} * 4) {
    return std::nullopt;
  }
  return gazetteer;
}

Gazetteer::Entry Gazetteer::Find(uint64_t phrase) const {
  const uint32_t fingerprint = Fingerprint(phrase);
  uint32_t at = FirstSlot(phrase, capacity_);
  for (uint32_t probe = 0; probe < capacity_; ++probe) {
    const uint32_t slot = LoadSlot(slots_.data() + size_t{at} * 4);
    if (slot == 0) return {};
    if ((slot & ~((1u << kPayloadBits) - 1)) == fingerprint) {
      return {static_cast<GazetteerClasses>(slot & kClassesMask), (slot & kContinuesBit) != 0};
    }
    at = at + 1 == capacity_ ? 0 : at + 1;
  }
  return {};
}

void GazetteerBuilder::Add(std::string_view phrase, GazetteerClasses classes) {
  std::vector<Token> tokens;
  Tokenize(phrase, 0, static_cast<uint32_t>(phrase.size()), tokens);
  if (tokens.empty() || tokens.size() > kMaxGazetteerWords) return;
  uint64_t hash = kEmptyPhrase;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    const std::string_view form = phrase.substr(token.begin, token.end - token.begin);
    hash = ExtendPhrase(hash, MakeLexeme(form).lower);
    Gazetteer::Entry& entry = entries_[hash];
    if (i + 1 < tokens.size()) {
      entry.continues = true;
    } else {
      entry.classes = static_cast<GazetteerClasses>(entry.classes | classes);
    }
  }
}

bool GazetteerBuilder::AddLines(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos) return false;
    GazetteerClasses classes = 0;
    for (const char letter : line.substr(tab + 1)) {
      const size_t bit = kGazetteerLetters.find(letter);
      if (bit == std::string_view::npos) return false;
      classes = static_cast<GazetteerClasses>(classes | (1u << bit));
    }
    Add(line.substr(0, tab), classes);
  }
  return true;
}

std::string GazetteerBuilder::Write() const {
  const auto capacity = static_cast<uint32_t>(entries_.size() * 4 / 3 + 1);
  std::vector<uint32_t> slots(capacity, 0);
  for (const auto& [phrase, entry] : entries_) {
    uint32_t at = FirstSlot(phrase, capacity);
    while (slots[at] != 0) at = at + 1 == capacity ? 0 : at + 1;
    slots[at] = Fingerprint(phrase) | (entry.continues ? kContinuesBit : 0) | entry.classes;
  }
  std::string section(4 + slots.size() * 4, '\0');
  std::memcpy(section.data(), &capacity, 4);
  std::memcpy(section.data() + 4, slots.data(), slots.size() * 4);
  return section;
}

}  // namespace dossier::english
