#include "plugins/english/values/civil.h"

#include <charconv>
#include <cstdio>

namespace dossier::english {
namespace {

namespace chrono = std::chrono;

chrono::year_month_day Split(Day day) { return chrono::year_month_day(day); }

bool ReadInt(std::string_view digits, int* value) {
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, *value);
  return error == std::errc() && stop == end && digits.front() != '-';
}

}  // namespace

std::optional<Day> ParseDay(std::string_view iso) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-' || !ReadInt(iso.substr(0, 4), &year) ||
      !ReadInt(iso.substr(5, 2), &month) || !ReadInt(iso.substr(8, 2), &day)) {
    return std::nullopt;
  }
  return MakeDay(year, month, day);
}

std::string FormatDay(Day day) {
  const chrono::year_month_day date = Split(day);
  char buffer[32];
  std::snprintf(buffer, sizeof(buffer), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return buffer;
}

std::optional<Day> MakeDay(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || day < 1) return std::nullopt;
  const chrono::year_month_day date(chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  return Day(date);
}

int YearOf(Day day) { return static_cast<int>(Split(day).year()); }

int MonthOf(Day day) { return static_cast<int>(static_cast<unsigned>(Split(day).month())); }

int WeekdayOf(Day day) { return static_cast<int>(chrono::weekday(day).iso_encoding()) - 1; }

Interval DayInterval(Day day) { return {day, day}; }

Interval WeekInterval(Day day) {
  const Day monday = day - chrono::days(WeekdayOf(day));
  return {monday, monday + chrono::days(6)};
}

Interval MonthInterval(int year, int month) {
  const std::optional<Day> first = MakeDay(year, month, 1);
  if (!first) return {};
  return {first, AddMonths(*first, 1) - chrono::days(1)};
}

Interval YearInterval(int first, int last) { return {MakeDay(first, 1, 1), MakeDay(last, 12, 31)}; }

Day AddMonths(Day day, int months) {
  const chrono::year_month_day moved = Split(day) + chrono::months(months);
  if (moved.ok()) return Day(moved);
  return Day(chrono::year_month_day_last(moved.year(), chrono::month_day_last(moved.month())));
}

}  // namespace dossier::english
