// Numbers in digits and in words.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_NUMERAL_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_NUMERAL_H_

#include <optional>

#include "plugins/english/values/atoms.h"

namespace dossier::english {

struct Numeral {
  size_t next = 0;  // the atom after it
  double value = 0;
  double scale = 1;             // of its last word: 1e6 in "1.5 million" and "1.5m"
  bool digits = false;          // begins with digits
  Bound bound = Bound::kExact;  // that its words tell: "hundreds" at least, "a dozen" about
  bool bare_one = false;        // "one" alone, often a pronoun
  bool needs_noun = false;      // "several": nothing without what it counts
  std::string_view measure;     // unit written onto the digits, "km" in "50km"
};

// The longest numeral that begins at atom i. Looks at most a fixed number of atoms ahead.
std::optional<Numeral> ReadNumeral(const Atoms& atoms, size_t i);

// A number of days, years and the like that a time is built with: "two", "10", "a", "one".
std::optional<Numeral> ReadCount(const Atoms& atoms, size_t i);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_NUMERAL_H_
