#include "plugins/english/syntax/parser.h"

#include <algorithm>
#include <array>

#include "plugins/english/syntax/parser_features.h"

namespace dossier::english {

Action BestLegal(const ParserState& state, const int32_t scores[kActions]) {
  int best = -1;
  for (int action = 0; action < static_cast<int>(kActions); ++action) {
    if (!state.IsLegal(static_cast<Action>(action))) continue;
    if (best < 0 || scores[action] > scores[best]) best = action;
  }
  return static_cast<Action>(best);
}

void Parser::Parse(std::span<const Lexeme> words, std::span<const uint8_t> tags,
                   std::span<const Arc> guide, ParserScratch& scratch, std::span<Arc> tree) const {
  ParserState& state = scratch.state;
  state.Reset(words, tags, reversed_, guide);
  std::array<int32_t, 256> label_scores;
  while (!state.IsFinal()) {
    ExtractActionFeatures(state, scratch.features);
    int32_t scores[kActions] = {};
    actions_.Score(scratch.features, scores);
    const Action action = BestLegal(state, scores);
    uint8_t label = 0;
    if (action != kShift) {
      ExtractLabelFeatures(state, action, scratch.features);
      std::fill_n(label_scores.begin(), label_count(), 0);
      labels_.Score(scratch.features, label_scores.data());
      label = Best(std::span(label_scores).first(label_count()));
    }
    state.Apply(action, label);
  }
  state.ReadTree(reversed_, tree);
}

}  // namespace dossier::english
