// english_train MODEL NETWORK TREEBANK.conllu...: trains what of the English model is not the
// network, and writes it with the sections of NETWORK, which syntax/train_syntax.py made, to MODEL.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugins/english/model/model_file.h"
#include "plugins/english/training/train_lemmas.h"
#include "plugins/english/training/train_sentences.h"
#include "plugins/english/training/treebank.h"

namespace dossier::english {
namespace {

constexpr int kSentenceEpochs = 10;

using Sections = std::vector<std::pair<std::string, std::string>>;

bool CopySections(const char* path, Sections& sections) {
  std::ifstream stream(path, std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(stream), {});
  const auto file = ModelFile::Open(std::as_bytes(std::span(bytes.data(), bytes.size())));
  if (!file) return false;
  for (const char* name : {"tags", "relations", "words", "network"}) {
    const std::span<const std::byte> section = file->Section(name);
    if (section.empty()) return false;
    sections.emplace_back(
        name, std::string(reinterpret_cast<const char*>(section.data()), section.size()));
  }
  return true;
}

int Main(int argc, char** argv) {
  if (argc < 4) {
    std::fprintf(stderr, "usage: english_train MODEL NETWORK TREEBANK.conllu...\n");
    return 2;
  }
  Sections sections;
  if (!CopySections(argv[2], sections)) {
    std::fprintf(stderr, "%s: no network, which training/syntax/train_syntax.py makes\n", argv[2]);
    return 1;
  }
  Treebank treebank;
  for (int i = 3; i < argc; ++i) ReadTreebank(argv[i], treebank);
  sections.emplace_back("sentences", TrainSentences(treebank, kSentenceEpochs));
  LemmaSections lemmas = TrainLemmas(treebank);
  sections.emplace_back("lemma.edits", std::move(lemmas.edits));
  sections.emplace_back("lemma.table", std::move(lemmas.table));
  for (const auto& [name, content] : sections) {
    std::fprintf(stderr, "%-16s %9zu bytes\n", name.c_str(), content.size());
  }
  std::ofstream(argv[1], std::ios::binary) << WriteModelFile(sections);
  return 0;
}

}  // namespace
}  // namespace dossier::english

int main(int argc, char** argv) { return dossier::english::Main(argc, argv); }
