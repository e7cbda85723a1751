// english_eval MODEL TREEBANK.conllu: scores a model on a treebank, once given its tokens and once
// given its running text, as the CoNLL 2018 shared task does (Zeman et al. 2018).

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "plugins/english/pipeline.h"
#include "plugins/english/training/treebank.h"

namespace dossier::english {
namespace {

// CPU time, so that other programs on the machine do not count.
double SecondsSince(std::clock_t start) {
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// The treebank as an annotation: its tokens, its heads (kNoHead for a root) and nothing else.
Annotation TakeGold(const Treebank& treebank, std::string_view text,
                    const std::vector<TextSpan>& spans) {
  Annotation gold;
  gold.text = text;
  for (const TreebankSentence& sentence : treebank) {
    const auto first = static_cast<uint32_t>(gold.tokens.size());
    const auto row = static_cast<uint32_t>(gold.sentences.size());
    for (const TreebankWord& word : sentence.words) {
      const TextSpan span = spans[gold.tokens.size()];
      gold.tokens.push_back({span.begin, span.end, row});
      gold.words.emplace_back().head =
          word.head == sentence.words.size() ? kNoHead : first + word.head;
    }
    const auto end = static_cast<uint32_t>(gold.tokens.size());
    gold.sentences.push_back({spans[first].begin, spans[end - 1].end, first, end});
  }
  return gold;
}

std::vector<const TreebankWord*> FlatWords(const Treebank& treebank) {
  std::vector<const TreebankWord*> words;
  for (const TreebankSentence& sentence : treebank) {
    for (const TreebankWord& word : sentence.words) words.push_back(&word);
  }
  return words;
}

// F1 of `right` matches among `system` and `gold` items, in percent.
double F1(size_t right, size_t system, size_t gold) {
  return 200 * static_cast<double>(right) / static_cast<double>(system + gold);
}

// Where a word's head stands; begin and end are 0 for a root.
TextSpan HeadSpan(const Annotation& annotation, uint32_t word) {
  const uint32_t head = annotation.words[word].head;
  if (head == kNoHead) return {};
  return {annotation.tokens[head].begin, annotation.tokens[head].end};
}

// Scores `system` against the gold tokens and words; equal spans are the same word.
void Report(const char* title, const Annotation& system, const Annotation& gold,
            const std::vector<const TreebankWord*>& gold_words) {
  std::map<TextSpan, uint32_t> by_span;
  for (uint32_t i = 0; i < system.tokens.size(); ++i) {
    by_span[{system.tokens[i].begin, system.tokens[i].end}] = i;
  }
  std::set<TextSpan> sentences;
  for (const Sentence& sentence : system.sentences) {
    sentences.insert({sentence.begin, sentence.end});
  }
  size_t same_sentences = 0, tokens = 0, xpos = 0, upos = 0, lemmas = 0, heads = 0, labeled = 0;
  for (const Sentence& sentence : gold.sentences) {
    same_sentences += sentences.count({sentence.begin, sentence.end});
  }
  for (uint32_t i = 0; i < gold.tokens.size(); ++i) {
    const auto found = by_span.find({gold.tokens[i].begin, gold.tokens[i].end});
    if (found == by_span.end()) continue;
    const uint32_t word = found->second;
    const bool head = HeadSpan(system, word) == HeadSpan(gold, i);
    ++tokens;
    xpos += system.Xpos(word) == gold_words[i]->xpos;
    upos += system.Upos(word) == gold_words[i]->upos;
    lemmas += system.Lemma(word) == gold_words[i]->lemma;
    heads += head;
    labeled += head && system.Relation(word) == gold_words[i]->relation;
  }
  const auto f1 = [&](size_t right) { return F1(right, system.tokens.size(), gold.tokens.size()); };
  std::printf("%s: sentences %.2f tokens %.2f XPOS %.2f UPOS %.2f lemma %.2f UAS %.2f LAS %.2f\n",
              title, F1(same_sentences, system.sentences.size(), gold.sentences.size()), f1(tokens),
              f1(xpos), f1(upos), f1(lemmas), f1(heads), f1(labeled));
}

int Main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: english_eval MODEL TREEBANK.conllu\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  std::clock_t start = std::clock();
  const auto pipeline = Pipeline::Open(std::as_bytes(std::span(bytes.data(), bytes.size())));
  if (pipeline == nullptr) {
    std::fprintf(stderr, "%s: not a model of this version\n", argv[1]);
    return 1;
  }
  std::printf("model: %zu bytes, opened in %.1f ms\n", bytes.size(), 1000 * SecondsSince(start));
  Treebank treebank;
  ReadTreebank(argv[2], treebank);
  std::vector<TextSpan> spans;
  const std::string text = WriteText(treebank, spans);
  const Annotation gold = TakeGold(treebank, text, spans);
  const std::vector<const TreebankWord*> words = FlatWords(treebank);

  Annotation given = gold;
  given.inventory = &pipeline->syntax().inventory();
  SyntaxScratch scratch;
  for (const Sentence& sentence : given.sentences) {
    pipeline->syntax().Annotate(sentence, scratch, given);
  }
  Report("gold tokens", given, gold, words);

  start = std::clock();
  const Annotation raw = pipeline->Annotate(text);
  const double seconds = SecondsSince(start);
  Report("raw text", raw, gold, words);
  std::printf("speed: %.0f words/s, %.0f sentences/s of one core\n",
              static_cast<double>(raw.tokens.size()) / seconds,
              static_cast<double>(raw.sentences.size()) / seconds);
  return 0;
}

}  // namespace
}  // namespace dossier::english

int main(int argc, char** argv) { return dossier::english::Main(argc, argv); }
