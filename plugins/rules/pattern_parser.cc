#include "plugins/rules/pattern_parser.h"

#include <charconv>
#include <string_view>
#include <utility>

namespace dossier::rules {
namespace {

using Kind = Lexeme::Kind;

constexpr Words<kAttributes> kAttributeNames = {"word", "lemma", "pos",  "tag",
                                                "dep",  "name",  "value"};
constexpr Words<4> kValueKinds = {"time", "number", "percent", "money"};
constexpr int kMaxNesting = 16;
constexpr uint32_t kMaxRepeat = 100;

std::unique_ptr<const RE2> MakeRegex(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  return std::make_unique<const RE2>(pattern, options);
}

Node TokenNode(uint32_t pattern) { return {.kind = Node::Kind::kToken, .index = pattern}; }

}  // namespace

Node PatternParser::ReadSequence(int depth) {
  if (depth > kMaxNesting) cursor_.Fail("brackets nested too deep");
  Node sequence;
  do {
    sequence.children.push_back(ReadPart(depth));
  } while (cursor_.IsMark("[") || cursor_.IsMark("<") || cursor_.IsMark("(") ||
           cursor_.Is(Kind::kString) || (cursor_.Is(Kind::kWord) && cursor_.IsMark(":", 1)));
  return sequence;
}

Node PatternParser::ReadPart(int depth) {
  if (!cursor_.Is(Kind::kWord) || !cursor_.IsMark(":", 1)) return ReadRepeated(depth);
  Node capture{.kind = Node::Kind::kCapture, .index = variables_->Number(cursor_.Now().text)};
  cursor_.Skip(2);
  capture.children.push_back(ReadRepeated(depth));
  return capture;
}

Node PatternParser::ReadRepeated(int depth) {
  Node atom = ReadAtom(depth);
  Node repeat{.kind = Node::Kind::kRepeat, .max = Node::kUnbounded};
  if (cursor_.TakeMark("?")) {
    repeat.max = 1;
  } else if (cursor_.TakeMark("+")) {
    repeat.min = 1;
  } else if (cursor_.TakeMark("{")) {
    repeat.min = repeat.max = ReadCount();
    if (cursor_.TakeMark(",")) repeat.max = cursor_.IsMark("}") ? Node::kUnbounded : ReadCount();
    if (repeat.max < repeat.min || repeat.max == 0) cursor_.Fail("no number of times lies between");
    cursor_.NeedMark("}", "after the number of times");
  } else if (!cursor_.TakeMark("*")) {
    return atom;
  }
  repeat.children.push_back(std::move(atom));
  return repeat;
}

uint32_t PatternParser::ReadCount() {
  const Lexeme& lexeme = cursor_.Need(Kind::kNumber, "a number of times");
  uint32_t count = 0;
  const char* end = lexeme.text.data() + lexeme.text.size();
  const auto [stop, error] = std::from_chars(lexeme.text.data(), end, count);
  if (error != std::errc() || stop != end || count > kMaxRepeat) {
    throw Fault{lexeme.offset, "a number of times is 0 to " + std::to_string(kMaxRepeat)};
  }
  return count;
}

Node PatternParser::ReadAtom(int depth) {
  if (cursor_.TakeMark("(")) {
    Node alternatives{.kind = Node::Kind::kAlternatives};
    do {
      alternatives.children.push_back(ReadSequence(depth + 1));
    } while (cursor_.TakeMark("|"));
    cursor_.NeedMark(")", "here");
    return alternatives;
  }
  if (cursor_.TakeMark("<")) return ReadRow();
  return TokenNode(ReadToken());
}

uint32_t PatternParser::ReadToken() {
  TokenPattern pattern;
  if (cursor_.Is(Kind::kString)) {
    pattern.tests.push_back(AddTest(Attribute::kWord, false, ReadValues(Attribute::kWord, 1)));
    return AddPattern(std::move(pattern));
  }
  cursor_.NeedMark("[", "here: a token is a \"word\", [tests] or a <row>");
  if (!cursor_.IsMark("]")) {
    do {
      pattern.tests.push_back(ReadTest());
    } while (cursor_.TakeMark(","));
  }
  cursor_.NeedMark("]", "after the tests of a token");
  return AddPattern(std::move(pattern));
}

uint32_t PatternParser::ReadRelation() {
  return AddTest(Attribute::kDep, false, ReadValues(Attribute::kDep));
}

// All tokens of one name or value: "<PERSON|ORG>", "<time>", "<*>".
Node PatternParser::ReadRow() {
  Attribute attribute = Attribute::kName;
  std::string values = ".+";
  if (!cursor_.TakeMark("*")) {
    const bool is_value = IndexOf(kValueKinds, cursor_.Now().text).has_value();
    for (size_t ahead = 1; cursor_.IsMark("|", ahead); ahead += 2) {
      if (IndexOf(kValueKinds, cursor_.Now(ahead + 1).text).has_value() != is_value) {
        cursor_.Fail("names and values do not go together in one <row>");
      }
    }
    attribute = is_value ? Attribute::kValue : Attribute::kName;
    values = ReadValues(attribute);
  }
  cursor_.NeedMark(">", "after the types of a row");
  const uint32_t test = AddTest(attribute, false, values);
  const auto token = [&](Place place) { return TokenNode(AddPattern({{test}, place})); };
  Node middle{.kind = Node::Kind::kRepeat, .max = Node::kUnbounded};
  middle.children.push_back(token(Place::kMiddle));
  Node longer;
  longer.children = {token(Place::kFirst), std::move(middle), token(Place::kLast)};
  Node row{.kind = Node::Kind::kAlternatives};
  row.children = {token(Place::kOnly), std::move(longer)};
  return row;
}

uint32_t PatternParser::ReadTest() {
  const Lexeme& name = cursor_.Need(Kind::kWord, "a test");
  const auto attribute = IndexOf(kAttributeNames, name.text);
  if (!attribute) {
    throw Fault{name.offset,
                "\"" + name.text + "\" cannot be tested; " + ListOf(kAttributeNames) + " can"};
  }
  const bool negated = cursor_.TakeMark("!=");
  if (!negated) cursor_.NeedMark("=", "or \"!=\" after what is tested");
  const auto tested = static_cast<Attribute>(*attribute);
  return AddTest(tested, negated, ReadValues(tested));
}

std::string PatternParser::ReadValues(Attribute attribute, size_t max_count) {
  std::string all = ReadValue(attribute);
  for (size_t i = 1; i < max_count && cursor_.TakeMark("|"); ++i) {
    all += "|" + ReadValue(attribute);
  }
  return all;
}

std::string PatternParser::ReadValue(Attribute attribute) {
  if (cursor_.Is(Kind::kRegex)) return ReadRegex();
  if (!cursor_.Is(Kind::kWord) && !cursor_.Is(Kind::kNumber) && !cursor_.Is(Kind::kString)) {
    cursor_.Fail("a word, a \"string\" or a /regular expression/ is missing here");
  }
  const bool is_word = cursor_.Is(Kind::kWord);
  std::string text = cursor_.Now().text;
  cursor_.Skip();
  if (attribute == Attribute::kDep) {
    if (is_word) text += ReadSubtype();
    // A relation without a subtype means those with one as well.
    return RE2::QuoteMeta(text) + (text.find(':') == text.npos ? "(?::.*)?" : "");
  }
  if (attribute == Attribute::kWord || attribute == Attribute::kLemma) {
    return "(?i:" + RE2::QuoteMeta(text) + ")";
  }
  return RE2::QuoteMeta(text);
}

std::string PatternParser::ReadRegex() {
  const Lexeme& regex = cursor_.Now();
  cursor_.Skip();
  const std::string pattern = (regex.any_case ? "(?i:" : "(?:") + regex.text + ")";
  // By itself first: "a)(b" must not make sense inside the brackets.
  for (const std::string& tried : {regex.text, pattern}) {
    if (const auto made = MakeRegex(tried); !made->ok()) {
      throw Fault{regex.offset, "not a regular expression: " + made->error()};
    }
  }
  return pattern;
}

std::string PatternParser::ReadSubtype() {
  if (!cursor_.IsMark(":") || !cursor_.Is(Kind::kWord, 1)) return "";
  const std::string subtype = cursor_.Now(1).text;
  cursor_.Skip(2);
  return ":" + subtype;
}

uint32_t PatternParser::AddPattern(TokenPattern pattern) {
  rules_->patterns.push_back(std::move(pattern));
  return static_cast<uint32_t>(rules_->patterns.size() - 1);
}

uint32_t PatternParser::AddTest(Attribute attribute, bool negated, const std::string& pattern) {
  const auto number = static_cast<uint32_t>(rules_->tests.size());
  const auto [known, added] = tests_.try_emplace({attribute, negated, pattern}, number);
  if (added) {
    auto regex = MakeRegex(pattern);
    if (!regex->ok()) {  // its parts were: it is too large
      tests_.erase(known);
      cursor_.Fail("before this: " + regex->error());
    }
    rules_->tests.push_back({attribute, negated, std::move(regex)});
    return number;
  }
  return known->second;
}

}  // namespace dossier::rules
