#include "plugins/english/values/share.h"

#include "plugins/english/values/counted.h"
#include "plugins/english/values/numeral.h"

namespace dossier::english {
namespace {

// "of a million homes" after "a quarter": a number, no share.
void ReadShareOfScale(const Atoms& atoms, Quantity* share) {
  const size_t scale = share->next + 2;
  if (!atoms.Joined(share->next) || !atoms.Joined(scale - 1) || !atoms.Joined(scale)) return;
  if (!atoms.Is(share->next, "of") || !atoms.Is(scale - 1, "a")) return;
  if (!atoms.Is(scale, Part::kScale)) return;
  share->kind = ValueKind::kNumber;
  share->value = share->high = share->value / 100 * atoms[scale].entry->value;
  share->next = scale + 1;
  share->unit.clear();
  if (const auto counted = ReadCounted(atoms, scale + 1, true)) share->unit = counted->lemma;
}

}  // namespace

std::optional<Quantity> ReadShare(const Atoms& atoms, size_t i, bool bounded) {
  double parts = 1;
  size_t word = i;
  if (atoms.Is(i, "a") || atoms.Is(i, Part::kCardinal)) {
    if (!atoms.Joined(i + 1)) return std::nullopt;
    if (atoms.Is(i, Part::kCardinal)) parts = atoms[i].entry->value;
    word = i + 1;
    if (atoms.Is(word, "-") && atoms.Joined(word + 1)) ++word;
  }
  double whole = 0;
  size_t next = word + 1;
  if (atoms.Is(word, Part::kFraction)) whole = atoms[word].entry->value;
  if (word != i && atoms.Is(word, Part::kOrdinal)) whole = atoms[word].entry->value;
  if (word != i && atoms.Is(word, "quarter")) whole = 4;
  const bool said =
      whole != 0 && atoms.Joined(next) &&
      (atoms.Is(next, "of") || (bounded && atoms.Is(word, "half") && !atoms.Is(next, "a")));
  if (!said) {
    const auto count = ReadNumeral(atoms, i);
    if (!count) return std::nullopt;
    size_t of = count->next;
    if (!atoms.Joined(of) || !atoms.Joined(of + 1)) return std::nullopt;
    const bool in = count->bare_one && atoms.Is(of, "in") && atoms.Is(of + 1, Part::kCardinal);
    const bool out = atoms.Is(of, "out") && atoms.Is(of + 1, "of");
    if (!in && !out) return std::nullopt;
    const auto base = ReadNumeral(atoms, of + (in ? 1 : 2));
    if (!base || base->many || base->value < count->value) return std::nullopt;
    if (in && atoms.Is(base->next, Part::kUnit)) return std::nullopt;
    parts = count->value;
    whole = base->value;
    next = base->next;
  }
  if (whole == 0) return std::nullopt;
  Quantity share;
  share.next = next;
  share.kind = ValueKind::kPercent;
  share.unit = "percent";
  share.value = share.high = 100 * parts / whole;
  ReadShareOfScale(atoms, &share);
  return share;
}

}  // namespace dossier::english
