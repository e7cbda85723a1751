// What a number counts: the noun phrase that follows it.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_COUNTED_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_COUNTED_H_

#include <optional>
#include <string>

#include "plugins/english/values/atoms.h"

namespace dossier::english {

struct Counted {
  size_t next = 0;      // the atom after the noun
  std::string lemma;    // of the head noun
  bool plural = false;  // by its form
};

// The noun phrase at atom i, where a number before it is `plural` or one. Needs tags: without them
// only the calendar's units are found.
std::optional<Counted> ReadCounted(const Atoms& atoms, size_t i, bool plural);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_COUNTED_H_
