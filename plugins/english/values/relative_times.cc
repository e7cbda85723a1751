// The part of the grammar that counts from the published day: "last week", "two years ago", "now".
#include <algorithm>
#include <cmath>

#include "plugins/english/values/dates.h"
#include "plugins/english/values/numeral.h"
#include "plugins/english/values/quantities.h"
#include "plugins/english/values/times.h"
#include "plugins/english/values/units.h"

namespace dossier::english {
namespace {

using std::chrono::days;

Unit UnitOf(const Entry& entry) { return static_cast<Unit>(static_cast<int>(entry.value)); }

bool IsPlural(std::string_view unit) { return unit.ends_with('s') || unit.ends_with('S'); }

}  // namespace

// "last week", "this Friday", "next June", "the past two years", "last night".
std::optional<Time> TimeReader::ReadShift(size_t i) const {
  if (!atoms_.Joined(i + 1)) return std::nullopt;
  const double shift = atoms_[i].entry->value;
  const Part part = atoms_[i + 1].entry->part;
  if (part == Part::kDaypart) {
    Time time{i + 2, {}, {}};
    // "The next morning" follows another day than this.
    if (published_ && shift <= 0) {
      time.when = DayInterval(*published_ + days(static_cast<int>(shift)));
    }
    return time;
  }
  if (part == Part::kUnit) return ReadShiftedUnit(i + 1, atoms_.Form(i), shift);
  if (part == Part::kStage) return std::nullopt;
  if (auto named = ReadShiftedName(i + 1, shift)) return named;
  return shift == 0 ? std::nullopt : ReadShiftedCount(i + 1, shift);
}

// "two years", "few weeks" after "past" or "next": up to the published day or from it on.
std::optional<Time> TimeReader::ReadShiftedCount(size_t i, double shift) const {
  if (atoms_.Is(i, "few") || atoms_.Is(i, "several")) {
    if (!atoms_.Joined(i + 1) || !atoms_.Is(i + 1, Part::kUnit)) return std::nullopt;
    return Time{
        i + 2, shift < 0 ? Interval{std::nullopt, published_} : Interval{published_, {}}, {}};
  }
  const auto count = ReadCount(atoms_, i);
  if (!count || !atoms_.Joined(count->next) || !atoms_.Is(count->next, Part::kUnit)) {
    return std::nullopt;
  }
  Time time{count->next + 1, {}, {}};
  // "The last two years of his life" end with something else than this day.
  if (atoms_.Joined(time.next) && atoms_.Is(time.next, "of")) return time;
  time.when = Stretch(UnitOf(*atoms_[count->next].entry), shift * count->value);
  return time;
}

std::optional<Time> TimeReader::ReadShiftedUnit(size_t i, std::string_view word,
                                                double shift) const {
  const Unit unit = UnitOf(*atoms_[i].entry);
  const bool rolling = word == "past" || word == "recent" || word == "coming" || word == "upcoming";
  Time time{i + 1, {}, {}};
  if (IsPlural(atoms_.Form(i))) {
    if (!rolling) return std::nullopt;
    time.when = shift < 0 ? Interval{std::nullopt, published_} : Interval{published_, {}};
    return time;
  }
  if (word == "recent") return std::nullopt;
  if (unit < Unit::kDay || (unit == Unit::kDay && !rolling)) return std::nullopt;
  if (atoms_.Joined(i + 1) && atoms_.Is(i + 1, "of") && shift != 0) return time;
  if (!rolling || unit == Unit::kWeekend) {
    time.when = UnitAround(unit, shift);
  } else {
    time.when = Stretch(unit, shift);
  }
  return time;
}

// A weekday, month or season after "last", "this" or "next".
std::optional<Time> TimeReader::ReadShiftedName(size_t i, double shift) const {
  const Part part = atoms_[i].entry->part;
  const int value = static_cast<int>(atoms_[i].entry->value);
  Time time{i + 1, {}, {}};
  if (part == Part::kWeekday && atoms_[i].capital) {
    if (published_) {
      const int ahead = (value - WeekdayOf(*published_) + 7) % 7;
      int move = ahead;
      if (shift < 0) move = ahead - 7;
      if (shift > 0 && ahead == 0) move = 7;
      if (shift == 0 && atoms_[i].tense == Tense::kPast && ahead > 0) move = ahead - 7;
      time.when = DayInterval(*published_ + days(move));
    }
    ReadDaypart(&time);
    return time;
  }
  const bool month = part == Part::kMonth && atoms_[i].capital;
  if (!month && part != Part::kSeason) return std::nullopt;
  if (const auto date = ReadDate(atoms_, i); date && date->year != 0) return std::nullopt;
  if (published_) {
    int year = YearOf(*published_);
    if (shift < 0 && value >= MonthOf(*published_)) --year;
    if (shift > 0 && value <= MonthOf(*published_)) ++year;
    const Interval first = MonthInterval(year, value);
    time.when = {first.from, AddMonths(*first.from, month ? 1 : 3) - days(1)};
  }
  return time;
}

// "two weeks ago", "a year from now", "three days later"; the last has no day to count from.
std::optional<Time> TimeReader::ReadAgo(size_t i) const {
  const auto count = ReadCount(atoms_, i);
  if (!count) return std::nullopt;
  size_t unit = count->next;
  if (!atoms_.Joined(unit)) return std::nullopt;
  if (!atoms_.Is(unit, Part::kUnit)) return std::nullopt;
  const size_t after = unit + 1;
  if (!atoms_.Joined(after)) return std::nullopt;
  const bool ago = atoms_.Is(after, "ago");
  const bool ahead =
      atoms_.Is(after, "from") && atoms_.Joined(after + 1) && atoms_.Is(after + 1, "now");
  const bool unknown = atoms_.Is(after, "later") || atoms_.Is(after, "earlier");
  if (!ago && !ahead && !unknown) return std::nullopt;
  Time time{ahead ? after + 2 : after + 1, {}, {}};
  if (unknown) return time;
  const Unit kind = UnitOf(*atoms_[unit].entry);
  time.when = UnitAround(kind, ago ? -count->value : count->value);
  return time;
}

// "more than two years ago", "nearly a decade ago".
std::optional<Time> TimeReader::ReadBoundedAgo(size_t i) const {
  size_t count = i;
  const Bound bound = ReadBound(atoms_, i, &count);
  if (count == i || !atoms_.Joined(count)) return std::nullopt;
  std::optional<Time> time = ReadAgo(count);
  if (!time) return std::nullopt;
  Interval& when = time->when;
  if (bound == Bound::kAtLeast && when.to) when.from = std::nullopt;
  if (bound == Bound::kAtMost && when.from) when.to = published_;
  return time;
}

// "in two weeks" and "within 48 hours", where the verb looks ahead; else such words are durations.
std::optional<Time> TimeReader::ReadAhead(size_t i) const {
  const bool within = atoms_.Is(i, "within");
  if ((!within && !atoms_.Is(i, "in")) || atoms_[i].tense != Tense::kFuture) return std::nullopt;
  if (!atoms_.Joined(i + 1)) return std::nullopt;
  const auto count = ReadCount(atoms_, i + 1);
  if (!count || !atoms_.Joined(count->next) || !atoms_.Is(count->next, Part::kUnit)) {
    return std::nullopt;
  }
  Time time{count->next + 1, {}, {}};
  const Unit unit = UnitOf(*atoms_[count->next].entry);
  time.when = within ? Stretch(unit, count->value) : UnitAround(unit, count->value);
  return time;
}

// "now", "currently", "at the moment", "at this stage".
std::optional<Time> TimeReader::ReadNow(size_t i) const {
  size_t next = i + 1;
  if (atoms_.Is(i, "now")) {
    if (atoms_.Joined(next) && atoms_.Is(next, "that")) return std::nullopt;
  } else if (atoms_.Is(i, "at")) {
    if (!atoms_.Joined(next)) return std::nullopt;
    const bool article = atoms_.Is(next, "the");
    if (article || atoms_.Is(next, "this")) ++next;
    const bool noun = atoms_.Is(next, "moment") || (article && atoms_.Is(next, "present")) ||
                      (!article && (atoms_.Is(next, "stage") || atoms_.Is(next, "point") ||
                                    atoms_.Is(next, "present") || atoms_.Is(next, "time")));
    if (!noun || !atoms_.Joined(next) || (next == i + 1 && !atoms_.Is(next, "present"))) {
      return std::nullopt;
    }
    ++next;
    if (atoms_.Joined(next) && (atoms_.Is(next, "of") || atoms_.Is(next, "when"))) {
      return std::nullopt;
    }
  }
  Time time{next, {}, {}};
  if (published_) time.when = DayInterval(*published_);
  return time;
}

Interval TimeReader::UnitAround(Unit unit, double shift) const {
  if (!published_) return {};
  const auto there = Move(*published_, unit, shift);
  if (!there) return {};
  // Decades and centuries away are told by the year.
  const bool long_ago = unit > Unit::kYear && std::abs(shift) > 1;
  return Around(*there, long_ago ? Unit::kYear : unit);
}

Interval TimeReader::Weekend(Tense tense) const {
  constexpr int kSaturday = 5;
  if (!published_) return {};
  const bool ahead = WeekdayOf(*published_) < kSaturday;
  return UnitAround(Unit::kWeekend, ahead && tense == Tense::kPast ? -1 : 0);
}

Interval TimeReader::Stretch(Unit unit, double count) const {
  if (!published_) return {};
  const auto there = Move(*published_, unit, count);
  return count < 0 ? Interval{there, published_} : Interval{published_, there};
}

}  // namespace dossier::english
