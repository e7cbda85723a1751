#include "plugins/english/values/counted.h"

namespace dossier::english {
namespace {

constexpr size_t kMaxWords = 8;  // in one noun phrase

bool IsNoun(std::string_view tag) { return tag.starts_with("NN"); }
bool IsPlural(std::string_view tag) { return tag == "NNS" || tag == "NNPS"; }

// Words that may stand between a number and its noun.
bool IsModifier(std::string_view tag) {
  return tag.starts_with("JJ") || tag == "VBN" || tag == "VBG" || tag == "HYPH" || tag == "AFX";
}

bool IsTimeName(const Atoms& atoms, size_t i) {
  const Part part = atoms[i].entry->part;
  return atoms[i].capital && (part == Part::kWeekday || part == Part::kMonth);
}

// The first atom of the token after the one that holds atom i.
size_t NextToken(const Atoms& atoms, size_t i) {
  const uint32_t token = atoms[i].token;
  size_t next = i + 1;
  for (size_t n = 0; n < kMaxWords && next < atoms.size() && atoms[next].token == token; ++n) {
    ++next;
  }
  return next;
}

std::string Singular(std::string_view form) {
  std::string word;
  for (const char c : form) word += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  if (word == "centuries") return "century";
  if (word.size() > 1 && word.back() == 's') word.pop_back();
  return word;
}

}  // namespace

std::optional<Counted> ReadCounted(const Atoms& atoms, size_t i, bool plural) {
  if (!atoms.Joined(i)) return std::nullopt;
  if (atoms.Is(i, Part::kUnit)) {
    const std::string_view form = atoms.Form(i);
    return Counted{i + 1, Singular(form), form.ends_with('s')};
  }
  size_t head = 0;
  bool found = false;
  for (size_t n = 0; n < kMaxWords; ++n, i = NextToken(atoms, i)) {
    if (!atoms.Joined(i) || IsTimeName(atoms, i)) break;
    const std::string_view tag = atoms.Tag(i);
    if (IsNoun(tag)) {
      const bool after_plural = found && IsPlural(atoms.Tag(head));
      if (after_plural && !IsPlural(tag)) break;
      head = i;
      found = true;
    } else if (tag == "CC") {
      // "Artillery and missile rounds": one noun phrase, as its number still lacks a plural.
      if (!found || !plural || atoms.Tag(head) != "NN") break;
    } else if (!IsModifier(tag) || (found && tag != "HYPH")) {
      break;
    }
  }
  if (!found) return std::nullopt;
  const std::string_view tag = atoms.Tag(head);
  if (plural && tag == "NNP") return std::nullopt;
  const std::string_view lemma = atoms.annotation().Lemma(atoms[head].token);
  return Counted{NextToken(atoms, head), std::string(lemma.empty() ? atoms.Form(head) : lemma),
                 IsPlural(tag)};
}

}  // namespace dossier::english
