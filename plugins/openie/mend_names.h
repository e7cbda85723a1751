// Names with their titles and what they own, where the parser's tree has them wrong. Part of
// Mend().
#ifndef DOSSIER_PLUGINS_OPENIE_MEND_NAMES_H_
#define DOSSIER_PLUGINS_OPENIE_MEND_NAMES_H_

#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// Mends what token `i`, which is not the first, has to do with names.
void MendName(std::vector<Word>* words, int i);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_MEND_NAMES_H_
