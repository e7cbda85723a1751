// Calendar arithmetic over whole days, by the proleptic Gregorian calendar.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_CIVIL_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_CIVIL_H_

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace dossier::english {

using Day = std::chrono::sys_days;

// Whole days, both ends included; an absent end is open or unknown.
struct Interval {
  std::optional<Day> from;
  std::optional<Day> to;

  bool operator==(const Interval&) const = default;
};

// The day that an ISO 8601 date or time begins with; nothing if it begins with none.
std::optional<Day> ParseDay(std::string_view iso);

// YYYY-MM-DD.
std::string FormatDay(Day day);

// The day, or nothing where the calendar has no such day (30 February). Months and days count
// from 1.
std::optional<Day> MakeDay(int year, int month, int day);

int YearOf(Day day);
int MonthOf(Day day);

// 0 is Monday.
int WeekdayOf(Day day);

// Calendar units around a day. Weeks run Monday to Sunday, quarters and decades as usual.
Interval DayInterval(Day day);
Interval WeekInterval(Day day);
Interval MonthInterval(int year, int month);
Interval YearInterval(int first, int last);

// The same day of another month; the 31st becomes the last day of a shorter month.
Day AddMonths(Day day, int months);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_CIVIL_H_
