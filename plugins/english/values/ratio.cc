#include "plugins/english/values/ratio.h"

#include <cstdio>
#include <string>

#include "plugins/english/values/counted.h"
#include "plugins/english/values/numeral.h"

namespace dossier::english {
namespace {

std::string Format(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%.10g", value);
  return buffer;
}

}  // namespace

void ReadRatio(const Atoms& atoms, size_t i, Quantity* quantity) {
  if (!atoms.Joined(i) || !atoms.Joined(i + 1)) return;
  size_t noun = i + 1;
  if ((atoms.Is(i, "for") || atoms.Is(i, "to")) &&
      (atoms.Is(i + 1, "every") || atoms.Is(i + 1, "each"))) {
    noun = i + 2;
  } else if (atoms.Is(i, "a") || atoms.Is(i, "an")) {
    const bool rate = quantity->kind == ValueKind::kMoney || atoms.Is(noun, Part::kUnit);
    if (!rate || quantity->unit.empty()) return;
  } else if (!atoms.Is(i, "per")) {
    return;
  }
  std::string per;
  bool plural = false;
  if (const auto count = ReadNumeral(atoms, noun)) {
    if (count->bound == Bound::kAtLeast) return;  // "per several soldiers" is no rate
    per = Format(count->value) + " ";
    plural = count->value != 1;
    noun = count->next;
  }
  const auto counted = ReadCounted(atoms, noun, plural);
  if (!counted) return;
  quantity->unit += (quantity->unit.empty() ? "per " : " per ") + per + counted->lemma;
  quantity->next = counted->next;
}

std::optional<Quantity> ReadOnePer(const Atoms& atoms, size_t i) {
  if (!atoms.Is(i, Part::kArticle) || atoms.Is(i, "the")) return std::nullopt;
  const auto counted = ReadCounted(atoms, i + 1, false);
  if (!counted || counted->plural) return std::nullopt;
  if (!atoms.Joined(counted->next) || atoms.Is(counted->next, Part::kArticle)) return std::nullopt;
  Quantity quantity;
  quantity.value = quantity.high = 1;
  quantity.unit = counted->lemma;
  quantity.next = counted->next;
  ReadRatio(atoms, counted->next, &quantity);
  if (quantity.next == counted->next) return std::nullopt;
  return quantity;
}

}  // namespace dossier::english
