#ifndef DOSSIER_SERVER_MODEL_TIME_INTERVAL_H_
#define DOSSIER_SERVER_MODEL_TIME_INTERVAL_H_

#include <string>
#include <string_view>

namespace dossier {

// A closed interval of ISO 8601 dates ("2024-10-08") or UTC times ("2024-10-08T06:00:00Z"). An
// empty end is open.
struct TimeInterval {
  std::string from;
  std::string to;

  friend bool operator==(const TimeInterval&, const TimeInterval&) = default;
};

// Whether `text` is a calendar date or a UTC time in one of the two forms above.
bool IsIsoTime(std::string_view text);

// Whether the two have a moment in common. A date is the whole day.
bool Overlaps(const TimeInterval& a, const TimeInterval& b);

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_TIME_INTERVAL_H_
