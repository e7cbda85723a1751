#include "server/model/time_interval.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

namespace dossier {
namespace {

// The number that `text` is made of, all digits.
std::optional<unsigned> Number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

bool IsDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
    return false;
  }
  const auto year = Number(text.substr(0, 4));
  const auto month = Number(text.substr(5, 2));
  const auto day = Number(text.substr(8, 2));
  return year && month && day &&
         std::chrono::year_month_day(std::chrono::year(static_cast<int>(*year)),
                                     std::chrono::month(*month), std::chrono::day(*day))
             .ok();
}

bool IsTimeOfDay(std::string_view text) {
  if (text.size() != 9 || text[2] != ':' || text[5] != ':' || text[8] != 'Z') {
    return false;
  }
  const auto hour = Number(text.substr(0, 2));
  const auto minute = Number(text.substr(3, 2));
  const auto second = Number(text.substr(6, 2));
  return hour && minute && second && *hour < 24 && *minute < 60 && *second < 60;
}

// Whether the beginning `from` is not after the end `to`. Of a date and a time on it, neither is
// after the other.
bool Reaches(std::string_view from, std::string_view to) {
  const std::size_t size = std::min(from.size(), to.size());
  return from.empty() || to.empty() || from.substr(0, size) <= to.substr(0, size);
}

}  // namespace

bool Overlaps(const TimeInterval& a, const TimeInterval& b) {
  return Reaches(a.from, b.to) && Reaches(b.from, a.to);
}

bool IsIsoTime(std::string_view text) {
  if (text.size() == 10) {
    return IsDate(text);
  }
  return text.size() == 20 && text[10] == 'T' && IsDate(text.substr(0, 10)) &&
         IsTimeOfDay(text.substr(11));
}

}  // namespace dossier
