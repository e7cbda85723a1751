// Times of day.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_CLOCK_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_CLOCK_H_

#include <optional>
#include <string>

#include "plugins/english/values/atoms.h"

namespace dossier::english {

struct Clock {
  size_t next = 0;   // the atom after it
  std::string time;  // "T14:30", or "T14:30Z" for universal time; to be written after a date
};

// "10:30", "3 p.m.", "14:00 GMT", "noon" at atom i; without "a.m." or a zone only after "at" and
// the like, as scores look the same.
std::optional<Clock> ReadClock(const Atoms& atoms, size_t i);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_CLOCK_H_
