// The part of the rule language that says which tokens are meant: tests, sequences, relations.
#ifndef DOSSIER_PLUGINS_RULES_PATTERN_PARSER_H_
#define DOSSIER_PLUGINS_RULES_PATTERN_PARSER_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <tuple>

#include "plugins/rules/cursor.h"
#include "plugins/rules/program.h"
#include "plugins/rules/rule.h"

namespace dossier::rules {

// The names of the parts of one rule, numbered from 0 as they come.
class Variables {
 public:
  uint32_t Number(const std::string& name) {
    return numbers_.try_emplace(name, static_cast<uint32_t>(numbers_.size())).first->second;
  }
  std::optional<uint32_t> Find(const std::string& name) const {
    const auto found = numbers_.find(name);
    return found == numbers_.end() ? std::nullopt : std::optional(found->second);
  }
  uint32_t size() const { return static_cast<uint32_t>(numbers_.size()); }
  void Clear() { numbers_.clear(); }

 private:
  std::map<std::string, uint32_t> numbers_;
};

// Each function reads one thing at the cursor and throws Fault where there is something else.
class PatternParser {
 public:
  // Borrows its arguments. Tests and patterns are added to *rules.
  PatternParser(Cursor& cursor, RuleSet* rules, Variables* variables)
      : cursor_(cursor), rules_(rules), variables_(variables) {}

  Node ReadSequence() { return ReadSequence(0); }
  // A "word" or [tests]: the index of its pattern.
  uint32_t ReadToken();
  // "nsubj|nsubj:pass": the index of a test of the relation.
  uint32_t ReadRelation();

 private:
  Node ReadSequence(int depth);
  Node ReadPart(int depth);
  Node ReadRepeated(int depth);
  uint32_t ReadCount();
  Node ReadAtom(int depth);
  Node ReadRow();
  uint32_t ReadTest();
  // "a|b|/c/" as one regular expression.
  std::string ReadValues(Attribute attribute, size_t max_count = SIZE_MAX);
  std::string ReadValue(Attribute attribute);
  std::string ReadRegex();
  // The ":pass" of nsubj:pass.
  std::string ReadSubtype();
  uint32_t AddPattern(TokenPattern pattern);
  uint32_t AddTest(Attribute attribute, bool negated, const std::string& pattern);

  Cursor& cursor_;
  RuleSet* rules_;
  Variables* variables_;
  std::map<std::tuple<Attribute, bool, std::string>, uint32_t> tests_;
};

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_PATTERN_PARSER_H_
