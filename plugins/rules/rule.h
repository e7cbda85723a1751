// A user's rule, read and compiled. README.md has the language and its grammar.
#ifndef DOSSIER_PLUGINS_RULES_RULE_H_
#define DOSSIER_PLUGINS_RULES_RULE_H_

#include <re2/re2.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plugins/rules/program.h"
#include "plugins/sdk/statements.h"

namespace dossier::rules {

// What a test looks at. In the order of kAttributeNames (parser.cc).
enum class Attribute : uint8_t { kWord, kLemma, kPos, kTag, kDep, kName, kValue };
inline constexpr size_t kAttributes = 7;

// One test of one token: whether all of the attribute's text matches.
struct Test {
  Attribute attribute = Attribute::kWord;
  bool negated = false;
  std::unique_ptr<const RE2> pattern;
};

// Where in its row of names or values a token stands.
enum class Place : uint8_t { kAnywhere, kOnly, kFirst, kMiddle, kLast };

// What one token must be: every test, and the place in the row that the first test is about.
struct TokenPattern {
  std::vector<uint32_t> tests;  // into RuleSet::tests
  Place place = Place::kAnywhere;
};

// A step along the tree from a variable that is bound. The dependent is the end with the relation.
struct Arc {
  enum class Kind : uint8_t {
    kRequired,  // without such a token there is no match
    kOptional,  // without one the variable stays unbound
    kForbidden  // with one there is no match
  };
  Kind kind = Kind::kRequired;
  uint32_t from = 0;
  bool to_head = false;             // "<": from the dependent to its head
  uint32_t relation = 0;            // test of the dependent's relation, into RuleSet::tests
  std::optional<uint32_t> to;       // variable; none for kForbidden
  std::optional<uint32_t> pattern;  // of the token found, into RuleSet::patterns
};

struct MentionAction {
  uint32_t variable = 0;
  std::string type;  // empty: that of the name
  std::string name;  // empty: that of the name, or the words
};

// A role of a triple and the variable that fills it.
struct RoleAction {
  sdk::Role role = sdk::Role::kOther;
  uint32_t variable = 0;
};

struct TripleAction {
  uint32_t subject = 0;
  std::string predicate;                               // or, when empty,
  uint32_t predicate_variable = 0;                     // the lemmas of this one
  sdk::LiteralType literal = sdk::LiteralType::kNone;  // kNone: the object is a mention
  std::optional<uint32_t> object;                      // none: the predicate takes none
  std::vector<RoleAction> roles;
  std::vector<uint32_t> speakers;  // outermost first
  sdk::Polarity polarity = sdk::Polarity::kPositive;
  std::optional<sdk::Modality> modality;  // none: asserted, or reported where one speaks
  double confidence = 0.9;
};

struct Rule {
  std::string name;
  Program program;
  uint32_t variables = 0;
  std::vector<Arc> arcs;
  std::vector<MentionAction> mentions;
  std::vector<TripleAction> triples;
  std::vector<uint32_t> said;  // variables that mentions and triples name; each may stand twice
};

struct RuleSet {
  std::vector<Test> tests;
  std::vector<TokenPattern> patterns;
  std::vector<Rule> rules;
};

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_RULE_H_
