// Who does it, where the parser's tree has it wrong. Part of Mend().
#ifndef DOSSIER_PLUGINS_OPENIE_MEND_SUBJECTS_H_
#define DOSSIER_PLUGINS_OPENIE_MEND_SUBJECTS_H_

#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// Mends what token `i`, which is not the first, has to do with subjects.
void MendSubject(std::vector<Word>* words, int i);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_MEND_SUBJECTS_H_
