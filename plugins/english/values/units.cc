#include "plugins/english/values/units.h"

#include <cmath>
#include <iterator>

namespace dossier::english {

using std::chrono::days;

std::optional<Day> Move(Day day, Unit unit, double count) {
  static constexpr double kDays[] = {0, 0, 1.0 / 24, 1, 7, 7, 14};
  static constexpr double kMonths[] = {1, 3, 12, 120, 1200};
  const auto index = static_cast<size_t>(unit);
  if (index < std::size(kDays)) {
    const double distance = count * kDays[index];
    if (std::abs(distance) > 300'000) return std::nullopt;
    return day + days(static_cast<int>(distance));
  }
  const double distance = count * kMonths[index - std::size(kDays)];
  if (std::abs(distance) > 11'000) return std::nullopt;
  return AddMonths(day, static_cast<int>(distance));
}

Interval Around(Day day, Unit unit) {
  const int year = YearOf(day);
  switch (unit) {
    case Unit::kWeekend: {
      const Day monday = *WeekInterval(day).from;
      return {monday + days(5), monday + days(6)};
    }
    case Unit::kWeek:
    case Unit::kFortnight:
      return WeekInterval(day);
    case Unit::kMonth:
      return MonthInterval(year, MonthOf(day));
    case Unit::kQuarter: {
      const int first = (MonthOf(day) - 1) / 3 * 3 + 1;
      return {MonthInterval(year, first).from, MonthInterval(year, first + 2).to};
    }
    case Unit::kYear:
      return YearInterval(year, year);
    case Unit::kDecade:
      return YearInterval(year / 10 * 10, year / 10 * 10 + 9);
    case Unit::kCentury:
      return YearInterval((year - 1) / 100 * 100 + 1, (year - 1) / 100 * 100 + 100);
    default:
      return DayInterval(day);
  }
}

Interval Slice(const Interval& whole, int n, int parts) {
  if (!whole.from || !whole.to) return whole;
  const long length = (*whole.to - *whole.from).count() + 1;
  if (length < parts) return whole;
  if (length >= 365) {
    const int months = (YearOf(*whole.to) - YearOf(*whole.from) + 1) * 12;
    return {AddMonths(*whole.from, months * n / parts),
            AddMonths(*whole.from, months * (n + 1) / parts) - days(1)};
  }
  return {*whole.from + days(length * n / parts), *whole.from + days(length * (n + 1) / parts - 1)};
}

}  // namespace dossier::english
