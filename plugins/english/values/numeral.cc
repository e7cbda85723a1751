#include "plugins/english/values/numeral.h"

#include "plugins/english/values/vague.h"

namespace dossier::english {
namespace {

constexpr size_t kMaxAtoms = 16;  // in one numeral
constexpr double kDozen = 12;

// Whether atom i goes on a phrase, by a space or a hyphen, which `*word` then skips.
bool Continues(const Atoms& atoms, size_t i, size_t* word) {
  if (!atoms.Joined(i)) return false;
  *word = i;
  if (atoms.Is(i, "-") && atoms[i].glued && atoms[i + 1].glued && atoms.Joined(i + 1))
    *word = i + 1;
  return true;
}

// "of thousands" after "tens", "of millions" after "hundreds".
void ReadOfMany(const Atoms& atoms, Numeral* numeral) {
  const size_t i = numeral->next;
  if (atoms.Joined(i) && atoms.Is(i, "of") && atoms.Joined(i + 1) && atoms.Is(i + 1, Part::kMany)) {
    numeral->scale = atoms[i + 1].entry->value;
    numeral->value *= numeral->scale;
    numeral->next = i + 2;
  }
}

// Scale words after a number: "million", "hundred thousand", "dozen".
void ReadScales(const Atoms& atoms, Numeral* numeral) {
  size_t word = 0;
  for (int n = 0; n < 2 && Continues(atoms, numeral->next, &word); ++n) {
    const Part part = atoms[word].entry->part;
    const bool many =
        part == Part::kMany && atoms[word].entry->value >= 1e3 && numeral->bound == Bound::kAtLeast;
    if (part != Part::kHundred && part != Part::kScale && part != Part::kDozen && !many) return;
    if (part == Part::kDozen && numeral->bound == Bound::kExact) numeral->bound = Bound::kAbout;
    numeral->scale = atoms[word].entry->value;
    numeral->value *= numeral->scale;
    numeral->next = word + 1;
  }
}

std::optional<Numeral> ReadDigits(const Atoms& atoms, size_t i) {
  Numeral numeral;
  numeral.digits = true;
  numeral.value = atoms[i].number;
  numeral.next = i + 1;
  if (atoms.Is(i + 1, AtomKind::kWord) && atoms[i + 1].glued) {
    const std::string_view letters = atoms.Form(i + 1);
    const double scale = SuffixScale(letters);
    // A lone "m" may be metres; the caller who sees money or a counted noun takes it for a million.
    if (scale != 0) {
      numeral.scale = scale;
      numeral.value *= scale;
      numeral.measure = letters == "m" ? letters : std::string_view();
    } else if (!MeasureUnit(letters).empty()) {
      numeral.measure = letters;
    } else {
      return std::nullopt;
    }
    numeral.next = i + 2;
    return numeral;
  }
  ReadScales(atoms, &numeral);
  return numeral;
}

// "a million", "half a million", "half a dozen".
std::optional<Numeral> ReadArticle(const Atoms& atoms, size_t i) {
  Numeral numeral;
  numeral.value = 1;
  numeral.next = i + 1;
  if (atoms.Is(i, "half")) {
    numeral.value = 0.5;
    numeral.bound = Bound::kAbout;
    if (atoms.Joined(i + 1) && (atoms.Is(i + 1, "a") || atoms.Is(i + 1, "-"))) ++numeral.next;
  } else if (!atoms.Is(i, "a") && !atoms.Is(i, "an")) {
    return std::nullopt;
  }
  const size_t scale = numeral.next;
  ReadScales(atoms, &numeral);
  if (numeral.next == scale) return std::nullopt;
  return numeral;
}

// "several boats", "several hundred", "a couple of thousand".
std::optional<Numeral> ReadVagueCount(const Atoms& atoms, size_t i) {
  const auto vague = ReadVague(atoms, i);
  if (!vague) return std::nullopt;
  Numeral numeral;
  numeral.bound = Bound::kAtLeast;
  numeral.value = 2;
  numeral.next = vague->next;
  const bool of = atoms.Is(vague->next, "of");
  if (of) ++numeral.next;
  const size_t scale = numeral.next;
  ReadScales(atoms, &numeral);
  if (numeral.next > scale) return numeral;
  numeral.value = vague->least;
  numeral.next = vague->next;
  numeral.needs_noun = true;
  return numeral;
}

// "dozens", "hundreds", "tens of thousands".
std::optional<Numeral> ReadMany(const Atoms& atoms, size_t i) {
  Numeral numeral;
  numeral.next = i + 1;
  numeral.value = 2 * atoms[i].entry->value;
  numeral.bound = Bound::kAtLeast;
  ReadOfMany(atoms, &numeral);
  // "scores" and "tens" alone are results and prices as often as crowds.
  const bool of = atoms.Joined(numeral.next) && atoms.Is(numeral.next, "of");
  if (!of && (atoms.Is(i, "tens") || atoms.Is(i, "scores"))) return std::nullopt;
  return numeral;
}

// Cardinals with hundreds and scales: "two hundred and fifty thousand".
class WordSum {
 public:
  // Whether the word fits on; if not, nothing changes.
  bool Add(const Entry& entry) {
    switch (entry.part) {
      case Part::kCardinal:
        return AddCardinal(entry.value);
      case Part::kHundred:
        if (group_ == 0 || group_ >= 100) return false;
        group_ *= 100;
        break;
      case Part::kDozen:
        if (group_ == 0 || group_ >= 100) return false;
        group_ *= kDozen;
        break;
      case Part::kScale:
        if (group_ == 0 || entry.value >= last_scale_) return false;
        total_ += group_ * entry.value;
        group_ = 0;
        last_scale_ = entry.value;
        break;
      default:
        return false;
    }
    scale_ = entry.value;
    return true;
  }

  void AddHalf() { group_ += 0.5; }
  bool after_scale() const { return scale_ >= 100; }
  double value() const { return total_ + group_; }
  double scale() const { return scale_; }

 private:
  bool AddCardinal(double value) {
    const int group = static_cast<int>(group_);
    const bool after_tens = group % 100 >= 20 && group % 10 == 0 && value < 10 && value > 0;
    if (!empty_ && group % 100 != 0 && !after_tens) return false;
    if (!empty_ && group == 0 && total_ == 0) return false;  // after "zero"
    group_ += value;
    scale_ = 1;
    empty_ = false;
    return true;
  }

  double total_ = 0;
  double group_ = 0;
  double last_scale_ = 1e18;
  double scale_ = 1;
  bool empty_ = true;
};

std::optional<Numeral> ReadWords(const Atoms& atoms, size_t i) {
  WordSum sum;
  if (!sum.Add(*atoms[i].entry)) return std::nullopt;
  Numeral numeral;
  numeral.next = i + 1;
  size_t word = 0;
  while (numeral.next < i + kMaxAtoms && Continues(atoms, numeral.next, &word)) {
    if (atoms.Is(word, "and") && atoms.Is(word + 1, "a") && atoms.Is(word + 2, "half")) {
      sum.AddHalf();
      numeral.next = word + 3;
      continue;
    }
    if (sum.after_scale() && atoms.Is(word, "and") && atoms.Is(word + 1, Part::kCardinal)) ++word;
    if (!atoms.Joined(word) || !sum.Add(*atoms[word].entry)) break;
    numeral.next = word + 1;
  }
  numeral.value = sum.value();
  numeral.scale = sum.scale();
  if (numeral.scale == kDozen) numeral.bound = Bound::kAbout;  // whoever counts in dozens rounds
  numeral.bare_one = numeral.next == i + 1 && numeral.value == 1;
  return numeral;
}

}  // namespace

std::optional<Numeral> ReadNumeral(const Atoms& atoms, size_t i) {
  if (i >= atoms.size() || atoms[i].opaque) return std::nullopt;
  if (atoms.Is(i, AtomKind::kDigits)) return ReadDigits(atoms, i);
  if (!atoms.Is(i, AtomKind::kWord)) return std::nullopt;
  switch (atoms[i].entry->part) {
    case Part::kCardinal:
      return ReadWords(atoms, i);
    case Part::kMany:
      return ReadMany(atoms, i);
    default:
      if (const auto vague = ReadVagueCount(atoms, i)) return vague;
      return ReadArticle(atoms, i);
  }
}

std::optional<Numeral> ReadCount(const Atoms& atoms, size_t i) {
  if (atoms.Is(i, "a") || atoms.Is(i, "an")) {
    Numeral numeral;
    numeral.next = i + 1;
    numeral.value = 1;
    return numeral;
  }
  std::optional<Numeral> numeral = ReadNumeral(atoms, i);
  if (numeral && (numeral->bound == Bound::kAtLeast || numeral->value > 1e5)) return std::nullopt;
  return numeral;
}

}  // namespace dossier::english
