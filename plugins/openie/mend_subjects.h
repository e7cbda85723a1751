// Mends who does what a verb says. Part of Mend().
#ifndef DOSSIER_PLUGINS_OPENIE_MEND_SUBJECTS_H_
#define DOSSIER_PLUGINS_OPENIE_MEND_SUBJECTS_H_

#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// Corrects in the tree of a sentence's `words` what token `i`, which is not the first, has to do
// with subjects. No cycle comes about. Costs some walks over the sentence, and again for each
// subject before `i` that it makes a list with.
void MendSubject(std::vector<Word>* words, int i);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_MEND_SUBJECTS_H_
