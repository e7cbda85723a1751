#include "plugins/english/pipeline.h"

#include <gmock/gmock.h>

#include <ctime>
#include <random>
#include <string>
#include <thread>
#include <vector>

namespace dossier::english {
namespace {

using testing::ElementsAre;

// What every annotation holds, whatever the text.
void ExpectSound(const Annotation& annotation) {
  ASSERT_EQ(annotation.words.size(), annotation.tokens.size());
  uint32_t next_token = 0;
  uint32_t at = 0;
  for (uint32_t s = 0; s < annotation.sentences.size(); ++s) {
    const Sentence& sentence = annotation.sentences[s];
    ASSERT_EQ(sentence.first_token, next_token);
    ASSERT_LT(sentence.first_token, sentence.end_token);
    ASSERT_LE(sentence.end_token - sentence.first_token, kMaxSentenceTokens);
    ASSERT_EQ(sentence.begin, annotation.tokens[sentence.first_token].begin);
    ASSERT_EQ(sentence.end, annotation.tokens[sentence.end_token - 1].end);
    size_t roots = 0;
    for (uint32_t i = sentence.first_token; i < sentence.end_token; ++i) {
      const Token& token = annotation.tokens[i];
      ASSERT_EQ(token.sentence, s);
      ASSERT_LE(at, token.begin);
      ASSERT_LT(token.begin, token.end);
      at = token.end;
      const uint32_t head = annotation.words[i].head;
      roots += head == kNoHead;
      if (head == kNoHead) continue;
      ASSERT_NE(head, i);
      ASSERT_GE(head, sentence.first_token);
      ASSERT_LT(head, sentence.end_token);
    }
    ASSERT_EQ(roots, 1u);
    next_token = sentence.end_token;
  }
  ASSERT_EQ(next_token, annotation.tokens.size());
  ASSERT_LE(at, annotation.text.size());
}

std::vector<std::string> Sentences(std::string_view text) {
  const Annotation annotation = Pipeline::BuiltIn().Annotate(text);
  ExpectSound(annotation);
  std::vector<std::string> sentences;
  for (const Sentence& sentence : annotation.sentences) {
    sentences.emplace_back(text.substr(sentence.begin, sentence.end - sentence.begin));
  }
  return sentences;
}

TEST(Pipeline, SplitsSentences) {
  EXPECT_THAT(Sentences("Gen. Ivor Pell met Mr. A. B. Crane of the U.S. Navy at 5 p.m. on Friday. "
                        "\"We agreed,\" he said. They left at once."),
              ElementsAre("Gen. Ivor Pell met Mr. A. B. Crane of the U.S. Navy at 5 p.m. on "
                          "Friday.",
                          "\"We agreed,\" he said.", "They left at once."));
}

TEST(Pipeline, TellsHeadings) {
  const Annotation annotation = Pipeline::BuiltIn().Annotate(
      "Talks Fail in Port Elsa\n\nThe envoys went home on Monday. Nobody spoke.\n- first item");
  std::vector<SentenceKind> kinds;
  for (const Sentence& sentence : annotation.sentences) kinds.push_back(sentence.kind);
  using enum SentenceKind;
  EXPECT_THAT(kinds, ElementsAre(kHeading, kSentence, kSentence, kItem));
}

TEST(Pipeline, ParsesAPlainSentence) {
  const Annotation annotation =
      Pipeline::BuiltIn().Annotate("The agency had deployed 3,000 troops to the border.");
  ExpectSound(annotation);
  std::vector<std::string> rows;
  for (uint32_t i = 0; i < annotation.words.size(); ++i) {
    const uint32_t head = annotation.words[i].head;
    rows.push_back(std::string(annotation.Lemma(i)) + ' ' + std::string(annotation.Upos(i)) + ' ' +
                   std::string(annotation.Xpos(i)) + ' ' + std::string(annotation.Relation(i)) +
                   ' ' + (head == kNoHead ? "-" : std::string(annotation.Form(head))));
  }
  EXPECT_THAT(rows, ElementsAre("the DET DT det agency", "agency NOUN NN nsubj deployed",
                                "have AUX VBD aux deployed", "deploy VERB VBN root -",
                                "3000 NUM CD nummod troops", "troops NOUN NNS obj deployed",
                                "to ADP IN case border", "the DET DT det border",
                                "border NOUN NN obl deployed", ". PUNCT . punct deployed"));
}

TEST(Pipeline, SurvivesOddTexts) {
  const std::string texts[] = {
      "",
      " \n\t ",
      ".",
      std::string("a\0b\0", 4),
      "\xE2\x80\xAF\xC2\xA0",
      "שלום עולם. مرحبا بالعالم.",
      "<p><p></p>",
      "😀😀 …… “’”",
      "\xFF\xFE broken \xE2\x80",
  };
  for (const std::string& text : texts) ExpectSound(Pipeline::BuiltIn().Annotate(text));
}

// Whether the last character of a string that was cut somewhere is all there.
bool EndsWhole(std::string_view text) {
  size_t tail = 0;  // bytes after the one that begins the last character
  while (tail < text.size() && (text[text.size() - 1 - tail] & 0xC0) == 0x80) ++tail;
  if (tail == text.size()) return text.empty();
  const auto lead = static_cast<unsigned char>(text[text.size() - 1 - tail]);
  return tail == (lead < 0x80 ? 0u : lead < 0xE0 ? 1u : lead < 0xF0 ? 2u : 3u);
}

TEST(Pipeline, LemmasOfOtherScriptsStayWhole) {
  const std::string text =
      "Minister said 12 سفينة and אמרים, ships of Żółć, 船们 or 𝔸𝕕𝕒𝕤 were кораблями "
      "👩‍👩‍👧 "
      "naïvetés.";
  const Annotation annotation = Pipeline::BuiltIn().Annotate(text);
  for (uint32_t i = 0; i < annotation.words.size(); ++i) {
    EXPECT_TRUE(EndsWhole(annotation.Lemma(i))) << annotation.tokens[i].begin;
  }
}

TEST(Pipeline, SurvivesRandomTexts) {
  std::mt19937 random(11);
  const std::string alphabet = "abcABC019.,!?'\"-()<>/@:;&$%\n\t \xE2\x80\x99\xC3\xA9#*|";
  for (int round = 0; round < 100; ++round) {
    std::string text;
    for (int i = 0; i < 400; ++i) text += alphabet[random() % alphabet.size()];
    ExpectSound(Pipeline::BuiltIn().Annotate(text));
  }
}

std::string Repeat(std::string_view part, size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += part;
  return text;
}

// Twice the text takes about twice the time: no part looks at everything again and again.
TEST(Pipeline, TakesLinearTime) {
  const std::string_view parts[] = {"word ", "(",       "1",  "a.", "<p ", "<!--", "U.S.",
                                    "'s",    "http://", "- ", "\n", "a-",  "1-1",  "\xE2\x80\xA6",
                                    "@a",    "a/",      "\"", ", "};
  for (const std::string_view part : parts) {
    std::clock_t ticks[2];  // of the processor: other programs' time is no fault of ours
    for (size_t i = 0; i < 2; ++i) {
      const std::string text = Repeat(part, 5000u << (2 * i));
      const std::clock_t start = std::clock();
      const Annotation annotation = Pipeline::BuiltIn().Annotate(text);
      ticks[i] = std::clock() - start;
      ExpectSound(annotation);
    }
    // 4 times as long when linear, 16 when quadratic.
    EXPECT_LT(ticks[1], 12 * ticks[0] + CLOCKS_PER_SEC / 10) << part;
  }
}

TEST(Pipeline, ReadsEndlessSentences) {
  ExpectSound(Pipeline::BuiltIn().Annotate(std::string(100000, '(')));
  ExpectSound(Pipeline::BuiltIn().Annotate(std::string(1 << 20, '7')));
  ExpectSound(Pipeline::BuiltIn().Annotate(Repeat("and so it went on ", 1 << 18)));
}

TEST(Pipeline, StopsWhenAsked) {
  const std::string text = Repeat("It went on. ", 1 << 20);
  int asked = 0;
  Pipeline::BuiltIn().Annotate(text, [&] { return ++asked == 3; });
  EXPECT_EQ(asked, 3);
}

TEST(Pipeline, ServesThreadsAtOnce) {
  const std::string text = "The minister denied the report. Nobody believed her.";
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) ExpectSound(Pipeline::BuiltIn().Annotate(text));
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace dossier::english
