#include "plugins/english/values/dates.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace dossier::english {
namespace {

size_t Length(const Atom& atom) { return atom.end - atom.begin; }

bool IsWhole(const Atoms& atoms, size_t i, size_t digits) {
  return atoms.Is(i, AtomKind::kDigits) && atoms[i].plain && !atoms[i].opaque &&
         Length(atoms[i]) == digits;
}

int Whole(const Atoms& atoms, size_t i) { return static_cast<int>(atoms[i].number); }

// The day of a month at atom i: "8", "18th". Zero if there is none; `*next` is the atom after it.
int ReadMonthDay(const Atoms& atoms, size_t i, size_t* next) {
  if (!IsWhole(atoms, i, 1) && !IsWhole(atoms, i, 2)) return 0;
  const int day = Whole(atoms, i);
  if (day < 1 || day > 31) return 0;
  *next = i + 1;
  if (!atoms[i + 1].glued) return day;
  for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
    if (atoms.Is(i + 1, ending)) ++*next;
  }
  const bool clock =
      atoms.Is(*next, ":") && atoms[*next].glued && atoms.Is(*next + 1, AtomKind::kDigits);
  const bool letters = atoms[*next].glued && atoms.Is(*next, AtomKind::kWord);
  return clock || letters ? 0 : day;
}

bool IsNoun(std::string_view tag) { return tag.starts_with("NN"); }
bool IsPluralNoun(std::string_view tag) { return tag == "NNS" || tag == "NNPS"; }

// Whether what follows the digits at i makes them a count: "2000 troops", "1500%", "2000 years".
bool CountFollows(const Atoms& atoms, size_t i) {
  if (!atoms.Joined(i + 1)) return false;
  const Part part = atoms[i + 1].entry->part;
  if (part == Part::kUnit || part == Part::kScale || part == Part::kHundred ||
      part == Part::kPercent || part == Part::kCurrency || atoms.Is(i + 1, "%")) {
    return true;
  }
  if (atoms[i + 1].glued && atoms.Is(i + 1, AtomKind::kWord)) return true;
  // "1500 soldiers" and "2000 soldiers" count, "2020 elections" were held in that year.
  const int number = Whole(atoms, i);
  return (number < 1900 || number % 100 == 0) && IsPluralNoun(atoms.Tag(i + 1));
}

// A year of four digits beside a month.
int ReadYear(const Atoms& atoms, size_t i) {
  if (!atoms.Joined(i) || !IsWhole(atoms, i, 4)) return 0;
  const int year = Whole(atoms, i);
  return year >= 1000 && year <= 2099 && !CountFollows(atoms, i) ? year : 0;
}

// ", 2024", "2024", "of 2024" after a month or its day.
void ReadYearAfter(const Atoms& atoms, PartialDate* date) {
  size_t i = date->next;
  if (atoms.Joined(i) && (atoms.Is(i, ",") || atoms.Is(i, "of"))) ++i;
  const int year = ReadYear(atoms, i);
  if (year == 0) return;
  date->year = year;
  date->next = i + 1;
}

bool IsMonth(const Atoms& atoms, size_t i) {
  const Part part = atoms[i].entry->part;
  return atoms[i].capital && (part == Part::kMonth || part == Part::kShortMonth);
}

// Months that are also verbs or first names count as months only after such words.
bool FollowsTimeWord(const Atoms& atoms, size_t i) {
  static constexpr std::string_view kWords[] = {"in",  "to", "during", "for", "of",
                                                "and", "or", "-",      "–",   "("};
  if (!atoms.Joined(i)) return false;
  const Part part = atoms[i - 1].entry->part;
  return part == Part::kTimeOperator || part == Part::kShift || part == Part::kStage ||
         std::any_of(std::begin(kWords), std::end(kWords),
                     [&](std::string_view word) { return atoms.Is(i - 1, word); });
}

// The stop of an abbreviated month, where it does not end the sentence.
void SkipStop(const Atoms& atoms, size_t month, size_t* next) {
  if (!atoms.Is(month, Part::kShortMonth) || !atoms.Is(*next, ".") || !atoms[*next].glued) return;
  if (atoms[*next].token == atoms[month].token || atoms.Is(*next + 1, AtomKind::kDigits)) ++*next;
}

// "October 8, 2024", "Oct. 8", "October 2024", "October".
std::optional<PartialDate> ReadMonthFirst(const Atoms& atoms, size_t i) {
  PartialDate date;
  date.month = static_cast<int>(atoms[i].entry->value);
  date.next = i + 1;
  SkipStop(atoms, i, &date.next);
  size_t after = 0;
  if (atoms.Joined(date.next)) date.day = ReadMonthDay(atoms, date.next, &after);
  if (date.day != 0) date.next = after;
  ReadYearAfter(atoms, &date);
  if (date.day != 0 || date.year != 0) return date;
  if (atoms.Is(i, Part::kShortMonth)) return std::nullopt;
  const bool also_word = date.month >= 3 && date.month <= 8 && date.month != 7;
  if (also_word && !FollowsTimeWord(atoms, i)) return std::nullopt;
  return date;
}

// "18 October 2024", "18th of Oct.".
std::optional<PartialDate> ReadDayFirst(const Atoms& atoms, size_t i) {
  PartialDate date;
  size_t month = 0;
  date.day = ReadMonthDay(atoms, i, &month);
  if (date.day == 0 || !atoms.Joined(month)) return std::nullopt;
  if (atoms.Is(month, "of") && atoms.Joined(month + 1)) ++month;
  if (!IsMonth(atoms, month)) return std::nullopt;
  date.month = static_cast<int>(atoms[month].entry->value);
  date.next = month + 1;
  SkipStop(atoms, month, &date.next);
  ReadYearAfter(atoms, &date);
  return date;
}

// "2024-10-18", "18.10.2024", "18/10/2024"; what is day and what month must be plain.
std::optional<PartialDate> ReadNumericDate(const Atoms& atoms, size_t i) {
  if (!atoms.Is(i, AtomKind::kDigits) || !atoms.Is(i + 1, AtomKind::kMark)) return std::nullopt;
  const std::string_view mark = atoms.Form(i + 1);
  if ((mark != "-" && mark != "/" && mark != ".") || atoms.Form(i + 3) != mark) return std::nullopt;
  for (size_t k = i + 1; k <= i + 4; ++k) {
    if (!atoms[k].glued) return std::nullopt;
  }
  const bool year_first = IsWhole(atoms, i, 4);
  const size_t year = year_first ? i : i + 4;
  if (!IsWhole(atoms, year, 4) || Length(atoms[i + 2]) > 2) return std::nullopt;
  PartialDate date;
  date.next = i + 5;
  date.year = Whole(atoms, year);
  date.month = Whole(atoms, i + 2);
  date.day = Whole(atoms, year_first ? i + 4 : i);
  if (!year_first && mark == "/") {
    if (date.month > 12) std::swap(date.month, date.day);
    if (date.day <= 12 && date.day != date.month) date.year = date.month = date.day = 0;
  }
  if (date.year != 0 && !MakeDay(date.year, date.month, date.day)) return std::nullopt;
  return date;
}

// "18.10.2024" begins as a number with a fraction.
std::optional<PartialDate> ReadDottedDate(const Atoms& atoms, size_t i) {
  const std::string_view form = atoms.Form(i);
  const size_t dot = form.find('.');
  if (!atoms.Is(i, AtomKind::kDigits) || dot == std::string_view::npos || dot > 2 ||
      form.size() - dot - 1 > 2 || form.find(',') != std::string_view::npos ||
      !atoms.Is(i + 1, ".") || !atoms[i + 1].glued || !atoms[i + 2].glued ||
      !IsWhole(atoms, i + 2, 4)) {
    return std::nullopt;
  }
  PartialDate date;
  date.next = i + 3;
  date.day = std::atoi(std::string(form.substr(0, dot)).c_str());
  date.month = std::atoi(std::string(form.substr(dot + 1)).c_str());
  date.year = Whole(atoms, i + 2);
  return MakeDay(date.year, date.month, date.day) ? std::optional(date) : std::nullopt;
}

// "Friday", "Friday, 18 October", "Fri 18 Oct".
std::optional<PartialDate> ReadWeekday(const Atoms& atoms, size_t i) {
  if (!atoms[i].capital) return std::nullopt;
  const int weekday = static_cast<int>(atoms[i].entry->value);
  for (size_t skip = i + 1; skip <= i + 3 && atoms.Joined(skip); ++skip) {
    std::optional<PartialDate> date;
    if (IsMonth(atoms, skip)) date = ReadMonthFirst(atoms, skip);
    if (!date) date = ReadDayFirst(atoms, skip);
    if (date && date->day != 0) return date;
    if (!atoms.Is(skip, ",") && !atoms.Is(skip, ".") && !atoms.Is(skip, "the")) break;
  }
  if (atoms.Is(i, Part::kShortDay)) return std::nullopt;
  PartialDate date;
  date.next = i + 1;
  date.weekday = weekday;
  return date;
}

// "1990s", "'90s", "the 90's".
std::optional<PartialDate> ReadDecade(const Atoms& atoms, size_t i) {
  const bool apostrophe = atoms[i + 1].glued && (atoms.Is(i + 1, "'") || atoms.Is(i + 1, "’"));
  const size_t s = apostrophe ? i + 2 : i + 1;
  if (!atoms.Is(s, "s") || !atoms[s].glued || !IsWhole(atoms, i, Length(atoms[i])) ||
      Whole(atoms, i) % 10 != 0) {
    return std::nullopt;
  }
  PartialDate date;
  date.next = s + 1;
  if (Length(atoms[i]) == 4) {
    date.year = Whole(atoms, i);
  } else if (Length(atoms[i]) == 2 && i > 0 &&
             (atoms.Is(i - 1, "the") || atoms.Is(i - 1, "'") || atoms.Is(i - 1, "’"))) {
    date.year = 1900 + Whole(atoms, i);
  }
  if (date.year < 1000 || date.year > 2090) return std::nullopt;
  date.last_year = date.year + (date.year % 100 == 0 ? 99 : 9);
  if (date.year == 2000) date.last_year = 2009;
  return date;
}

// "19th century".
std::optional<PartialDate> ReadCentury(const Atoms& atoms, size_t i) {
  size_t word = 0;
  const int ordinal = ReadMonthDay(atoms, i, &word);
  if (ordinal == 0 || word == i + 1 || !atoms.Joined(word)) return std::nullopt;
  if (atoms.Is(word, "-")) ++word;
  if (!atoms.Is(word, "century")) return std::nullopt;
  PartialDate date;
  date.next = word + 1;
  date.year = (ordinal - 1) * 100 + 1;
  date.last_year = ordinal * 100;
  return date;
}

// "summer 2023", "winter of 2022": northern seasons; winter is named by the year it begins in.
std::optional<PartialDate> ReadSeason(const Atoms& atoms, size_t i) {
  PartialDate date;
  date.next = i + 1;
  ReadYearAfter(atoms, &date);
  if (date.year == 0) return std::nullopt;
  date.month = static_cast<int>(atoms[i].entry->value);
  date.months = 3;
  return date;
}

// The first of the month in the year that is nearest to the published day, where time against the
// direction of the tense counts several times: more so for a day, as plans name months.
int NearestYear(const PartialDate& date, const Reference& reference) {
  const Day published = *reference.published;
  int best = 0;
  long best_cost = 0;
  for (int year = YearOf(published) - 1; year <= YearOf(published) + 1; ++year) {
    const Interval month = MonthInterval(year, date.month);
    const Day from = date.day == 0 ? *month.from : *month.from + std::chrono::days(date.day - 1);
    const Day to = date.day == 0 ? *month.to : from;
    long cost = 0;
    if (from > published) cost = (from - published).count();
    if (to < published) cost = (published - to).count();
    const bool against = reference.tense == Tense::kPast
                             ? from > published
                             : reference.tense == Tense::kFuture && to < published;
    if (against) cost *= date.day == 0 ? 5 : 20;
    if (best == 0 || cost < best_cost) {
      best = year;
      best_cost = cost;
    }
  }
  return best;
}

Interval ResolveWeekday(int weekday, const Reference& reference) {
  const Day published = *reference.published;
  const int back = (WeekdayOf(published) - weekday + 7) % 7;
  if (reference.tense != Tense::kFuture) return DayInterval(published - std::chrono::days(back));
  return DayInterval(published + std::chrono::days((7 - back) % 7));
}

bool IsConnector(const Atoms& atoms, size_t i, bool between) {
  if (!atoms.Joined(i) || !atoms.Joined(i + 1)) return false;
  if (between) return atoms.Is(i, "and");
  return atoms.Is(i, "-") || atoms.Is(i, "–") || atoms.Is(i, "to") || atoms.Is(i, "through") ||
         atoms.Is(i, "until") || atoms.Is(i, "till");
}

// "2014-2022", "1950-53", "2014 to 2022".
std::optional<DateRange> ReadYearRange(const Atoms& atoms, size_t i, bool between) {
  if (!IsWhole(atoms, i, 4)) return std::nullopt;
  const bool slash = atoms.Is(i + 1, "/") && atoms[i + 1].glued && atoms[i + 2].glued;
  if (!slash && !IsConnector(atoms, i + 1, between)) return std::nullopt;
  const int first = Whole(atoms, i);
  int last = 0;
  if (IsWhole(atoms, i + 2, 4)) last = Whole(atoms, i + 2);
  if (IsWhole(atoms, i + 2, 2) && atoms[i + 2].glued) {
    last = first / 100 * 100 + Whole(atoms, i + 2);
  }
  const bool chain = atoms.Is(i + 3, "-") && atoms[i + 3].glued;
  if (first < 1000 || last <= first || last > 2099 || chain || CountFollows(atoms, i + 2)) {
    return std::nullopt;
  }
  DateRange range;
  range.first.year = first;
  range.last.year = last;
  range.last.next = i + 3;
  return range;
}

// Each date lends the other the month and the year that it lacks.
void Share(DateRange* range) {
  PartialDate& first = range->first;
  PartialDate& last = range->last;
  if (last.month == 0 && last.day != 0) last.month = first.month;
  if (first.month == 0 && first.day != 0) first.month = last.month;
  if (first.month == 0 || last.month == 0) return;
  const int turn = last.month < first.month ? 1 : 0;
  if (first.year == 0 && last.year != 0) first.year = last.year - turn;
  if (last.year == 0 && first.year != 0) last.year = first.year + turn;
}

}  // namespace

std::optional<PartialDate> ReadDate(const Atoms& atoms, size_t i) {
  switch (atoms[i].entry->part) {
    case Part::kMonth:
    case Part::kShortMonth:
      return atoms[i].capital ? ReadMonthFirst(atoms, i) : std::nullopt;
    case Part::kWeekday:
    case Part::kShortDay:
      return ReadWeekday(atoms, i);
    case Part::kSeason:
      return ReadSeason(atoms, i);
    default:
      break;
  }
  if (!atoms.Is(i, AtomKind::kDigits) || atoms[i].opaque) return std::nullopt;
  for (const auto read : {ReadNumericDate, ReadDottedDate, ReadDayFirst, ReadDecade, ReadCentury}) {
    if (auto date = read(atoms, i)) return date;
  }
  return std::nullopt;
}

std::optional<PartialDate> ReadLoneYear(const Atoms& atoms, size_t i) {
  if (!IsWhole(atoms, i, 4)) return std::nullopt;
  const int year = Whole(atoms, i);
  if (year < 1000 || year > 2099 || CountFollows(atoms, i)) return std::nullopt;
  const bool glued_after =
      atoms[i + 1].glued && atoms[i + 2].glued && atoms.Is(i + 2, AtomKind::kDigits);
  const bool amount = i > 0 && (!CurrencyOfMark(atoms.Form(i - 1)).empty() || atoms.Is(i - 1, "#"));
  if (glued_after || amount) return std::nullopt;
  const bool placed = atoms.Joined(i) && (atoms.Is(i - 1, "in") || atoms.Is(i - 1, "of") ||
                                          atoms.Is(i - 1, Part::kTimeOperator));
  if (year < 1700 && (!placed || IsNoun(atoms.Tag(i + 1)))) return std::nullopt;
  if (!placed && i > 0 && atoms.Joined(i) && IsLabel(atoms.Form(i - 1))) return std::nullopt;
  PartialDate date;
  date.year = year;
  date.next = i + 1;
  return date;
}

std::optional<DateRange> ReadDateRange(const Atoms& atoms, size_t i, bool between) {
  if (auto years = ReadYearRange(atoms, i, between)) return years;
  DateRange range;
  if (const auto first = ReadDate(atoms, i)) {
    range.first = *first;
  } else {
    range.first.day = ReadMonthDay(atoms, i, &range.first.next);
    if (range.first.day == 0) return std::nullopt;
  }
  const size_t connector = range.first.next;
  if (!IsConnector(atoms, connector, between)) return std::nullopt;
  if (const auto last = ReadDate(atoms, connector + 1)) {
    range.last = *last;
  } else if (range.first.month != 0 && range.first.day != 0) {
    range.last.day = ReadMonthDay(atoms, connector + 1, &range.last.next);
    if (range.last.day <= range.first.day) return std::nullopt;
    range.last.month = range.first.month;
    ReadYearAfter(atoms, &range.last);
  } else {
    return std::nullopt;
  }
  Share(&range);
  const bool alike = (range.first.weekday < 0) == (range.last.weekday < 0) &&
                     (range.first.month == 0) == (range.last.month == 0);
  return alike ? std::optional(range) : std::nullopt;
}

Interval Resolve(const PartialDate& date, const Reference& reference) {
  if (date.last_year != 0) return YearInterval(date.year, date.last_year);
  if (date.year == 0 && !reference.published) return {};
  if (date.weekday >= 0) return ResolveWeekday(date.weekday, reference);
  if (date.month == 0) return date.year == 0 ? Interval() : YearInterval(date.year, date.year);
  const int year = date.year != 0 ? date.year : NearestYear(date, reference);
  if (date.day != 0) {
    const auto day = MakeDay(year, date.month, date.day);
    return {day, day};
  }
  const Interval first = MonthInterval(year, date.month);
  return {first.from, AddMonths(*first.from, date.months) - std::chrono::days(1)};
}

Interval Resolve(const DateRange& range, const Reference& reference) {
  const Interval first = Resolve(range.first, reference);
  Interval last = Resolve(range.last, reference);
  if (first.from && last.to && *last.to < *first.from) {
    if (range.last.weekday >= 0) *last.to += std::chrono::days(7);
    if (range.last.year == 0 && range.last.month != 0) *last.to = AddMonths(*last.to, 12);
  }
  return {first.from, last.to};
}

}  // namespace dossier::english
