#include "plugins/gazetteer/automaton.h"

#include <algorithm>
#include <utility>

namespace dossier::gazetteer {

Automaton::Automaton() : depth_(1), longest_(1, kNone), fail_(1, kStart) {}

Automaton::State Automaton::Add(std::span<const uint32_t> words) {
  State state = kStart;
  for (size_t i = words.size(); i-- > 0;) {
    const auto [edge, added] =
        edges_.try_emplace(Edge(state, words[i]), static_cast<State>(depth_.size()));
    if (added) {
      depth_.push_back(depth_[state] + 1);
      longest_.push_back(kNone);
    }
    state = edge->second;
  }
  longest_[state] = state;
  return state;
}

void Automaton::Finish() {
  fail_.assign(depth_.size(), kStart);
  // By depth: a state's suffixes are shorter, so they are done before it.
  std::vector<std::pair<uint64_t, State>> edges(edges_.begin(), edges_.end());
  std::sort(edges.begin(), edges.end(),
            [this](const auto& a, const auto& b) { return depth_[a.second] < depth_[b.second]; });
  for (const auto& [edge, to] : edges) {
    const auto from = static_cast<State>(edge >> 32);
    if (from != kStart) {
      fail_[to] = Step(fail_[from], static_cast<uint32_t>(edge));
    }
    if (longest_[to] != to) longest_[to] = longest_[fail_[to]];
  }
}

Automaton::State Automaton::Step(State state, uint32_t word) const {
  while (true) {
    const auto edge = edges_.find(Edge(state, word));
    if (edge != edges_.end()) return edge->second;
    if (state == kStart) return kStart;
    state = fail_[state];
  }
}

}  // namespace dossier::gazetteer
