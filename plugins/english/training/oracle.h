// The dynamic oracle of the arc-hybrid system (Goldberg and Nivre 2013).
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_ORACLE_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_ORACLE_H_

#include <array>
#include <span>

#include "plugins/english/syntax/parser_state.h"

namespace dossier::english {

inline constexpr int kIllegal = 1 << 20;

// Per action, how many arcs of the gold tree can no longer be built after it, or kIllegal.
// `gold` holds the head of every node of the state, in the state's own numbers.
std::array<int, kActions> ActionCosts(const ParserState& state, std::span<const uint16_t> gold);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_ORACLE_H_
