// From the times of value/1 to those of triples.
#ifndef DOSSIER_PLUGINS_SDK_TIMES_H_
#define DOSSIER_PLUGINS_SDK_TIMES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "plugins/sdk/statements.h"

namespace dossier::sdk {

// A time of value/1 as a triple has it: a date as it is, "2024-10-08T06:00Z" with its seconds, and
// of a time without a zone, "2024-10-08T06:00", the day, since only that is sure everywhere.
inline std::string TripleTime(std::string_view value) {
  constexpr size_t kDateBytes = 10, kMinuteBytes = 16;
  const bool is_utc_minute = value.size() == kMinuteBytes + 1 && value.back() == 'Z';
  if (is_utc_minute) return std::string(value.substr(0, kMinuteBytes)) + ":00Z";
  return std::string(value.ends_with('Z') ? value : value.substr(0, kDateBytes));
}

// The interval from one to the other, either of which may be empty; nullopt when both are.
inline std::optional<TimeRange> TripleTimes(std::string_view from, std::string_view to) {
  if (from.empty() && to.empty()) return std::nullopt;
  return TimeRange{TripleTime(from), TripleTime(to)};
}

}  // namespace dossier::sdk

#endif  // DOSSIER_PLUGINS_SDK_TIMES_H_
