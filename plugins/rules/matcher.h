// Where a rule holds in a sentence: its pattern first, its arcs from there.
#ifndef DOSSIER_PLUGINS_RULES_MATCHER_H_
#define DOSSIER_PLUGINS_RULES_MATCHER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "plugins/rules/document.h"
#include "plugins/rules/program.h"
#include "plugins/rules/rule.h"

namespace dossier::rules {

// The tokens [begin, end) that a variable stands for.
struct Binding {
  uint32_t begin = kUnset;
  uint32_t end = kUnset;
  bool by_arc = false;  // one token, which stands for the phrase around it

  bool bound() const { return begin != kUnset; }
  friend bool operator==(const Binding&, const Binding&) = default;
};
using Bindings = std::vector<Binding>;  // by variable

// A match of the pattern makes at most as many matches of the rule, whatever its arcs find.
inline constexpr size_t kMaxSolutions = 16;
// A sentence of more tokens is no prose and is left unread.
inline constexpr uint32_t kMaxSentenceTokens = 1000;

// The token of [begin, end) that the others hang on: the first whose head is not among them.
uint32_t HeadOf(const Tokens& tokens, const Binding& binding);

class RuleMatcher {
 public:
  // Borrows its arguments.
  RuleMatcher(const RuleSet& rules, const Tokens& tokens)
      : tokens_(tokens), tester_(rules, tokens) {}

  // Calls found(bindings) for each match of the rule in the sentence, from left to right; once
  // where several differ only in variables that the rule says nothing about. Time linear in the
  // sentence for the pattern, and for each of its matches linear in the sentence once more for the
  // arcs.
  void Find(const Rule& rule, uint32_t sentence, const std::function<void(const Bindings&)>& found);

  // Instructions of patterns visited so far.
  uint64_t steps() const { return machine_.steps(); }

 private:
  // What `arc` leads to from `bindings`.
  std::vector<uint32_t> Reached(const Arc& arc, const Bindings& bindings);
  // All ways to follow the arc from each of `solutions`.
  std::vector<Bindings> Follow(const Arc& arc, const std::vector<Bindings>& solutions);

  const Tokens& tokens_;
  Tester tester_;
  Machine machine_;
};

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_MATCHER_H_
