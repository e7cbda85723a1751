// Counts in words that give no figure: "dozens of men", "a few thousand", "several boats", "a small
// number of troops".
//
// Such words surely say a least number, and that is all that is read from them:
//
// - two of the number word in "dozens" (24), "tens of thousands" (20,000), "several hundred" (200);
// - 2, which is all that a plural tells, in "a couple of", "a number of", "multiple";
// - 3, as two have words of their own, in "a few", "several", "a handful of", "many", "numerous".
//
// The least is low on purpose. Two figures conflict when no number fits both, so one that is too
// low stays silent, and one that is too high contradicts a reporter who counted. There is no upper
// end: "a small number of troops" may be hundreds, and with a bound from above ("up to several
// hundred") nothing is known. "Few" and "no" are no quantities: the one has neither end, and the
// other is the statement's polarity.
#ifndef DOSSIER_PLUGINS_ENGLISH_VALUES_VAGUE_H_
#define DOSSIER_PLUGINS_ENGLISH_VALUES_VAGUE_H_

#include <cstddef>
#include <optional>

#include "plugins/english/values/atoms.h"

namespace dossier::english {

struct Vague {
  size_t next = 0;   // the atom after it, before "of"
  double least = 0;  // 3 of "several"; of a number word after it, two
};

// The vague count that begins at atom i, other than a number word's plural. Looks at most a fixed
// number of atoms ahead.
std::optional<Vague> ReadVague(const Atoms& atoms, size_t i);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_VALUES_VAGUE_H_
