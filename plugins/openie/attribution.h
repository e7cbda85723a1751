// Who says so: the chain of speakers over each frame of a sentence.
#ifndef DOSSIER_PLUGINS_OPENIE_ATTRIBUTION_H_
#define DOSSIER_PLUGINS_OPENIE_ATTRIBUTION_H_

#include "plugins/openie/clause.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// Sets the sources of every frame, outermost first, from verbs of saying ("X said that", ", X
// said", "X accused Y of"), "according to X", and nouns of saying ("reports that").
void FindSources(const Tree& tree, Clauses* clauses);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_ATTRIBUTION_H_
