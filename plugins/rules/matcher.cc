#include "plugins/rules/matcher.h"

#include <algorithm>
#include <cstddef>

namespace dossier::rules {

uint32_t HeadOf(const Tokens& tokens, const Binding& binding) {
  for (uint32_t token = binding.begin; token < binding.end; ++token) {
    const uint32_t head = tokens.Head(token);
    if (head == kNoRow || head < binding.begin || head >= binding.end) return token;
  }
  return binding.begin;  // a circle, which no parser makes
}

void RuleMatcher::Find(const Rule& rule, uint32_t sentence,
                       const std::function<void(const Bindings&)>& found) {
  const uint32_t last = tokens_.last(sentence);
  uint32_t at = tokens_.first(sentence);
  if (last - at > kMaxSentenceTokens) return;
  const auto accepts = [this](uint32_t pattern, uint32_t token) {
    return tester_.Fits(pattern, token);
  };
  for (; machine_.Run(rule.program, at, last, accepts); at = machine_.match_end()) {
    Bindings bindings(rule.variables);
    for (uint32_t v = 0; v < rule.variables; ++v) {
      const uint32_t begin = machine_.slots()[2 * v];
      const uint32_t end = machine_.slots()[2 * v + 1];
      if (begin != kUnset && end != kUnset && begin < end) bindings[v] = {begin, end, false};
    }
    std::vector<Bindings> solutions = {std::move(bindings)};
    for (const Arc& arc : rule.arcs) solutions = Follow(arc, solutions);
    for (size_t i = 0; i < solutions.size(); ++i) {
      const auto says_the_same = [&](const Bindings& earlier) {
        return std::all_of(rule.said.begin(), rule.said.end(), [&](uint32_t variable) {
          return earlier[variable] == solutions[i][variable];
        });
      };
      const auto here = solutions.begin() + static_cast<std::ptrdiff_t>(i);
      if (std::none_of(solutions.begin(), here, says_the_same)) found(*here);
    }
  }
}

std::vector<uint32_t> RuleMatcher::Reached(const Arc& arc, const Bindings& bindings) {
  std::vector<uint32_t> reached;
  if (!bindings[arc.from].bound()) return reached;
  const uint32_t from = HeadOf(tokens_, bindings[arc.from]);
  const auto consider = [&](uint32_t dependent, uint32_t found) {
    const bool taken =
        arc.to && bindings[*arc.to].bound() && HeadOf(tokens_, bindings[*arc.to]) != found;
    if (!taken && tester_.Passes(arc.relation, dependent) &&
        (!arc.pattern || tester_.Fits(*arc.pattern, found))) {
      reached.push_back(found);
    }
  };
  if (!arc.to_head) {
    for (const uint32_t dependent : tokens_.Dependents(from)) consider(dependent, dependent);
  } else if (tokens_.Head(from) != kNoRow) {
    consider(from, tokens_.Head(from));
  }
  return reached;
}

std::vector<Bindings> RuleMatcher::Follow(const Arc& arc, const std::vector<Bindings>& solutions) {
  std::vector<Bindings> followed;
  for (const Bindings& solution : solutions) {
    const std::vector<uint32_t> reached = Reached(arc, solution);
    const bool stays = arc.kind == Arc::Kind::kRequired ? false : reached.empty();
    if (stays && followed.size() < kMaxSolutions) followed.push_back(solution);
    if (arc.kind == Arc::Kind::kForbidden) continue;
    for (const uint32_t token : reached) {
      if (followed.size() == kMaxSolutions) break;
      followed.push_back(solution);
      Binding& to = followed.back()[*arc.to];
      if (!to.bound()) to = {token, token + 1, true};
    }
  }
  return followed;
}

}  // namespace dossier::rules
