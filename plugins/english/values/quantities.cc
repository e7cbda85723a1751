#include "plugins/english/values/quantities.h"

#include <algorithm>
#include <iterator>

#include "plugins/english/values/counted.h"
#include "plugins/english/values/ratio.h"
#include "plugins/english/values/share.h"

namespace dossier::english {
namespace {

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// "or more", "or so", "plus", "+" after a number.
void ReadBoundAfter(const Atoms& atoms, Quantity* quantity) {
  const size_t i = quantity->next;
  if (!atoms.Joined(i)) return;
  if ((atoms.Is(i, "+") && atoms[i].glued) || atoms.Is(i, "plus")) {
    if (atoms.Is(i, "plus") && !atoms[i].glued && atoms.Is(i + 1, AtomKind::kDigits)) return;
    quantity->bound = Bound::kAtLeast;
    quantity->next = i + 1;
    return;
  }
  if (!atoms.Is(i, "or") || !atoms.Joined(i + 1)) return;
  if (atoms.Is(i + 1, "more")) {
    quantity->bound = Bound::kAtLeast;
  } else if (atoms.Is(i + 1, "so")) {
    quantity->bound = Bound::kAbout;
  } else if (atoms.Is(i + 1, "less") || atoms.Is(i + 1, "fewer")) {
    quantity->bound = Bound::kAtMost;
  } else {
    return;
  }
  quantity->next = i + 2;
}

// "$", "US$", "EUR" at atom i; empty for none. `*next` is the atom after it.
std::string_view ReadCurrency(const Atoms& atoms, size_t i, size_t* next) {
  const std::string_view mark = CurrencyOfMark(atoms.Form(i));
  if (!mark.empty()) {
    *next = i + 1;
    return mark;
  }
  if (!atoms.Is(i, AtomKind::kWord) || !atoms[i].capital) return {};
  const std::string_view code = CurrencyOfCode(atoms.Form(i));
  if (code.empty()) return {};
  if (atoms.Form(i + 1) == "$" && atoms[i + 1].glued) {
    *next = i + 2;
    return code;
  }
  if (atoms.Form(i).size() != 3 || !atoms.Joined(i + 1) || !atoms.Is(i + 1, AtomKind::kDigits)) {
    return {};
  }
  *next = i + 1;
  return code;
}

// Money named after its amount: "dollars", "US dollars", "€", "UAH".
std::string_view ReadCurrencyAfter(const Atoms& atoms, const Numeral& numeral, size_t* next) {
  size_t i = numeral.next;
  if (!atoms.Joined(i)) return {};
  if (numeral.bound == Bound::kAtLeast && atoms.Is(i, "of") && atoms.Joined(i + 1)) ++i;
  std::string_view code = CurrencyOfMark(atoms.Form(i));
  *next = i + 1;
  if (!code.empty())
    return atoms.Joined(i + 1) && atoms.Is(i + 1, AtomKind::kDigits) ? std::string_view() : code;
  if (atoms.Form(i).size() == 3 && atoms[i].capital) {
    code = CurrencyOfCode(atoms.Form(i));
    if (!code.empty()) return code;
  }
  if (atoms.Is(i, "pounds") && numeral.scale >= 1e6) return "GBP";
  const bool dollars_of_country = atoms.Joined(i + 1) && atoms.Is(i + 1, "dollars");
  if (dollars_of_country) {
    if (atoms.Is(i, "canadian")) code = "CAD";
    if (atoms.Is(i, "australian")) code = "AUD";
    if (atoms.Is(i, "us") || atoms.Is(i, "u.s.") || atoms.Is(i, "american")) code = "USD";
    *next = i + 2;
    return code;
  }
  if (atoms.Is(i, "pounds") && atoms.Is(i + 1, "sterling")) ++i;
  if (!atoms.Is(i, Part::kCurrency)) return {};
  // "Three won" is a result.
  if (atoms.Is(i, "won") && numeral.scale < 1e3 && numeral.value < 1e3) return {};
  *next = i + 1;
  return CurrencyCode(atoms[i].entry->value);
}

// "%", "percent", "per cent", "percentage points"; empty for none.
std::string_view ReadPercent(const Atoms& atoms, size_t i, size_t* next) {
  if (!atoms.Joined(i)) return {};
  *next = i + 1;
  if (atoms.Is(i, "-") && atoms[i].glued) *next = ++i + 1;
  if (atoms.Is(i, "%") || atoms.Is(i, "percent")) return "percent";
  if (atoms.Is(i, "per") && atoms.Joined(i + 1) && atoms.Is(i + 1, "cent")) {
    *next = i + 2;
    return "percent";
  }
  if (atoms.Is(i, "percentage") && atoms.Joined(i + 1) &&
      (atoms.Is(i + 1, "points") || atoms.Is(i + 1, "point"))) {
    *next = i + 2;
    return "percentage point";
  }
  return {};
}

// Whether digits at i stand in a telephone number, a score, a product name or the like.
bool IsIdentifier(const Atoms& atoms, size_t i, size_t next, size_t floor) {
  const std::string_view form = atoms.Form(i);
  const bool leading_zero = form.size() > 1 && form[0] == '0' && form[1] != '.';
  if (leading_zero || (atoms[i].plain && form.size() >= 10)) return true;
  if (i > floor && atoms[i].glued && atoms.Is(i - 1, AtomKind::kMark)) {
    static constexpr std::string_view kOpening[] = {"(", "\"", "“", "‘", "~", "—", ">", "<"};
    const std::string_view mark = atoms.Form(i - 1);
    const bool dash = (mark == "-" || mark == "–") && !atoms[i - 1].glued;
    const bool opening =
        std::find(std::begin(kOpening), std::end(kOpening), mark) != std::end(kOpening);
    if (!dash && !opening && CurrencyOfMark(mark).empty()) return true;
  }
  if (i > floor && atoms.Joined(i) && !atoms[i].glued && atoms.Is(i - 1, AtomKind::kDigits)) {
    return true;
  }
  if (!atoms.Joined(next)) return false;
  if (atoms.Is(next, AtomKind::kDigits) && atoms[i].plain) return true;
  const std::string_view mark = atoms.Form(next);
  const bool joint = atoms[next].glued && atoms[next + 1].glued && atoms.Joined(next + 1);
  if (!joint) return (mark == "." || mark == ")") && !atoms.Joined(i);
  if (mark == "/" || mark == ":" || mark == "_") return true;
  const bool digits_after = atoms.Is(next + 1, AtomKind::kDigits);
  return (digits_after && (mark == "-" || mark == "–" || mark == "." || mark == ",")) ||
         (mark == "-" && atoms[next + 1].capital);
}

// "Article 5", "No. 5".
bool FollowsLabel(const Atoms& atoms, size_t i, size_t floor) {
  if (i <= floor || !atoms.Joined(i) || !atoms[i].plain) return false;
  return IsLabel(atoms.Form(i - 1)) ||
         (atoms.Is(i - 1, ".") && i >= 2 && IsLabel(atoms.Form(i - 2)));
}

// "Apollo 11": a name, where nothing is counted.
bool FollowsName(const Atoms& atoms, size_t i, size_t floor) {
  if (i <= floor || !atoms.Joined(i)) return false;
  const std::string_view tag = atoms.Tag(i - 1);
  return atoms.Is(i, AtomKind::kDigits) && atoms[i].plain && atoms.Is(i - 1, AtomKind::kWord) &&
         atoms[i - 1].capital && (tag == "NNP" || tag == "NNPS");
}

bool IsRangeMark(const Atoms& atoms, size_t i, bool between) {
  if (!atoms.Joined(i) || !atoms.Joined(i + 1)) return false;
  if (between) return atoms.Is(i, "and");
  return atoms.Is(i, "-") || atoms.Is(i, "–") || atoms.Is(i, "to") || atoms.Is(i, "or");
}

// "UP TO several hundred": the words before atom i say at most.
bool IsBoundedAbove(const Atoms& atoms, size_t i) {
  for (size_t words = 1; words <= 3 && words <= i && atoms.Joined(i - words + 1); ++words) {
    size_t next = 0;
    if (ReadBound(atoms, i - words, &next) == Bound::kAtMost && next == i) return true;
  }
  return false;
}

bool IsChangeVerb(std::string_view form) {
  static constexpr std::string_view kVerbs[] = {
      "climbed", "climbs", "declined", "declines", "dropped", "drops",  "fell",   "falls", "gained",
      "gains",   "grew",   "grows",    "jumped",   "jumps",   "lost",   "rises",  "rose",  "sank",
      "slid",    "slides", "slipped",  "slips",    "soared",  "surged", "tumbled"};
  return std::find(std::begin(kVerbs), std::end(kVerbs), form) != std::end(kVerbs);
}

// "Rose from 5 to 10" is a change, not a range.
bool IsChange(const Atoms& atoms, size_t i) {
  if (i < 2 || !atoms.Joined(i) || !atoms.Is(i - 1, "from")) return false;
  return !atoms.Is(i - 2, "anywhere") && !atoms.Is(i - 2, "ranging") && !atoms.Is(i - 2, "range") &&
         !atoms.Is(i - 2, "ranges") && !atoms.Is(i - 2, "ranged");
}

// "Rose by 5 to 10", "rose $5 to $10": by how much, and to what.
bool IsStep(const Atoms& atoms, size_t first, const Numeral& low) {
  if (!atoms.Joined(first) || !atoms.Is(low.next, "to")) return false;
  return atoms.Is(first - 1, "by") || IsChangeVerb(atoms.Form(first - 1));
}

// The upper end of a range after `low`; it lends the lower end its scale ("1.5 to 2 million").
std::optional<Numeral> ReadUpper(const Atoms& atoms, Numeral* low, bool between) {
  if (low->bound == Bound::kAtLeast || !IsRangeMark(atoms, low->next, between)) return std::nullopt;
  size_t i = low->next + 1;
  // "5%-10%", "$5-$10".
  size_t after = 0;
  if (!ReadCurrency(atoms, i, &after).empty()) i = after;
  const auto high = ReadNumeral(atoms, i);
  if (!high || high->bound == Bound::kAtLeast || high->digits != low->digits) return std::nullopt;
  double value = low->value;
  if (low->scale == 1 && high->scale > 1 && value < high->value / high->scale) value *= high->scale;
  if (value >= high->value) return std::nullopt;
  low->value = value;
  return high;
}

// The noun that the numeral counts, past "of the"; sets unit and ratio.
// Returns whether anything is counted.
bool ReadUnit(const Atoms& atoms, const Numeral& numeral, Quantity* quantity) {
  size_t i = quantity->next;
  if (!atoms.Joined(i)) return false;
  const bool plural = quantity->high != 1;
  const bool hyphen = atoms.Is(i, "-") && atoms[i].glued && atoms[i + 1].glued;
  if (hyphen && atoms.Is(i + 1, AtomKind::kWord) && !numeral.needs_noun) {
    if (const auto counted = ReadCounted(atoms, i + 1, plural)) {
      quantity->unit = counted->lemma;
      return true;
    }
  }
  if (atoms.Is(i, "of") && (numeral.bound == Bound::kAtLeast || atoms.Tag(i + 1) == "DT" ||
                            atoms.Tag(i + 1) == "PRP$")) {
    ++i;
    while (i < quantity->next + 3 && (atoms.Tag(i) == "DT" || atoms.Tag(i) == "PRP$")) ++i;
  }
  const auto counted = ReadCounted(atoms, i, plural);
  if (!counted || (numeral.needs_noun && !counted->plural)) return false;
  quantity->unit = counted->lemma;
  ReadRatio(atoms, counted->next, quantity);
  return true;
}

// Percent, money, measure or counted noun; false if the number turns out to be none of them and
// reads as part of a name.
bool ReadKind(const Atoms& atoms, size_t first, size_t floor, const Numeral& last,
              std::string_view currency, Quantity* quantity) {
  size_t next = 0;
  if (currency.empty())
    currency = ReadCurrencyAfter(atoms, last, &next);
  else
    next = last.next;
  if (!currency.empty()) {
    quantity->kind = ValueKind::kMoney;
    quantity->unit = currency;
    quantity->next = next;
    ReadBoundAfter(atoms, quantity);
    ReadRatio(atoms, quantity->next, quantity);
    return true;
  }
  if (const auto unit = ReadPercent(atoms, last.next, &next); !unit.empty()) {
    quantity->kind = ValueKind::kPercent;
    quantity->unit = unit;
    quantity->next = next;
    return true;
  }
  ReadBoundAfter(atoms, quantity);
  std::string_view measure = last.measure;
  if (measure.empty() && last.digits && atoms.Joined(quantity->next) &&
      !MeasureUnit(atoms.Form(quantity->next)).empty()) {
    measure = atoms.Form(quantity->next++);
  }
  const bool counted = (measure.empty() || measure == "m") && ReadUnit(atoms, last, quantity);
  if (counted) return !last.bare_one || atoms.Tag(first) == "CD" || atoms.Tag(first).empty();
  if (last.needs_noun) return false;
  if (!measure.empty()) {
    if (measure == "m" && last.scale == 1e6) {
      quantity->value /= 1e6;
      quantity->high /= 1e6;
    }
    quantity->unit = MeasureUnit(measure);
    if (atoms.Is(quantity->next, "/") && atoms.Is(quantity->next + 1, "h")) {
      quantity->unit += " per hour";
      quantity->next += 2;
    }
    ReadRatio(atoms, quantity->next, quantity);
    return true;
  }
  // "705-7201" with nothing counted is a telephone number, or some other.
  const bool chain = quantity->high > quantity->value && last.digits && quantity->high >= 100 &&
                     atoms.Is(first + 1, "-") && atoms[first].plain;
  return !last.bare_one && !chain && !FollowsName(atoms, first, floor);
}

}  // namespace

Bound ReadBound(const Atoms& atoms, size_t i, size_t* next) {
  *next = i;
  const std::string_view form = atoms.Form(i);
  if (form == "~") {
    *next = i + 1;
    return Bound::kAbout;
  }
  char first[16];
  if (form.size() > sizeof(first) || !atoms.Is(i, AtomKind::kWord)) return Bound::kExact;
  std::transform(form.begin(), form.end(), first, Lower);
  size_t count = 0;
  const BoundPhrase* phrases = FindBounds({first, form.size()}, &count);
  for (size_t n = 0; n < count; ++n) {
    size_t end = i + 1;
    for (size_t k = 1; k < 3 && !phrases[n].words[k].empty(); ++k, ++end) {
      if (!atoms.Joined(end) || !atoms.Is(end, phrases[n].words[k])) end = atoms.size() + 1;
      if (end > atoms.size()) break;
    }
    if (end > atoms.size() || !atoms.Joined(end)) continue;
    *next = end;
    return phrases[n].bound;
  }
  return Bound::kExact;
}

std::optional<Quantity> ReadQuantity(const Atoms& atoms, size_t i, size_t floor) {
  size_t at = i;
  Quantity quantity;
  quantity.bound = ReadBound(atoms, i, &at);
  if (auto share = ReadShare(atoms, at, at != i)) {
    if (at != i) share->bound = quantity.bound;
    return share;
  }
  const bool between = atoms.Is(at, "between") && atoms.Joined(at + 1);
  if (between) ++at;
  std::string_view currency = ReadCurrency(atoms, at, &at);
  if (!currency.empty() && !atoms.Is(at, AtomKind::kDigits)) return std::nullopt;
  auto low = ReadNumeral(atoms, at);
  if (!low) return ReadOnePer(atoms, at);
  if (atoms.Tag(at) == "NNP") return std::nullopt;
  if (low->bound == Bound::kAtLeast) {
    if (IsBoundedAbove(atoms, at)) return std::nullopt;
    quantity.bound = Bound::kAtLeast;
  } else if (quantity.bound == Bound::kExact) {
    quantity.bound = low->bound;
  }
  Numeral last = *low;
  // "5% to 10%": the first mark is skipped, the last one counts.
  size_t after_percent = 0;
  if (ReadPercent(atoms, low->next, &after_percent) == "percent" &&
      IsRangeMark(atoms, after_percent, between)) {
    low->next = after_percent;
  }
  if (!IsChange(atoms, at) && !IsStep(atoms, i, *low)) {
    if (const auto high = ReadUpper(atoms, &*low, between)) last = *high;
  }
  const bool range = last.next > low->next;
  if (between && !range) return std::nullopt;
  if (!range) low->next = last.next;
  const bool digits = atoms.Is(at, AtomKind::kDigits);
  if (digits && (IsIdentifier(atoms, at, last.next, floor) || FollowsLabel(atoms, at, floor))) {
    return std::nullopt;
  }
  quantity.value = low->value;
  quantity.high = last.value;
  quantity.next = last.next;
  if (!ReadKind(atoms, at, floor, last, currency, &quantity)) return std::nullopt;
  return quantity;
}

}  // namespace dossier::english
