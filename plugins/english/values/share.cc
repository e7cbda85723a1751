#include "plugins/english/values/share.h"

#include "plugins/english/values/counted.h"
#include "plugins/english/values/numeral.h"

namespace dossier::english {
namespace {

// A part of a whole in simple numbers: 2 of 3.
struct Parts {
  size_t next = 0;
  double parts = 1;
  double whole = 0;
};

Quantity Percent(size_t next, double percent, Bound bound) {
  Quantity share;
  share.next = next;
  share.kind = ValueKind::kPercent;
  share.unit = "percent";
  share.value = share.high = percent;
  share.bound = bound;
  return share;
}

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

// Whether the fraction told by the words from `first` to `word` is one where no "of" follows:
// "two thirds", "fell by a THIRD"; "a third man" is not, and "three quarters" may be of a year.
bool StandsAlone(const Atoms& atoms, size_t first, size_t word, double parts) {
  const double whole = atoms[word].entry->value;
  if (parts > 1) return atoms.Is(word, Part::kFraction) && whole != 2 && whole != 4;
  if (!atoms.Joined(first) || !atoms.Is(first - 1, "by")) return false;
  return !atoms.Joined(word + 1) || !ReadCounted(atoms, word + 1, false);
}

// "two-thirds of", "a quarter of", "half of"
std::optional<Parts> ReadFraction(const Atoms& atoms, size_t i, bool bounded) {
  Parts read;
  size_t word = i;
  if (atoms.Is(i, "a") || atoms.Is(i, Part::kCardinal)) {
    if (!atoms.Joined(i + 1)) return std::nullopt;
    if (atoms.Is(i, Part::kCardinal)) read.parts = atoms[i].entry->value;
    word = i + 1;
    if (atoms.Is(word, "-") && atoms.Joined(word + 1)) ++word;
  }
  if (atoms.Is(word, Part::kFraction)) read.whole = atoms[word].entry->value;
  const bool ordinal = word != i && atoms.Is(word, Part::kOrdinal);
  if (ordinal && atoms[word].entry->value > 2) read.whole = atoms[word].entry->value;
  if (word != i && atoms.Is(word, "quarter")) read.whole = 4;
  if (read.whole == 0) return std::nullopt;
  read.next = word + 1;
  const bool joined = atoms.Joined(read.next);
  const bool of = joined && atoms.Is(read.next, "of");
  const bool half = joined && bounded && atoms.Is(word, "half") && !atoms.Is(read.next, "a");
  if (of || half || StandsAlone(atoms, i, word, read.parts)) return read;
  return std::nullopt;
}

// "9 out of 10", "one in five"
std::optional<Parts> ReadOdds(const Atoms& atoms, size_t i) {
  const auto count = ReadNumeral(atoms, i);
  if (!count || count->bound != Bound::kExact) return std::nullopt;
  const size_t of = count->next;
  if (!atoms.Joined(of) || !atoms.Joined(of + 1)) return std::nullopt;
  const bool in = count->bare_one && atoms.Is(of, "in") && atoms.Is(of + 1, Part::kCardinal);
  const bool out = atoms.Is(of, "out") && atoms.Is(of + 1, "of");
  if (!in && !out) return std::nullopt;
  const auto base = ReadNumeral(atoms, of + (in ? 1 : 2));
  if (!base || base->bound == Bound::kAtLeast || base->value < count->value) return std::nullopt;
  if (in && atoms.Is(base->next, Part::kUnit)) return std::nullopt;
  if (base->value == 0) return std::nullopt;
  return Parts{base->next, count->value, base->value};
}

// "most of the fleet", "most ships"; "the most ships" is more than others have, and "most of all"
// no share.
std::optional<Quantity> ReadMost(const Atoms& atoms, size_t i) {
  if (!atoms.Is(i, Part::kMost) || !atoms.Joined(i + 1)) return std::nullopt;
  if (atoms.Joined(i) && (atoms.Is(i - 1, "the") || atoms.Is(i - 1, "at"))) return std::nullopt;
  const bool of = atoms.Is(i + 1, "of") && atoms.Joined(i + 2) && !atoms.Is(i + 2, "all");
  const auto counted = ReadCounted(atoms, i + 1, true);
  const bool share = of || (atoms.Tag(i) == "JJS" && counted && counted->plural);
  if (!share) return std::nullopt;
  return Percent(i + 1, 50, Bound::kAtLeast);
}

// "a majority of", "the vast majority of", "a small minority of"
std::optional<Quantity> ReadMajority(const Atoms& atoms, size_t i) {
  if (!atoms.Is(i, Part::kArticle)) return std::nullopt;
  size_t noun = i + 1;
  if (atoms.Joined(noun) && atoms.Tag(noun).starts_with("JJ")) ++noun;
  if (!atoms.Joined(noun) || !atoms.Joined(noun + 1) || !atoms.Is(noun + 1, "of")) {
    return std::nullopt;
  }
  if (atoms.Is(noun, "majority")) return Percent(noun + 1, 50, Bound::kAtLeast);
  if (atoms.Is(noun, "minority")) return Percent(noun + 1, 50, Bound::kAtMost);
  return std::nullopt;
}

}  // namespace

std::optional<Quantity> ReadShare(const Atoms& atoms, size_t i, bool bounded) {
  if (auto most = ReadMost(atoms, i)) return most;
  if (auto majority = ReadMajority(atoms, i)) return majority;
  auto parts = ReadFraction(atoms, i, bounded);
  if (!parts) parts = ReadOdds(atoms, i);
  if (!parts) return std::nullopt;
  Quantity share = Percent(parts->next, 100 * parts->parts / parts->whole, Bound::kAbout);
  ReadShareOfScale(atoms, &share);
  return share;
}

}  // namespace dossier::english
