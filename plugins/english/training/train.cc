// english_train MODEL TREEBANK.conllu...: trains the English model and writes it to MODEL.

#include <cstdio>
#include <fstream>
#include <future>
#include <string>
#include <utility>
#include <vector>

#include "plugins/english/model/model_file.h"
#include "plugins/english/training/examples.h"
#include "plugins/english/training/train_lemmas.h"
#include "plugins/english/training/train_sentences.h"
#include "plugins/english/training/train_syntax.h"
#include "plugins/english/training/treebank.h"

namespace dossier::english {
namespace {

constexpr int kSentenceEpochs = 10;
constexpr int kTagEpochs = 8;
constexpr int kParseEpochs = 5;
constexpr int kFoldEpochs = 4;

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

using Sections = std::vector<std::pair<std::string, std::string>>;

void TrainSyntax(const Treebank& treebank, Sections& sections) {
  Examples examples = MakeExamples(treebank);
  const auto tag_count = static_cast<uint32_t>(examples.tags.names().size());
  const auto label_count = static_cast<uint32_t>(examples.relations.names().size());
  Sentences all;
  for (const Example& example : examples.sentences) all.push_back(&example);
  sections.emplace_back("tags", JoinLines(examples.tags.names()));
  sections.emplace_back("relations", JoinLines(examples.relations.names()));
  // What the next stage trains on is guessed while this stage's own model trains.
  auto tagger =
      std::async(std::launch::async, [&] { return TrainTagger(all, tag_count, kTagEpochs); });
  GuessTags(examples, kFoldEpochs);
  sections.emplace_back("tagger", tagger.get());
  auto parser = std::async(
      std::launch::async, [&] { return TrainParser(all, label_count, true, false, kParseEpochs); });
  GuessTrees(examples, kFoldEpochs);
  ParserSections first = parser.get();
  sections.emplace_back("first.actions", std::move(first.actions));
  sections.emplace_back("first.labels", std::move(first.labels));
  ParserSections second = TrainParser(all, label_count, false, true, kParseEpochs);
  sections.emplace_back("second.actions", std::move(second.actions));
  sections.emplace_back("second.labels", std::move(second.labels));
}

int Main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: english_train MODEL TREEBANK.conllu...\n");
    return 2;
  }
  Treebank treebank;
  for (int i = 2; i < argc; ++i) ReadTreebank(argv[i], treebank);
  Sections sections;
  std::fprintf(stderr, "sentences\n");
  sections.emplace_back("sentences", TrainSentences(treebank, kSentenceEpochs));
  LemmaSections lemmas = TrainLemmas(treebank);
  sections.emplace_back("lemma.edits", std::move(lemmas.edits));
  sections.emplace_back("lemma.table", std::move(lemmas.table));
  TrainSyntax(treebank, sections);
  for (const auto& [name, content] : sections) {
    std::fprintf(stderr, "%-16s %9zu bytes\n", name.c_str(), content.size());
  }
  std::ofstream(argv[1], std::ios::binary) << WriteModelFile(sections);
  return 0;
}

}  // namespace
}  // namespace dossier::english

int main(int argc, char** argv) { return dossier::english::Main(argc, argv); }
