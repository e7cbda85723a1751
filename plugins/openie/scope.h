// How far a clause commits itself: its polarity and modality, from what stands in its scope.
#ifndef DOSSIER_PLUGINS_OPENIE_SCOPE_H_
#define DOSSIER_PLUGINS_OPENIE_SCOPE_H_

#include "plugins/openie/clause.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// Sets polarity and modality of every frame. Of several modalities the strongest counts: denied,
// conditional, possible, planned, reported, asserted. Call it after FindSources().
void ReadScope(const Tree& tree, Clauses* clauses);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_SCOPE_H_
