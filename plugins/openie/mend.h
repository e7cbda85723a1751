// Corrects in a parser's tree what English grammar does not allow or hardly ever means.
#ifndef DOSSIER_PLUGINS_OPENIE_MEND_H_
#define DOSSIER_PLUGINS_OPENIE_MEND_H_

#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// "sent a total OF 40 BOATS": a phrase with "of" right behind a noun belongs to the noun and not to
// the verb, unless the verb takes such phrases ("robbed the bank of 40 bars"). Linear time.
void Mend(std::vector<Word>* words);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_MEND_H_
