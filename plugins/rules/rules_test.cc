#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <regex>
#include <string>
#include <vector>

#include "plugins/rules/document_testing.h"
#include "plugins/rules/program.h"

namespace dossier::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

// "Port director Tomas Reil did not resign on Monday , the TIB said ."
TestDocument Resignation() {
  return {{{"Port port NOUN NN compound 2", "director director NOUN NN nsubj 7",
            "Tomas Tomas PROPN NNP appos 2", "Reil Reil PROPN NNP flat 3", "did do AUX VBD aux 7",
            "not not PART RB advmod 7", "resign resign VERB VB root 0", "on on ADP IN case 9",
            "Monday Monday PROPN NNP obl 7", ", , PUNCT , punct 7", "the the DET DT det 12",
            "TIB TIB PROPN NNP nsubj 13", "said say VERB VBD parataxis 7"}},
          {{2, 3, "PERSON"}, {11, 11, "AGENCY", "Talvian Intelligence Bureau"}},
          {{8, 8, "time", "", 0, "2025-03-10"}}};
}

// "about 30 shells and 5 ships left Brenn"
TestDocument Ships() {
  return {{{"about about ADV RB advmod 2", "30 30 NUM CD nummod 3", "shells shell NOUN NNS nsubj 7",
            "and and CCONJ CC cc 6", "5 5 NUM CD nummod 6", "ships ship NOUN NNS conj 3",
            "left leave VERB VBD root 0", "Brenn Brenn PROPN NNP obj 7"}},
          {{7, 7, "GPE"}},
          {{1, 1, "number", "", 30}, {4, 4, "number", "", 5}}};
}

TEST(Rules, SequencesOverTokensAndRows) {
  EXPECT_THAT(Say("rule office { match what:[pos=NOUN]+ who:<PERSON>; triple who \"be\" what; }",
                  Resignation()),
              ElementsAre("mention Tomas Reil type=PERSON name=Tomas Reil",
                          "mention Port director type= name=",
                          "Tomas Reil | be | Port director modality=1 by office"));
  EXPECT_THAT(Say("rule r { match w:(\"DID\" \"not\"? | [tag=NNP, name=\"\"]); mention w; }",
                  Resignation()),
              ElementsAre("mention did not type= name=", "mention Monday type= name="));
  EXPECT_THAT(
      Say("rule r { match w:[lemma=/re.*/]; mention w type EXIT as \"exit\"; }", Resignation()),
      ElementsAre("mention resign type=EXIT name=exit"));
  EXPECT_THAT(Say("rule r { match w:[name!=\"\"]{2,3}; mention w; }", Resignation()),
              ElementsAre("mention Tomas Reil type=PERSON name=Tomas Reil"));
  EXPECT_THAT(Say("rule r { match w:<*>; mention w; }", Resignation()),
              ElementsAre("mention Tomas Reil type=PERSON name=Tomas Reil",
                          "mention TIB type=AGENCY name=Talvian Intelligence Bureau"));
}

TEST(Rules, ArcsFollowTheTree) {
  const std::string arcs =
      "rule r { match verb:[lemma=resign]; arc verb > nsubj who; arc who > appos ? name;"
      " arc verb > obl ? when:[value=time]; arc verb > parataxis ? said:[lemma=say];"
      " arc said > nsubj ? source;";
  EXPECT_THAT(
      Say(arcs + " triple name verb time=when says=source polarity=negative; }", Resignation()),
      ElementsAre("mention Tomas Reil type=PERSON name=Tomas Reil",
                  "mention TIB type=AGENCY name=Talvian Intelligence Bureau",
                  "not Tomas Reil | resign |  role1=Monday time=2025-03-10 "
                  "says=Talvian Intelligence Bureau modality=2 by r"));
  EXPECT_THAT(Say(arcs + " without verb > advmod [lemma=not]; triple who verb; }", Resignation()),
              IsEmpty());
  EXPECT_THAT(Say("rule r { match who:<PERSON>; arc who < appos job; arc job < nsubj does;"
                  " triple job does text(who); }",
                  Resignation()),
              ElementsAre("mention Port director type= name=Port director",
                          "Port director | resign | 1:Tomas Reil modality=1 by r"));
}

TEST(Rules, EachWayThroughTheTreeIsAMatch) {
  EXPECT_THAT(
      Say("rule r { match verb:[lemma=leave]; arc verb > obj where;"
          " arc verb > nsubj first; arc first > conj other;"
          " triple first \"leave\" where quantity=first; triple other \"leave\" where; }",
          Ships()),
      ElementsAre("mention 30 shells type= name=shells", "mention Brenn type=GPE name=Brenn",
                  "shells | leave | Brenn role4=30 quantity=30 modality=1 by r",
                  "mention 5 ships type= name=ships", "ships | leave | Brenn modality=1 by r"));
}

TEST(Rules, WhatIsNotSaidMakesNoSecondMatch) {
  EXPECT_THAT(
      Say("rule r { match verb:[lemma=resign]; arc verb > obl|aux|advmod ? any; mention verb; }",
          Resignation()),
      ElementsAre("mention resign type= name="));
  EXPECT_THAT(
      Say("rule r { match verb:[lemma=resign]; arc verb > obl|aux ? any; triple verb any; }",
          Resignation()),
      ElementsAre("mention resign type= name=", "resign | do |  modality=1 by r",
                  "resign | Monday |  modality=1 by r"));
}

TEST(Rules, ValuesAreLiterals) {
  EXPECT_THAT(
      Say("rule r { match count:<number> what:[pos=NOUN];"
          " mention what type MATERIEL; triple what \"number\" number(count)"
          " modality=possible; }",
          Ships()),
      ElementsAre("mention shells type=MATERIEL name=", "shells | number | 2:3030 modality=4 by r",
                  "mention ships type=MATERIEL name=", "ships | number | 2:55 modality=4 by r"));
  EXPECT_THAT(Say("rule r { match what:[pos=NOUN]; triple what \"at\" time(what); }", Ships()),
              IsEmpty());
}

TEST(Rules, AVariableThatIsBoundMustMeet) {
  const std::string rule =
      "rule r { match a:[pos=NOUN] []* b:[pos=NOUN]; arc a > conj b; mention b; }";
  EXPECT_THAT(Say(rule, Ships()), ElementsAre("mention ships type= name="));
  EXPECT_THAT(
      Say("rule r { match a:[pos=NOUN] []* b:[pos=PROPN]; arc a > conj b; mention b; }", Ships()),
      IsEmpty());
}

TEST(Rules, FaultsSayWhere) {
  const struct {
    const char* rules;
    const char* fault;
  } rows[] = {
      {"", "my.rules:1:1: no rule in it"},
      {"# nothing\n", "my.rules:1:1: no rule in it"},
      {"match", "my.rules:1:1: a rule begins with \"rule NAME {\""},
      {"rule {", "my.rules:1:6: the name of the rule is missing here"},
      {"rule r { triple", "my.rules:1:10: a rule begins with \"match\""},
      {"rule r {\n  match \"a\"\n}", "my.rules:3:1: \";\" is missing after the pattern"},
      {"rule r { match a:\"a\"; }", "my.rules:1:6: the rule says nothing"},
      {"rule r { match a:[]*; mention a; }", "my.rules:1:16: the pattern matches no tokens"},
      {"rule r { match a:[]; mention b; }", "my.rules:1:30: nothing before this is named \"b\""},
      {"rule r { match [size=3]; }", "my.rules:1:17: \"size\" cannot be tested; word, lemma"},
      {"rule r { match [word=]; }", "my.rules:1:22: a word, a \"string\" or a /regular"},
      {"rule r { match [word=/a(/]; }", "my.rules:1:22: not a regular expression: missing )"},
      {"rule r { match [word=/a)(b/]; }", "my.rules:1:22: not a regular expression: unexpected )"},
      {"rule r { match \"a", "my.rules:1:16: no closing \" on this line"},
      {"rule r { match [word=/a\n/]; }", "my.rules:1:22: no closing / on this line"},
      {"rule r { match $; }", "my.rules:1:16: a character that means nothing here"},
      {"rule r { match []{3,2}; }", "my.rules:1:22: no number of times"},
      {"rule r { match []{101}; }", "my.rules:1:19: a number of times is 0 to 100"},
      {"rule r { match a:(([]{100}){100}); mention a; }",
       "my.rules:1:16: the pattern is too large"},
      {"rule r { match <time|ORG>; }", "my.rules:1:17: names and values do not go together"},
      {"rule r { match a:[]; arc a nsubj b; }", "my.rules:1:28: \">\" is missing or \"<\" here"},
      {"rule r { match a:[]; triple a \"\"; }", "my.rules:1:31: a predicate has 1 to 1000 bytes"},
      {"rule r { match a:[]; triple a \"b\" number(a; }", "my.rules:1:43: \")\" is missing"},
      {"rule r { match a:[]; triple a \"b\" size(a); }", "my.rules:1:35: an object is"},
      {"rule r { match a:[]; triple a \"b\" colour=a; }", "my.rules:1:35: \"colour\" is no option"},
      {"rule r { match a:[]; triple a \"b\" confidence=2; }", "my.rules:1:46: a confidence is"},
      {"rule r { match a:[]; triple a \"b\" modality=sure; }", "my.rules:1:44: a modality is one"},
      {"rule ä", "my.rules:1:6: a character that means nothing here"},
  };
  for (const auto& row : rows) EXPECT_THAT(FaultsOf(row.rules), StartsWith(row.fault)) << row.rules;
  EXPECT_THAT(FaultsOf("rule a { match ; }\nrule b { match x:[]; mention y; }"),
              HasSubstr("; my.rules:2:30: nothing before this"));
  EXPECT_THAT(FaultsOf("rule r { match " + std::string(100'000, '(') + "; }"),
              HasSubstr("brackets nested too deep"));
}

TEST(Rules, SurvivesRandomFiles) {
  const std::vector<std::string> parts = {
      "rule", " r ",  "{",     "}",    "match",   " a:",      "[",        "]",     "(",
      ")",    "<",    ">",     "|",    ";",       ":",        "=",        "!=",    "\"x\"",
      "/y+/", "word", "lemma", "name", "PERSON",  "time",     "?",        "*",     "+",
      "{2}",  "arc ", "a",     " b ",  "triple ", "mention ", "without ", "nsubj", ",",
      "\n",   "#",    "5",     "\\",   "as",      "says"};
  std::mt19937 random(1);
  for (int round = 0; round < 20'000; ++round) {
    std::string text = random() % 2 == 0 ? "rule r { match a:[]; " : "";
    for (unsigned i = 0; i < random() % 30; ++i) text += parts[random() % parts.size()];
    FaultsOf(text);
  }
}

// ---- The machine against std::regex, over words of one letter.

// A random pattern as a Node and as a regular expression.
Node RandomPattern(std::mt19937& random, int depth, std::string* regex) {
  const auto choice = depth == 0 ? 0 : random() % 5;
  Node node;
  if (choice <= 1) {
    node.kind = Node::Kind::kToken;
    node.index = static_cast<uint32_t>(random() % 3);
    *regex += static_cast<char>('a' + node.index);
  } else if (choice == 2) {
    for (unsigned i = 0; i < 1 + random() % 3; ++i) {
      node.children.push_back(RandomPattern(random, depth - 1, regex));
    }
  } else if (choice == 3) {
    node.kind = Node::Kind::kAlternatives;
    *regex += "(?:";
    for (unsigned i = 0; i < 2 + random() % 2; ++i) {
      if (i > 0) *regex += '|';
      node.children.push_back(RandomPattern(random, depth - 1, regex));
    }
    *regex += ')';
  } else {
    node.kind = Node::Kind::kRepeat;
    *regex += "(?:";
    node.children.push_back(RandomPattern(random, depth - 1, regex));
    node.min = static_cast<uint32_t>(random() % 3);
    node.max = random() % 2 == 0 ? Node::kUnbounded : node.min + 1;
    *regex += "){" + std::to_string(node.min) + "," +
              (node.max == Node::kUnbounded ? "" : std::to_string(node.max)) + "}";
  }
  return node;
}

TEST(Machine, AgreesWithRegularExpressions) {
  std::mt19937 random(1);
  Machine machine;
  int matched = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string regex;
    const Node pattern = RandomPattern(random, 3, &regex);
    if (MayBeEmpty(pattern)) continue;
    const auto program = Compile(pattern, 0);
    ASSERT_TRUE(program);
    std::string text;
    for (unsigned i = 0; i < random() % 12; ++i) text += static_cast<char>('a' + random() % 3);
    const bool found = machine.Run(
        *program, 0, static_cast<uint32_t>(text.size()),
        [&](uint32_t want, uint32_t at) { return static_cast<uint32_t>(text[at] - 'a') == want; });
    std::smatch expected;
    ASSERT_EQ(found, std::regex_search(text, expected, std::regex(regex))) << regex << ' ' << text;
    if (!found) continue;
    ++matched;
    EXPECT_EQ(machine.match_begin(), expected.position()) << regex << ' ' << text;
    EXPECT_EQ(machine.match_end() - machine.match_begin(), expected.length())
        << regex << ' ' << text;
  }
  EXPECT_GT(matched, 1000);
}

// A sentence that keeps every way through the pattern alive.
TestDocument Repeated(size_t words) { return {{TestSentence(words, "a a NOUN NN dep 0")}}; }

TEST(Machine, WorkIsLinearInTheText) {
  const std::string hostile =
      "rule r { match w:([pos=NOUN]* [pos=NOUN]* ([pos=NOUN]|\"a\"){0,20} \"b\"); mention w; }";
  const uint64_t some = StepsOf(hostile, Repeated(100));
  EXPECT_LT(StepsOf(hostile, Repeated(1000)), 15 * some);
  // Many matches, each of which looks far ahead in vain for a longer one.
  const std::string greedy = "rule r { match w:([] ([]* \"b\")?); mention w; }";
  EXPECT_LT(StepsOf(greedy, Repeated(1000)), uint64_t{1000} * kMaxMatchTokens * 20);
  EXPECT_THAT(Say(greedy, Repeated(1001)), IsEmpty());  // no prose
}

}  // namespace
}  // namespace dossier::rules
