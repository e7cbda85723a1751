// Parts of a whole: "two-thirds of", "a quarter of", "half of", "9 out of 10", "one in five", "most
// of", "a majority of".
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_SHARE_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_SHARE_H_

#include <cstddef>
#include <optional>

#include "plugins/english/values/atoms.h"
#include "plugins/english/values/quantities.h"

namespace dossier::english {

// The share that begins at atom i, in percent; "a quarter of a million" is a number. `bounded`:
// words such as "nearly" stand before it. Looks at most a fixed number of atoms ahead.
//
// Whoever tells a share by simple parts rounds: it is "about". A majority is half at least, and a
// minority half at most.
std::optional<Quantity> ReadShare(const Atoms& atoms, size_t i, bool bounded);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_SHARE_H_
