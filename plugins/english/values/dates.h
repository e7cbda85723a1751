// Dates by name or number, in full or in part: "18 October 2024", "Oct. 8", "Friday", "the 1990s".
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_DATES_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_DATES_H_

#include <optional>

#include "plugins/english/values/atoms.h"
#include "plugins/english/values/civil.h"

namespace dossier::english {

// What the text says of a date; the rest is for Resolve to find. Zero or -1: not said.
struct PartialDate {
  size_t next = 0;  // the atom after it
  int year = 0;
  int last_year = 0;  // of a decade or a century
  int month = 0;
  int months = 1;  // of a season or a quarter: how many from `month` on
  int day = 0;
  int weekday = -1;
};

// The day the document was published, if known, and the direction its verbs give.
struct Reference {
  std::optional<Day> published;
  Tense tense = Tense::kNone;
};

// The longest date that begins at atom i. Looks at most a fixed number of atoms ahead.
std::optional<PartialDate> ReadDate(const Atoms& atoms, size_t i);

// Two dates joined by a dash or "to", or, in `between`, by "and"; a part that one lacks it takes
// from the other: "October 8 and 13", "8-13 October", "1950-53", "January to March 2024".
struct DateRange {
  PartialDate first;
  PartialDate last;
};
std::optional<DateRange> ReadDateRange(const Atoms& atoms, size_t i, bool between);

// A year in digits that stands where counts do not, as "2023" in "in 2023" and "2023 elections".
std::optional<PartialDate> ReadLoneYear(const Atoms& atoms, size_t i);

// The days meant. A month or day without a year is the nearest to the published day, and nearer
// still in the direction of the tense; a bare weekday is the last one up to the published day, or,
// in the future tense, the next from it on. Open where that takes a published day and there is
// none.
Interval Resolve(const PartialDate& date, const Reference& reference);
Interval Resolve(const DateRange& range, const Reference& reference);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_DATES_H_
