// Statements that noun phrases make without a verb: appositions, titles, possession, examples,
// and nouns of action.
#ifndef DOSSIER_PLUGINS_OPENIE_NOMINAL_H_
#define DOSSIER_PLUGINS_OPENIE_NOMINAL_H_

#include "plugins/openie/clause.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// Appends the noun phrases' frames to `clauses`, kMaxFrames of them at most.
void ReadNominals(const Tree& tree, Clauses* clauses);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_NOMINAL_H_
