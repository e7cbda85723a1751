// Numbers that count or measure something: "up to 10,000 troops", "$60 million", "5-10%".
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_QUANTITIES_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_QUANTITIES_H_

#include <optional>
#include <string>

#include "plugins/english/values/atoms.h"
#include "plugins/english/values/numeral.h"
#include "plugins/english/values/value.h"

namespace dossier::english {

struct Quantity {
  size_t next = 0;  // the atom after it; the counted noun is left out, words of measure are not
  ValueKind kind = ValueKind::kNumber;
  Bound bound = Bound::kExact;
  double value = 0;
  double high = 0;
  std::string unit;
};

// The bound that the words at atom i put on a number, as "more than" does; `*next` is the atom
// after them, i itself where there is none.
Bound ReadBound(const Atoms& atoms, size_t i, size_t* next);

// The longest quantity that begins at atom i, given that atoms before `floor` belong to others.
// Ordinals, years, scores, identifiers and telephone numbers are none.
// Looks at most a fixed number of atoms ahead.
std::optional<Quantity> ReadQuantity(const Atoms& atoms, size_t i, size_t floor);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_QUANTITIES_H_
