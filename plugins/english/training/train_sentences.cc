#include "plugins/english/training/train_sentences.h"

#include <algorithm>
#include <cstdio>
#include <random>
#include <vector>

#include "plugins/english/syntax/sentence_model.h"
#include "plugins/english/training/learner.h"

namespace dossier::english {
namespace {

constexpr float kThreshold = 0.2F;

struct Paragraph {
  std::vector<Token> tokens;
  std::vector<bool> ends;  // per token: a sentence ends with it
};

std::vector<Paragraph> CutParagraphs(const Treebank& treebank, const std::vector<TextSpan>& spans) {
  std::vector<Paragraph> paragraphs;
  size_t word = 0;
  for (const TreebankSentence& sentence : treebank) {
    if (sentence.begins_paragraph || paragraphs.empty()) paragraphs.emplace_back();
    Paragraph& paragraph = paragraphs.back();
    for (size_t i = 0; i < sentence.words.size(); ++i, ++word) {
      paragraph.tokens.push_back({spans[word].begin, spans[word].end, 0});
      paragraph.ends.push_back(i + 1 == sentence.words.size());
    }
  }
  return paragraphs;
}

}  // namespace

std::string TrainSentences(const Treebank& treebank, int epochs) {
  std::vector<TextSpan> spans;
  const std::string text = WriteText(treebank, spans);
  std::vector<Paragraph> paragraphs = CutParagraphs(treebank, spans);
  Learner learner(kSentenceClasses);
  std::vector<uint64_t> features;
  std::vector<float> scores(kSentenceClasses);
  std::mt19937 random(1);
  for (int epoch = 0; epoch < epochs; ++epoch) {
    std::shuffle(paragraphs.begin(), paragraphs.end(), random);
    size_t places = 0, errors = 0;
    for (const Paragraph& paragraph : paragraphs) {
      size_t length = 0;
      for (size_t i = 0; i + 1 < paragraph.tokens.size(); ++i) {
        ++length;
        const uint32_t right = paragraph.ends[i] ? kEnds : kGoesOn;
        if (MayEnd(text, paragraph.tokens, i)) {
          ExtractSentenceFeatures(text, paragraph.tokens, i, length, features);
          learner.Score(features, scores);
          const uint32_t guess = scores[kEnds] > scores[kGoesOn] ? kEnds : kGoesOn;
          if (guess != right) learner.Update(features, right, guess);
          learner.Tick();
          ++places;
          errors += guess != right;
        }
        if (right == kEnds) length = 0;
      }
    }
    std::fprintf(stderr, "  sentences epoch %d: %zu errors at %zu places\n", epoch + 1, errors,
                 places);
  }
  return learner.Freeze(kThreshold);
}

}  // namespace dossier::english
