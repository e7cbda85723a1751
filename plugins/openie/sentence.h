// One sentence through all the rules.
#ifndef DOSSIER_PLUGINS_OPENIE_SENTENCE_H_
#define DOSSIER_PLUGINS_OPENIE_SENTENCE_H_

#include "plugins/openie/clause.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// The frames of a sentence, with sources, polarity, modality and confidence.
Clauses ReadSentence(const Tree& tree);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_SENTENCE_H_
