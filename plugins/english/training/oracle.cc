#include "plugins/english/training/oracle.h"

namespace dossier::english {
namespace {

// Putting the buffer's first word on the stack takes it from the reach of all words on the stack,
// except that the stack's top may still take it.
int ShiftCost(const ParserState& state, std::span<const uint16_t> gold) {
  const uint16_t front = state.buffer(0);
  int cost = 0;
  for (size_t i = 0; state.stack(i) != 0; ++i) {
    const uint16_t word = state.stack(i);
    if (gold[word] == front) ++cost;
    if (gold[front] == word && i > 0) ++cost;
  }
  return cost;
}

// Popping the stack's top under `head` loses its other possible head and all dependents to come.
int PopCost(const ParserState& state, std::span<const uint16_t> gold, uint16_t head) {
  const uint16_t top = state.stack(0);
  const uint16_t gold_head = gold[top];
  int cost = 0;
  if (gold_head != head && (gold_head >= state.buffer(0) || gold_head == state.stack(1))) ++cost;
  for (uint16_t word = state.buffer(0); word < state.root(); ++word) {
    if (gold[word] == top) ++cost;
  }
  return cost;
}

}  // namespace

std::array<int, kActions> ActionCosts(const ParserState& state, std::span<const uint16_t> gold) {
  std::array<int, kActions> costs = {kIllegal, kIllegal, kIllegal};
  if (state.IsLegal(kShift)) costs[kShift] = ShiftCost(state, gold);
  for (const Action action : {kLeft, kRight}) {
    if (state.IsLegal(action)) costs[action] = PopCost(state, gold, state.ArcHead(action));
  }
  return costs;
}

}  // namespace dossier::english
