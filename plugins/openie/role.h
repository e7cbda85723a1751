// The roles of a clause's further arguments.
#ifndef DOSSIER_PLUGINS_OPENIE_ROLE_H_
#define DOSSIER_PLUGINS_OPENIE_ROLE_H_

#include <cstdint>

#include "plugins/openie/frame.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

enum class Role : uint8_t { kTime, kPlace, kPurpose, kQuantity, kWith, kTo, kFrom, kOf, kOther };

Role RoleOf(const Tree& tree, const Argument& argument);

// A row of value/1 that gives a time, or kNone: the first in the argument's subtree.
int TimeIn(const Tree& tree, const Argument& argument);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_ROLE_H_
