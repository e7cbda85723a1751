// What stands before a colon and tells of the rest: "Oct. 3: Members vote", "NORTHERN BUREAU: Ships
// left"; and, in a heading, behind one: "Ships left: Bureau".
#ifndef DOSSIER_PLUGINS_OPENIE_LABEL_H_
#define DOSSIER_PLUGINS_OPENIE_LABEL_H_

#include <vector>

#include "plugins/openie/clause.h"
#include "plugins/openie/tree.h"
#include "plugins/openie/triples.h"

namespace dossier::openie {

struct Label {
  int begin = 0;  // its tokens
  int end = 0;
  int value = kNone;   // a row of value/1, when it is a time
  int source = kNone;  // its head, when it names who says the rest

  bool empty() const { return begin == end; }
};

// The label of the sentence; an empty one where it has none. Behind a colon only `in_heading`.
Label FindLabel(const Tree& tree, bool in_heading);

// The label's source says what every frame outside of it says, unless somebody is said to.
void AttributeToLabel(const Label& label, Clauses* clauses);

// The label's time is that of statements without one. No subject or object reaches into the label,
// and nothing is stated about it.
void ApplyLabel(const Label& label, std::vector<Statement>* statements);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_LABEL_H_
