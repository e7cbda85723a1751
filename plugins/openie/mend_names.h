// Mends names with their titles and what they own. Part of Mend().
#ifndef DOSSIER_PLUGINS_OPENIE_MEND_NAMES_H_
#define DOSSIER_PLUGINS_OPENIE_MEND_NAMES_H_

#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// Corrects in the tree of a sentence's `words` what token `i`, which is not the first, has to do
// with names. No cycle comes about. Costs a walk over the sentence at most.
void MendName(std::vector<Word>* words, int i);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_MEND_NAMES_H_
