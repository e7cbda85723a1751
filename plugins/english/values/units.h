// The calendar's units as the grammar of times needs them: away from a day, around it, in parts.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_UNITS_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_UNITS_H_

#include <optional>

#include "plugins/english/values/civil.h"
#include "plugins/english/values/lexicon.h"

namespace dossier::english {

// The day some units away, where the calendar of four-digit years reaches it; at most some 800
// years.
std::optional<Day> Move(Day day, Unit unit, double count);

// The calendar unit that holds the day; the day itself for units within it.
Interval Around(Day day, Unit unit);

// The n-th of `parts` equal stretches, counted from 0: of whole months where the whole is made of
// years. All of it where it is too short to part.
Interval Slice(const Interval& whole, int n, int parts);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_UNITS_H_
