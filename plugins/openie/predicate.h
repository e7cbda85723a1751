// The predicate of a statement, normalised: "be sent to", "plan to leave", "walk out".
#ifndef DOSSIER_PLUGINS_OPENIE_PREDICATE_H_
#define DOSSIER_PLUGINS_OPENIE_PREDICATE_H_

#include <string>

#include "plugins/openie/frame.h"
#include "plugins/openie/mention.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// Lemmas of the frame's verbs, with particles, passives as "be" and participle, and the preposition
// of `object`, which may be null. In lower case; never empty.
std::string RenderPredicate(const Tree& tree, const Frame& frame, const Argument* object);

// The words that it stands for; empty where it is supplied.
Phrase PredicateWords(const Tree& tree, const Frame& frame);

// "walked OUT", called an adverb by the tree.
bool IsParticle(const Tree& tree, int verb, int adverb);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_PREDICATE_H_
