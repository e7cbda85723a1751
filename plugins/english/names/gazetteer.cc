#include "plugins/english/names/gazetteer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "plugins/english/model/hash.h"
#include "plugins/english/syntax/lexeme.h"
#include "plugins/english/text/tokenizer.h"

namespace dossier::english {
namespace {

constexpr uint32_t kContinuesBit = 1u << 13;
constexpr uint32_t kClassesMask = kContinuesBit - 1;
constexpr int kPayloadBits = 14;

}  // namespace

uint64_t ExtendPhrase(uint64_t phrase, uint64_t word) { return Combine(phrase, word); }

std::optional<Gazetteer> Gazetteer::Open(std::span<const std::byte> section) {
  const auto slots = SlotTable::Open(section, kPayloadBits);
  if (!slots) return std::nullopt;
  Gazetteer gazetteer;
  gazetteer.slots_ = *slots;
  return gazetteer;
}

Gazetteer::Entry Gazetteer::Find(uint64_t phrase) const {
  const auto payload = slots_.Find(phrase);
  if (!payload) return {};
  return {static_cast<GazetteerClasses>(*payload & kClassesMask), (*payload & kContinuesBit) != 0};
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
  std::vector<std::pair<uint64_t, uint32_t>> entries;
  for (const auto& [phrase, entry] : entries_) {
    entries.emplace_back(phrase, (entry.continues ? kContinuesBit : 0) | entry.classes);
  }
  return WriteSlots(entries, kPayloadBits);
}

}  // namespace dossier::english
