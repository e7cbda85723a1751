// What a rule says where it holds: mentions and triples.
#ifndef DOSSIER_PLUGINS_RULES_SPEAKER_H_
#define DOSSIER_PLUGINS_RULES_SPEAKER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "plugins/rules/document.h"
#include "plugins/rules/matcher.h"
#include "plugins/rules/rule.h"
#include "plugins/sdk/sink.h"

namespace dossier::rules {

class Speaker {
 public:
  // Borrows its arguments.
  Speaker(const Tokens& tokens, sdk::Sink* sink) : tokens_(tokens), sink_(sink) {}

  // All mentions and triples of the rule. A triple whose subject or object is not bound, or whose
  // object is to be a value and is none, is left out; so is a part that is not bound.
  void Say(const Rule& rule, uint32_t sentence, const Bindings& bindings);

 private:
  // The tokens of what a variable stands for: for a token that an arc found, the name that it is
  // in, or the words before it that belong to it, and the parts of a name behind.
  Binding Phrase(const Binding& binding) const;
  uint32_t MentionOf(const Binding& binding, const std::string& type, const std::string& name);
  // The row of values/1 in the phrase, or of a number that counts it.
  std::optional<uint32_t> ValueOf(const Binding& binding) const;
  std::optional<sdk::Literal> LiteralOf(sdk::LiteralType type, const Binding& binding) const;
  std::string Lemmas(const Binding& binding) const;
  void AddRole(const RoleAction& action, const Bindings& bindings, sdk::Triple* triple);
  void SayTriple(const Rule& rule, const TripleAction& action, uint32_t sentence,
                 const Bindings& bindings);

  const Tokens& tokens_;
  sdk::Sink* sink_;
  // Mentions that have been made: the same words are not mentioned twice under one name.
  std::map<std::tuple<uint32_t, uint32_t, std::string, std::string>, uint32_t> mentions_;
};

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_SPEAKER_H_
