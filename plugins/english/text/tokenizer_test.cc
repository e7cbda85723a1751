#include "plugins/english/text/tokenizer.h"

#include <gmock/gmock.h>

#include <random>
#include <string>
#include <vector>

#include "plugins/english/text/characters.h"

namespace dossier::english {
namespace {

using testing::ElementsAre;

std::vector<std::string> Words(std::string_view text) {
  std::vector<Token> tokens;
  Tokenize(text, 0, static_cast<uint32_t>(text.size()), tokens);
  std::vector<std::string> words;
  for (const Token& token : tokens) {
    words.emplace_back(text.substr(token.begin, token.end - token.begin));
  }
  return words;
}

TEST(Tokenizer, CutsContractions) {
  EXPECT_THAT(
      Words("I don't think they'll say it's Anna's."),
      ElementsAre("I", "do", "n't", "think", "they", "'ll", "say", "it", "'s", "Anna", "'s", "."));
  EXPECT_THAT(Words("NATO’s envoy can’t and cannot"),
              ElementsAre("NATO", "’s", "envoy", "ca", "n’t", "and", "can", "not"));
  EXPECT_THAT(Words("the soldiers' O'Neill DON'T"),
              ElementsAre("the", "soldiers", "'", "O'Neill", "DO", "N'T"));
}

TEST(Tokenizer, KeepsCliticsThatStandAlone) {
  EXPECT_THAT(
      Words("she 'll go , they ’re in , (NATO)'s"),
      ElementsAre("she", "'ll", "go", ",", "they", "’re", "in", ",", "(", "NATO", ")", "'s"));
  EXPECT_THAT(Words("'llamas' and 'd'"), ElementsAre("'", "llamas", "'", "and", "'d", "'"));
}

TEST(Tokenizer, CutsHyphensButKeepsPrefixesAndNumbers) {
  EXPECT_THAT(Words("a long-range non-lethal co-operation"),
              ElementsAre("a", "long", "-", "range", "non-lethal", "co-operation"));
  EXPECT_THAT(Words("5-10 men, 1969-1970, call 713-555-3989 -- now"),
              ElementsAre("5", "-", "10", "men", ",", "1969", "-", "1970", ",", "call",
                          "713-555-3989", "--", "now"));
}

TEST(Tokenizer, KeepsNumbersWhole) {
  EXPECT_THAT(Words("10,000 troops, $2.5bn, 60%, 12:30 on 9/11."),
              ElementsAre("10,000", "troops", ",", "$", "2.5", "bn", ",", "60", "%", ",", "12:30",
                          "on", "9/11", "."));
  EXPECT_THAT(Words("a 155mm shell in the 1990s, the 20th"),
              ElementsAre("a", "155", "mm", "shell", "in", "the", "1990s", ",", "the", "20th"));
}

TEST(Tokenizer, KeepsStopsOfAbbreviations) {
  EXPECT_THAT(Words("Gen. J. Doe of the U.S. left at 5 p.m. today."),
              ElementsAre("Gen.", "J.", "Doe", "of", "the", "U.S.", "left", "at", "5", "p.m.",
                          "today", "."));
  EXPECT_THAT(Words("No. 5, no. Wait... end.Then"),
              ElementsAre("No.", "5", ",", "no", ".", "Wait", "...", "end", ".", "Then"));
}

TEST(Tokenizer, KeepsAddressesWhole) {
  EXPECT_THAT(
      Words("See https://example.org/a-b?c=d, or mail a.b@example.org."),
      ElementsAre("See", "https://example.org/a-b?c=d", ",", "or", "mail", "a.b@example.org", "."));
}

TEST(Tokenizer, TakesNarrowSpacesControlsAndTagsForBlanks) {
  EXPECT_THAT(Words("1\u202F500\u00A0men\u2009left"), ElementsAre("1", "500", "men", "left"));
  EXPECT_THAT(Words(std::string_view("a\0b", 3)), ElementsAre("a", "b"));
  EXPECT_THAT(Words("<b>bold</b> and <a href=\"x\">link</a>, 3 < 4"),
              ElementsAre("bold", "and", "link", ",", "3", "<", "4"));
}

TEST(Tokenizer, ReadsOtherScripts) {
  EXPECT_THAT(Words("שלום, мир"), ElementsAre("שלום", ",", "мир"));
}

// Every byte that is no blank belongs to exactly one token, whatever the text.
TEST(Tokenizer, CoversEveryText) {
  const std::vector<std::string> parts = {
      "a", "B.", "7",   ",", "'s", "’", "\u00A0", "<p>", "-", "--", "é", "http", ":", "//",
      "(", "…",  "n't", "@", "/",  "$", "\n",     ".",   "<", "世", "&", "#",    "x"};
  std::mt19937 random(7);
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int i = 0; i < 20; ++i) text += parts[random() % parts.size()];
    std::vector<Token> tokens;
    Tokenize(text, 0, static_cast<uint32_t>(text.size()), tokens);
    uint32_t at = 0;
    for (const Token& token : tokens) {
      ASSERT_LE(at, token.begin) << text;
      ASSERT_LT(token.begin, token.end) << text;
      ASSERT_LE(token.end, text.size()) << text;
      ASSERT_NE(text[token.begin] & '\xC0', '\x80') << text;
      at = token.end;
    }
  }
}

}  // namespace
}  // namespace dossier::english
