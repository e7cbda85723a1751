#include "plugins/english/syntax/lemmatizer.h"

#include <algorithm>
#include <charconv>

#include "plugins/english/model/hash.h"

namespace dossier::english {
namespace {

constexpr size_t kLongestWord = 64;

bool ParseEdit(std::string_view line, LemmaEdit& edit) {
  const size_t space = line.find(' ');
  if (space == line.npos || space < 2 || (line[0] != 'k' && line[0] != 'l')) return false;
  edit.lower = line[0] == 'l';
  edit.append = line.substr(space + 1);
  const auto [end, error] = std::from_chars(line.data() + 1, line.data() + space, edit.strip);
  return error == std::errc() && end == line.data() + space;
}

// Whether `at` lies inside a UTF-8 character: edits were learned from English words, and their
// lengths are in bytes.
bool CutsCharacter(std::string_view word, size_t at) {
  return at < word.size() && (static_cast<unsigned char>(word[at]) & 0xC0) == 0x80;
}

}  // namespace

std::array<uint64_t, kLemmaKeys> LemmaKeys(std::string_view lower, std::string_view tag) {
  const uint64_t tag_hash = HashBytes(tag);
  std::array<uint64_t, kLemmaKeys> keys;
  keys[0] = Combine(Combine(HashBytes(lower), tag_hash), kLemmaKeys);
  for (size_t i = 1; i < kLemmaKeys; ++i) {
    const size_t length = kLemmaKeys - 1 - i;
    const std::string_view ending = lower.substr(lower.size() - std::min(length, lower.size()));
    keys[i] = Combine(Combine(HashBytes(ending), tag_hash), length);
  }
  return keys;
}

std::string StraightForm(std::string_view form) {
  std::string straight;
  for (size_t i = 0; i < form.size(); ++i) {
    if (form.substr(i).starts_with("\xE2\x80\x99")) {
      straight += '\'';
      i += 2;
    } else {
      straight += form[i];
    }
  }
  return straight;
}

std::string LowerForm(std::string_view form) {
  std::string lower = StraightForm(form);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return lower;
}

bool Lemmatizer::Open(const ModelFile& file) {
  for (const std::string_view line : file.Lines("lemma.edits")) {
    if (!ParseEdit(line, edits_.emplace_back())) return false;
  }
  return !edits_.empty() && WeightSlots::Open(file.Section("lemma.table"));
}

void Lemmatizer::Lemmatize(std::string_view form, std::string_view tag, std::string& lemma) const {
  lemma = form;
  if (form.size() > kLongestWord) return;
  const std::string lower = LowerForm(form);
  for (const uint64_t key : LemmaKeys(lower, tag)) {
    const size_t number = Number(key);
    if (number >= edits_.size()) continue;  // kNone as well
    const LemmaEdit& edit = edits_[number];
    if (edit.strip > lower.size() || (edit.strip == lower.size() && edit.append.empty())) continue;
    if (CutsCharacter(lower, lower.size() - edit.strip)) continue;
    lemma = edit.lower ? lower : StraightForm(form);
    lemma.resize(lemma.size() - edit.strip);
    lemma += edit.append;
    return;
  }
}

}  // namespace dossier::english
