// english_eval MODEL TREEBANK.conllu: scores a model on a treebank, given its tokens and given its
// running text, as the CoNLL 2018 shared task does.

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "plugins/english/model/model_file.h"
#include "plugins/english/syntax/syntax_model.h"
#include "plugins/english/training/treebank.h"

namespace dossier::english {
namespace {

struct Counts {
  size_t words = 0, xpos = 0, upos = 0, lemma = 0, heads = 0, labeled = 0;
};

// The treebank's own tokens as an annotation without words.
Annotation TakeTokens(const Treebank& treebank, std::string_view text,
                      const std::vector<TextSpan>& spans) {
  Annotation annotation;
  annotation.text = text;
  for (const TreebankSentence& sentence : treebank) {
    const auto first = static_cast<uint32_t>(annotation.tokens.size());
    for (size_t i = 0; i < sentence.words.size(); ++i) {
      const TextSpan span = spans[annotation.tokens.size()];
      annotation.tokens.push_back(
          {span.begin, span.end, static_cast<uint32_t>(annotation.sentences.size())});
    }
    const auto end = static_cast<uint32_t>(annotation.tokens.size());
    annotation.sentences.push_back({spans[first].begin, spans[end - 1].end, first, end});
  }
  annotation.words.resize(annotation.tokens.size());
  return annotation;
}

void ScoreGoldTokens(const SyntaxModel& model, const Treebank& treebank, std::string_view text,
                     const std::vector<TextSpan>& spans) {
  Annotation annotation = TakeTokens(treebank, text, spans);
  annotation.inventory = &model.inventory();
  SyntaxScratch scratch;
  const auto start = std::chrono::steady_clock::now();
  for (const Sentence& sentence : annotation.sentences) {
    model.Annotate(sentence, scratch, annotation);
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  Counts counts;
  for (size_t s = 0; s < treebank.size(); ++s) {
    const uint32_t first = annotation.sentences[s].first_token;
    const size_t n = treebank[s].words.size();
    for (size_t i = 0; i < n; ++i) {
      const TreebankWord& gold = treebank[s].words[i];
      const auto row = static_cast<uint32_t>(first + i);
      const uint32_t head = gold.head == n ? kNoHead : first + gold.head;
      const bool head_right = annotation.words[row].head == head;
      ++counts.words;
      counts.xpos += annotation.Xpos(row) == gold.xpos;
      counts.upos += annotation.Upos(row) == gold.upos;
      counts.lemma += annotation.Lemma(row) == gold.lemma;
      counts.heads += head_right;
      counts.labeled += head_right && annotation.Relation(row) == gold.relation;
    }
  }
  const auto percent = [&](size_t count) {
    return 100 * static_cast<double>(count) / static_cast<double>(counts.words);
  };
  std::printf("gold tokens: XPOS %.2f UPOS %.2f lemma %.2f UAS %.2f LAS %.2f\n",
              percent(counts.xpos), percent(counts.upos), percent(counts.lemma),
              percent(counts.heads), percent(counts.labeled));
  std::printf("speed: %.0f words/s, %.0f sentences/s\n",
              static_cast<double>(counts.words) / time.count(),
              static_cast<double>(treebank.size()) / time.count());
}

int Main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: english_eval MODEL TREEBANK.conllu\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const auto start = std::chrono::steady_clock::now();
  const auto model_file = ModelFile::Open(std::as_bytes(std::span(bytes.data(), bytes.size())));
  const auto model = model_file ? SyntaxModel::Open(*model_file) : nullptr;
  if (model == nullptr) {
    std::fprintf(stderr, "%s: not a model of this version\n", argv[1]);
    return 1;
  }
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
  std::printf("model: %zu bytes, opened in %.1f ms\n", bytes.size(), 1000 * time.count());
  Treebank treebank;
  ReadTreebank(argv[2], treebank);
  std::vector<TextSpan> spans;
  const std::string text = WriteText(treebank, spans);
  ScoreGoldTokens(*model, treebank, text, spans);
  return 0;
}

}  // namespace
}  // namespace dossier::english

int main(int argc, char** argv) { return dossier::english::Main(argc, argv); }
