// Rates: "one interpreter per 30 soldiers", "$5 a barrel", "three times a day".
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_RATIO_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_RATIO_H_

#include <cstddef>
#include <optional>

#include "plugins/english/values/atoms.h"
#include "plugins/english/values/quantities.h"

namespace dossier::english {

// "per 30 soldiers", "for every 30 soldiers", "a barrel", "an hour", where what `quantity` counts
// ends before atom i: goes into its unit. Nothing changes where no such words follow.
void ReadRatio(const Atoms& atoms, size_t i, Quantity* quantity);

// "AN interpreter per 30 soldiers": an article counts one where a rate follows, and only there.
std::optional<Quantity> ReadOnePer(const Atoms& atoms, size_t i);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_RATIO_H_
