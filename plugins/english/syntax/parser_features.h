// What the parser looks at: hashed feature templates over a state, after Zhang and Nivre (2011),
// with features over a guide tree after Nivre and McDonald (2008).
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_FEATURES_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_FEATURES_H_

#include <cstdint>
#include <span>
#include <vector>

#include "plugins/english/syntax/parser_state.h"

namespace dossier::english {

// Both replace the content of `features`.

// For the next action.
void ExtractActionFeatures(const ParserState& state, std::vector<uint64_t>& features);

// For the label of the arc that `action`, kLeft or kRight, would add.
void ExtractLabelFeatures(const ParserState& state, Action action, std::vector<uint64_t>& features);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_PARSER_FEATURES_H_
