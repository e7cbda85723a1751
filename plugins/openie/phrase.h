// The words of an argument: which tokens of its subtree are its own.
#ifndef DOSSIER_PLUGINS_OPENIE_PHRASE_H_
#define DOSSIER_PLUGINS_OPENIE_PHRASE_H_

#include <string>
#include <string_view>
#include <vector>

#include "plugins/openie/frame.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// What modifies the argument's head, sorted, without its preposition or conjunction, without
// relative clauses, remarks and marks at its ends. For a copular frame's predicate: without the
// clause.
std::vector<int> FullPhrase(const Tree& tree, const Frame& frame, const Argument& argument);

// The prepositions or conjunctions before it: "in", "because of", "that".
std::vector<int> Marker(const Tree& tree, const Argument& argument);

// ASCII letters in lower case, others as they are.
std::string Lower(std::string_view text);

// The words as they stand in the text: a space between two tokens unless they touch there.
std::string Join(const Tree& tree, const std::vector<int>& tokens);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_PHRASE_H_
