#include "plugins/rules/parser.h"

#include <charconv>
#include <string_view>
#include <utility>

#include "plugins/rules/cursor.h"
#include "plugins/rules/lexer.h"
#include "plugins/rules/pattern_parser.h"

namespace dossier::rules {
namespace {

using Kind = Lexeme::Kind;

// In the order of the plugin interface's enumerators, which begin at 1.
constexpr Words<9> kRoles = {"time", "place", "purpose", "quantity", "with",
                             "to",   "from",  "of",      "other"};
constexpr Words<6> kModalities = {"asserted", "reported",    "planned",
                                  "possible", "conditional", "denied"};
constexpr size_t kMaxArcs = 16;
constexpr size_t kMaxTextBytes = 1000;  // of a name or predicate that the rule gives

class Parser {
 public:
  Parser(std::vector<Lexeme> lexemes, RuleSet* rules)
      : cursor_(std::move(lexemes)), rules_(rules), patterns_(cursor_, rules, &variables_) {}

  // Reads rules up to the end. Goes on at the next rule after a fault.
  void ReadFile(std::vector<Fault>* faults) {
    while (!cursor_.Is(Kind::kEnd)) {
      try {
        ReadRule();
      } catch (const Fault& fault) {
        faults->push_back(fault);
        do {
          cursor_.Skip();
        } while (!cursor_.Is(Kind::kEnd) && !(cursor_.IsWord("rule") && cursor_.IsMark("{", 2)));
      }
    }
  }

 private:
  void ReadRule() {
    if (!cursor_.TakeWord("rule")) cursor_.Fail("a rule begins with \"rule NAME {\"");
    const size_t begin = cursor_.Now().offset;
    rule_ = {};
    variables_.Clear();
    said_.clear();
    rule_.name = cursor_.Need(Kind::kWord, "the name of the rule").text;
    cursor_.NeedMark("{", "after the rule's name");
    if (!cursor_.TakeWord("match")) cursor_.Fail("a rule begins with \"match\" and a pattern");
    const size_t pattern_begin = cursor_.Now().offset;
    const Node pattern = patterns_.ReadSequence();
    cursor_.NeedMark(";", "after the pattern, or this is no part of one");
    while (!cursor_.TakeMark("}")) ReadStatement();
    if (rule_.mentions.empty() && rule_.triples.empty()) {
      throw Fault{begin, "the rule says nothing: it has no mention and no triple"};
    }
    if (MayBeEmpty(pattern)) throw Fault{pattern_begin, "the pattern matches no tokens at all"};
    rule_.variables = variables_.size();
    rule_.said = said_;
    auto program = Compile(pattern, rule_.variables);
    if (!program) throw Fault{pattern_begin, "the pattern is too large"};
    rule_.program = *std::move(program);
    rules_->rules.push_back(std::move(rule_));
  }

  void ReadStatement() {
    if (cursor_.TakeWord("arc")) {
      ReadArc(/*forbidden=*/false);
    } else if (cursor_.TakeWord("without")) {
      ReadArc(/*forbidden=*/true);
    } else if (cursor_.TakeWord("mention")) {
      ReadMention();
    } else if (cursor_.TakeWord("triple")) {
      ReadTriple();
    } else {
      cursor_.Fail("\"arc\", \"without\", \"mention\", \"triple\" or \"}\" is missing here");
    }
    cursor_.NeedMark(";", "here");
  }

  uint32_t ReadBound() {
    const Lexeme& name = cursor_.Need(Kind::kWord, "the name of a part");
    const auto found = variables_.Find(name.text);
    if (!found) throw Fault{name.offset, "nothing before this is named \"" + name.text + "\""};
    return *found;
  }

  uint32_t ReadSaid() {
    said_.push_back(ReadBound());
    return said_.back();
  }

  void ReadArc(bool forbidden) {
    Arc arc;
    arc.from = ReadBound();
    if (rule_.arcs.size() == kMaxArcs) cursor_.Fail("more than 16 arcs in one rule");
    arc.to_head = cursor_.TakeMark("<");
    if (!arc.to_head) cursor_.NeedMark(">", "or \"<\" here");
    arc.relation = patterns_.ReadRelation();
    arc.kind = forbidden ? Arc::Kind::kForbidden
                         : (cursor_.TakeMark("?") ? Arc::Kind::kOptional : Arc::Kind::kRequired);
    if (!forbidden) {
      arc.to =
          variables_.Number(cursor_.Need(Kind::kWord, "a name for what the arc leads to").text);
      if (cursor_.TakeMark(":")) arc.pattern = patterns_.ReadToken();
    } else if (!cursor_.IsMark(";")) {
      arc.pattern = patterns_.ReadToken();
    }
    rule_.arcs.push_back(arc);
  }

  std::string ReadText(const char* what) {
    const Lexeme& text = cursor_.Need(Kind::kString, what);
    if (text.text.empty() || text.text.size() > kMaxTextBytes) {
      throw Fault{text.offset, std::string(what) + " has 1 to 1000 bytes"};
    }
    return text.text;
  }

  void ReadMention() {
    MentionAction action;
    action.variable = ReadSaid();
    if (cursor_.TakeWord("type")) action.type = cursor_.Need(Kind::kWord, "a type").text;
    if (cursor_.TakeWord("as")) action.name = ReadText("a name");
    rule_.mentions.push_back(std::move(action));
  }

  void ReadTriple() {
    TripleAction action;
    action.subject = ReadSaid();
    if (cursor_.Now().kind == Kind::kString) {
      action.predicate = ReadText("a predicate");
    } else {
      action.predicate_variable = ReadSaid();
    }
    if (cursor_.Now().kind == Kind::kWord && cursor_.IsMark("(", 1)) {
      ReadLiteral(&action);
    } else if (cursor_.Now().kind == Kind::kWord && !cursor_.IsMark("=", 1)) {
      action.object = ReadSaid();
    }
    while (cursor_.Now().kind == Kind::kWord) ReadOption(&action);
    rule_.triples.push_back(std::move(action));
  }

  void ReadLiteral(TripleAction* action) {
    static constexpr Words<3> kLiterals = {"text", "number", "time"};
    const auto literal = IndexOf(kLiterals, cursor_.Now().text);
    if (!literal) cursor_.Fail("an object is a name, text(name), number(name) or time(name)");
    action->literal = static_cast<sdk::LiteralType>(*literal + 1);
    cursor_.Skip(2);
    action->object = ReadSaid();
    cursor_.NeedMark(")", "here");
  }

  void ReadOption(TripleAction* action) {
    const Lexeme option = cursor_.Need(Kind::kWord, "an option");
    cursor_.NeedMark("=", "after the name of an option");
    if (const auto role = IndexOf(kRoles, option.text)) {
      action->roles.push_back({static_cast<sdk::Role>(*role + 1), ReadSaid()});
    } else if (option.text == "says") {
      action->speakers.push_back(ReadSaid());
    } else if (option.text == "polarity") {
      if (!cursor_.TakeWord("negative")) cursor_.Fail("a polarity is \"negative\", or not said");
      action->polarity = sdk::Polarity::kNegative;
    } else if (option.text == "modality") {
      const auto modality = IndexOf(kModalities, cursor_.Now().text);
      if (!modality) cursor_.Fail("a modality is one of " + ListOf(kModalities));
      cursor_.Skip();
      action->modality = static_cast<sdk::Modality>(*modality + 1);
    } else if (option.text == "confidence") {
      action->confidence = ReadConfidence();
    } else {
      throw Fault{option.offset, "\"" + option.text + "\" is no option; " + ListOf(kRoles) +
                                     ", says, polarity, modality and confidence are"};
    }
  }

  double ReadConfidence() {
    const Lexeme& lexeme = cursor_.Need(Kind::kNumber, "a confidence");
    double value = 0;
    const char* end = lexeme.text.data() + lexeme.text.size();
    const auto [stop, error] = std::from_chars(lexeme.text.data(), end, value);
    if (error != std::errc() || stop != end || value > 1) {
      throw Fault{lexeme.offset, "a confidence is a number from 0 to 1"};
    }
    return value;
  }

  Cursor cursor_;
  RuleSet* rules_;
  Rule rule_;            // being read
  Variables variables_;  // of that rule
  std::vector<uint32_t> said_;
  PatternParser patterns_;
};

}  // namespace

RuleSet ParseRules(const sdk::TextFile& file, sdk::FileFaults* faults) {
  RuleSet rules;
  std::vector<Fault> lexical;
  std::vector<Fault> found;
  Parser parser(ReadLexemes(file.text(), &lexical), &rules);
  if (lexical.empty()) parser.ReadFile(&found);
  if (lexical.empty() && found.empty() && rules.rules.empty())
    found.push_back({0, "no rule in it"});
  for (const std::vector<Fault>* list : {&lexical, &found}) {
    for (const Fault& fault : *list) faults->Add(fault.offset, fault.text);
  }
  return rules;
}

}  // namespace dossier::rules
