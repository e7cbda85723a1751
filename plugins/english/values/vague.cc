#include "plugins/english/values/vague.h"

namespace dossier::english {
namespace {

// "HOW many", "AS many", "NOT many": no number of things.
bool IsAskedOrCompared(const Atoms& atoms, size_t i) {
  if (!atoms.Joined(i)) return false;
  return atoms.Is(i - 1, "how") || atoms.Is(i - 1, "as") || atoms.Is(i - 1, "not");
}

// "a RELATIVELY SMALL number"
bool IsModifier(std::string_view tag) {
  return tag == "RB" || tag.starts_with("JJ") || tag == "VBG" || tag == "VBN";
}

}  // namespace

std::optional<Vague> ReadVague(const Atoms& atoms, size_t i) {
  if (atoms.Is(i, Part::kSeveral)) {
    if (IsAskedOrCompared(atoms, i)) return std::nullopt;
    return Vague{i + 1, atoms[i].entry->value};
  }
  if (!atoms.Is(i, Part::kArticle) || atoms.Is(i, "the")) return std::nullopt;
  size_t noun = i + 1;
  for (int n = 0; n < 2 && atoms.Joined(noun) && IsModifier(atoms.Tag(noun)); ++n) {
    if (atoms.Is(noun, Part::kFew)) break;
    ++noun;
  }
  if (!atoms.Joined(noun) || !atoms.Is(noun, Part::kFew)) return std::nullopt;
  const size_t next = noun + 1;
  if (!atoms.Joined(next)) return std::nullopt;
  const bool scale = atoms.Is(next, Part::kHundred) || atoms.Is(next, Part::kScale);
  const bool plain = atoms.Is(noun, "few") || (scale && atoms.Is(noun, "couple"));
  if (!plain && !atoms.Is(next, "of")) return std::nullopt;
  return Vague{next, atoms[noun].entry->value};
}

}  // namespace dossier::english
