// What a clause leaves unsaid because the clause that it depends on says it.
#ifndef DOSSIER_PLUGINS_OPENIE_BORROW_H_
#define DOSSIER_PLUGINS_OPENIE_BORROW_H_

#include "plugins/openie/clause.h"
#include "plugins/openie/frame.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// Gives `f`, the frame of the clause at `top`, its subject, auxiliaries and objects from the clause
// it depends on, and puts what relative pronouns stand for in their place. The frames of `clauses`
// that stand above the clause must be complete.
void Borrow(const Tree& tree, const Clauses& clauses, int top, Frame* f);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_BORROW_H_
