#include "plugins/english/values/times.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "plugins/english/values/clock.h"
#include "plugins/english/values/dates.h"
#include "plugins/english/values/numeral.h"
#include "plugins/english/values/units.h"

namespace dossier::english {
namespace {

using std::chrono::days;

Stage StageOf(const Entry& entry) { return static_cast<Stage>(static_cast<int>(entry.value)); }

}  // namespace

std::optional<Time> TimeReader::Read(size_t i) const {
  if (atoms_.Joined(i) && (atoms_.Is(i - 1, "every") || atoms_.Is(i - 1, "each"))) {
    return std::nullopt;
  }
  switch (atoms_[i].entry->part) {
    case Part::kTimeOperator:
      return ReadOperator(i);
    case Part::kArticle:
      if (atoms_.Is(i, "the") && atoms_.Joined(i + 1)) {
        const Part next = atoms_[i + 1].entry->part;
        const auto date = ReadDate(atoms_, i + 1);
        const bool decade = date && date->last_year != 0;
        const bool taken = next == Part::kShift || next == Part::kStage || next == Part::kOrdinal ||
                           atoms_.Is(i + 1, "weekend") || decade;
        return taken ? ReadPoint(i + 1) : std::nullopt;
      }
      return ReadAgo(i);
    default:
      break;
  }
  if (auto range = ReadRange(i)) return range;
  if (auto bounded = ReadBoundedAgo(i)) return bounded;
  return ReadPoint(i);
}

std::optional<Time> TimeReader::ReadRange(size_t i) const {
  if (const auto range = ReadDateRange(atoms_, i, false)) {
    return Time{range->last.next, Resolve(*range, {published_, atoms_[i].tense}), {}};
  }
  return std::nullopt;
}

// "since X", "by X", "between X and Y", "from X to Y".
std::optional<Time> TimeReader::ReadOperator(size_t i) const {
  const auto op = static_cast<TimeOperator>(static_cast<int>(atoms_[i].entry->value));
  if (!atoms_.Joined(i + 1) || atoms_.Is(i + 1, Part::kTimeOperator)) return std::nullopt;
  if (op == TimeOperator::kBetween || op == TimeOperator::kFrom) {
    const auto range = ReadDateRange(atoms_, i + 1, op == TimeOperator::kBetween);
    if (!range) return std::nullopt;
    return Time{range->last.next, Resolve(*range, {published_, atoms_[i].tense}), {}};
  }
  if (op == TimeOperator::kSince && atoms_.Is(i + 1, "the")) {
    if (auto event = ReadSinceEvent(i + 2)) return event;
  }
  std::optional<Time> time;
  if (const auto date = ReadDate(atoms_, i + 1)) {
    Tense tense = atoms_[i].tense;
    if (op == TimeOperator::kSince) tense = Tense::kPast;
    const bool by_month = op == TimeOperator::kBy && date->month != 0;
    const bool by_day = op == TimeOperator::kBy && tense == Tense::kNone;
    if (by_month || by_day) tense = Tense::kFuture;
    time = Time{date->next, Resolve(*date, {published_, tense}), {}};
    ReadDaypart(&*time);
  } else {
    time = Read(i + 1);
  }
  if (!time) return std::nullopt;
  // "After Friday's vote" speaks of the vote.
  const size_t next = time->next;
  const bool modifier =
      atoms_.Joined(next) && (atoms_.Is(next, "'") || atoms_.Is(next, "’") ||
                              atoms_.Tag(next).starts_with("NN") || atoms_.Tag(next) == "POS");
  const bool point = op == TimeOperator::kBefore || op == TimeOperator::kAfter;
  if (point && modifier) return std::nullopt;
  // Before an hour is still that day.
  const bool hour = !time->clock.empty() && op == TimeOperator::kBefore;
  time->when = Apply(hour ? TimeOperator::kUntil : op, time->when);
  return time;
}

// "2008 crisis", "1914-18 war" after "since the": from the year it ended in.
std::optional<Time> TimeReader::ReadSinceEvent(size_t i) const {
  PartialDate year;
  if (const auto range = ReadDateRange(atoms_, i, false)) {
    year = range->last;
  } else if (const auto date = ReadLoneYear(atoms_, i)) {
    year = *date;
  } else {
    return std::nullopt;
  }
  const Interval when = Resolve(year, {published_, Tense::kPast});
  return Time{year.next, Apply(TimeOperator::kSince, when), {}};
}

Interval TimeReader::Apply(TimeOperator op, const Interval& when) const {
  if (!when.from && !when.to) return when;
  switch (op) {
    case TimeOperator::kSince:
      return {when.from, published_};
    case TimeOperator::kBy:
      if (published_ && when.to && *published_ <= *when.to) return {published_, when.to};
      return {std::nullopt, when.to};
    case TimeOperator::kUntil:
      return {std::nullopt, when.to};
    case TimeOperator::kBefore:
      return {std::nullopt, when.from ? std::optional(*when.from - days(1)) : std::nullopt};
    case TimeOperator::kAfter:
      return {when.to ? std::optional(*when.to + days(1)) : std::nullopt, std::nullopt};
    default:
      return when;
  }
}

// A time of day, a day or more, or both, in either order.
std::optional<Time> TimeReader::ReadPoint(size_t i) const {
  if (auto time = ReadClockAndDay(i)) return time;
  std::optional<Time> time = ReadDayOrMore(i);
  if (!time || time->when.from != time->when.to) return time;
  size_t clock = time->next;
  if (atoms_.Joined(clock) && (atoms_.Is(clock, "at") || atoms_.Is(clock, ","))) ++clock;
  if (!atoms_.Joined(clock)) return time;
  if (auto hour = ReadClock(atoms_, clock)) {
    time->next = hour->next;
    time->clock = std::move(hour->time);
  }
  return time;
}

std::optional<Time> TimeReader::ReadDayOrMore(size_t i) const {
  const Reference reference = {published_, atoms_[i].tense};
  std::optional<Time> time;
  switch (atoms_[i].entry->part) {
    case Part::kShift:
      return ReadShift(i);
    case Part::kStage:
      return ReadStage(i);
    case Part::kNow:
      return ReadNow(i);
    case Part::kDayWord:
      time = Time{i + 1, {}, {}};
      if (published_) {
        time->when = DayInterval(*published_ + days(static_cast<int>(atoms_[i].entry->value)));
      }
      ReadDaypart(&*time);
      return time;
    case Part::kUnit:
      if (atoms_.Joined(i + 1) && atoms_.Is(i + 1, "ago")) return Time{i + 2, {}, {}};
      if (atoms_.Is(i, "weekend") && atoms_.Joined(i) && atoms_.Is(i - 1, "the"))
        return Time{i + 1, Weekend(atoms_[i].tense), {}};
      return std::nullopt;
    default:
      break;
  }
  if (auto part = ReadPartOfYear(i)) return part;
  if (auto counted = ReadAgo(i)) return counted;
  if (auto ahead = ReadAhead(i)) return ahead;
  if (atoms_.Is(i, "at")) return ReadNow(i);
  auto date = ReadDate(atoms_, i);
  if (!date) date = ReadLoneYear(atoms_, i);
  if (!date) return std::nullopt;
  time = Time{date->next, Resolve(*date, reference), {}};
  ReadDaypart(&*time);
  return time;
}

// "early 2024", "mid-October", "late last year", "the end of May", "earlier this month".
std::optional<Time> TimeReader::ReadStage(size_t i) const {
  const Stage stage = StageOf(*atoms_[i].entry);
  size_t rest = i + 1;
  if (!atoms_.Joined(rest)) return std::nullopt;
  if (atoms_.Is(rest, "-") || atoms_.Is(rest, "of") || atoms_.Is(rest, "in")) ++rest;
  if (atoms_.Is(rest, "the")) ++rest;
  if (!atoms_.Joined(rest) || atoms_.Is(rest, Part::kStage)) return std::nullopt;
  // "The end of two years ago" is not said; a count here would only lengthen the search.
  if (!atoms_.Is(rest, AtomKind::kDigits) && !atoms_.Is(rest, AtomKind::kWord)) return std::nullopt;
  std::optional<Time> time = ReadDayOrMore(rest);
  if (!time) return std::nullopt;
  Interval& when = time->when;
  switch (stage) {
    case Stage::kEarly:
    case Stage::kStart:
      when = Slice(when, 0, 3);
      break;
    case Stage::kMiddle:
      when = Slice(when, 1, 3);
      break;
    case Stage::kLate:
    case Stage::kEnd:
      when = Slice(when, 2, 3);
      break;
    case Stage::kEarlier:
      if (published_ && when.from && when.to && *when.from <= *published_) {
        when.to = std::min(*when.to, *published_);
      }
      break;
    case Stage::kLater:
      if (published_ && when.from && when.to && *published_ <= *when.to) {
        when.from = std::max(*when.from, *published_);
      }
      break;
  }
  return time;
}

// "first half of 2024", "third quarter", "Q3 2024".
std::optional<Time> TimeReader::ReadPartOfYear(size_t i) const {
  int part = 0;
  int parts = 4;
  size_t next = 0;
  if (atoms_.Is(i, Part::kOrdinal) && atoms_.Joined(i + 1)) {
    part = static_cast<int>(atoms_[i].entry->value);
    if (atoms_.Is(i + 1, "half"))
      parts = 2;
    else if (!atoms_.Is(i + 1, "quarter"))
      return std::nullopt;
    next = i + 2;
  } else if (atoms_.Is(i, "q") && atoms_.Is(i + 1, AtomKind::kDigits) && atoms_[i + 1].glued) {
    part = static_cast<int>(atoms_[i + 1].number);
    next = i + 2;
  }
  if (part < 1 || part > parts) return std::nullopt;
  size_t year = next;
  if (atoms_.Is(year, "of") || atoms_.Is(year, "in")) ++year;
  if (atoms_.Is(year, "the")) ++year;
  Interval whole = UnitAround(Unit::kYear, 0);
  bool said = atoms_.Is(next - 1, "quarter") || atoms_.Is(i, "q");
  if (atoms_.Joined(year)) {
    std::optional<Time> time;
    if (const auto date = ReadLoneYear(atoms_, year)) {
      time = Time{date->next, Resolve(*date, {published_, Tense::kNone}), {}};
    } else if (atoms_.Is(year, Part::kShift)) {
      time = ReadShift(year);
    } else if (const auto decade = ReadDate(atoms_, year)) {
      time = Time{decade->next, Resolve(*decade, {published_, atoms_[i].tense}), {}};
    } else if (atoms_.Is(year, "year")) {
      time = Time{year + 1, whole, {}};
    }
    if (time) {
      whole = time->when;
      next = time->next;
      said = true;
    }
  }
  if (!said) return std::nullopt;
  return Time{next, Slice(whole, part - 1, parts), {}};
}

// "3 p.m. on Friday", "10:30 a.m. yesterday"; without a day, of the published day.
std::optional<Time> TimeReader::ReadClockAndDay(size_t i) const {
  if (!atoms_.Is(i, AtomKind::kDigits) && !atoms_.Is(i, Part::kClock)) return std::nullopt;
  const auto clock = ReadClock(atoms_, i);
  if (!clock) return std::nullopt;
  std::optional<Time> time = Time{clock->next, {}, clock->time};
  size_t day = time->next;
  if (atoms_.Joined(day) && (atoms_.Is(day, "on") || atoms_.Is(day, ","))) ++day;
  std::optional<Time> when;
  if (atoms_.Joined(day) && !atoms_.Is(day, AtomKind::kMark)) when = ReadDayOrMore(day);
  if (when && when->when.from == when->when.to && !atoms_.Is(day, Part::kNow)) {
    time->next = when->next;
    time->when = when->when;
  } else if (published_) {
    time->when = DayInterval(*published_);
  }
  return time;
}

void TimeReader::ReadDaypart(Time* time) const {
  if (atoms_.Joined(time->next) && atoms_.Is(time->next, Part::kDaypart)) ++time->next;
}

}  // namespace dossier::english
