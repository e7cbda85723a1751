// The view of a frame that the graph stores: minimal triples with qualifiers. Members of a
// coordination that take part by themselves get a triple each.
#ifndef DOSSIER_PLUGINS_OPENIE_TRIPLES_H_
#define DOSSIER_PLUGINS_OPENIE_TRIPLES_H_

#include <string>
#include <vector>

#include "plugins/openie/clause.h"
#include "plugins/openie/frame.h"
#include "plugins/openie/mention.h"
#include "plugins/openie/role.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

struct Qualifier {
  Role role = Role::kOther;
  Phrase phrase;      // with its preposition
  int named = kNone;  // head of the noun phrase that it names
  int value = kNone;  // row of value/1
};

struct Statement {
  Phrase subject;
  std::string predicate;
  Phrase predicate_words;
  Phrase object;         // empty: the predicate takes none
  bool literal = false;  // the object is words, not a thing
  int quantity = kNone;  // row of value/1: how many
  int time = kNone;      // row of value/1: when
  std::vector<Qualifier> qualifiers;
};

// Appends the statements that a frame makes, kMaxStatements at most: none for a frame that asserts
// nothing of its own (a purpose, a bare "they said that").
inline constexpr size_t kMaxStatements = 16;
void RenderStatements(const Tree& tree, const Clauses& clauses, const Frame& frame,
                      std::vector<Statement>* out);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_TRIPLES_H_
