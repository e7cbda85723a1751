// names_eval MODEL CORPUS...: precision, recall and F1 of exact spans with their coarse type, over
// persons, organisations (military units among them) and places (GPE, LOC, FACILITY); words a
// second of processor time.

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <iterator>
#include <string>
#include <tuple>
#include <vector>

#include "plugins/english/names/name_tagger.h"
#include "plugins/english/names/training/corpus.h"
#include "plugins/english/names/training/tags.h"

namespace dossier::english {
namespace {

struct Counts {
  int right = 0;
  int found = 0;
  int gold = 0;
};

constexpr const char* kRows[] = {"PER", "ORG", "LOC", "all"};

// The row of a type; 3 for those that are not measured.
int RowOf(NameType type) {
  switch (type) {
    case NameType::kPerson:
      return 0;
    case NameType::kOrg:
    case NameType::kMilitaryUnit:
      return 1;
    case NameType::kGpe:
    case NameType::kLoc:
    case NameType::kFacility:
      return 2;
    default:
      return 3;
  }
}

int RowOf(Coarse type) { return std::min(static_cast<int>(type), 3); }

using Span = std::tuple<uint32_t, uint32_t, int>;

void Compare(const NamesDocument& document, const std::vector<Name>& names, Counts* counts) {
  std::vector<Span> gold;
  for (const LabelledSpan& name : document.names) {
    gold.emplace_back(document.annotation.tokens[name.begin].begin,
                      document.annotation.tokens[name.end - 1].end, RowOf(name.type));
  }
  for (const auto& [begin, end, row] : gold) ++counts[row].gold;
  for (const Name& name : names) {
    const int row = RowOf(name.type);
    ++counts[row].found;
    counts[row].right += std::count(gold.begin(), gold.end(), Span(name.begin, name.end, row)) > 0;
  }
}

int Main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: names_eval MODEL CORPUS...\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const auto model = ModelFile::Open(std::as_bytes(std::span(bytes)));
  const auto tagger = model ? NameTagger::Open(*model) : nullptr;
  if (!tagger) {
    std::fprintf(stderr, "%s: not a model of names\n", argv[1]);
    return 1;
  }
  Corpus corpus;
  for (int i = 2; i < argc; ++i) ReadCorpus(argv[i], &corpus);
  AddTags(&corpus);
  Counts counts[4];
  size_t words = 0;
  double seconds = 0;
  for (const auto& document : corpus) {
    const std::clock_t start = std::clock();
    const std::vector<Name> names = tagger->Tag(document->annotation);
    seconds += static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    words += document->annotation.tokens.size();
    Compare(*document, names, counts);
  }
  counts[3] = {};
  for (int row = 0; row < 3; ++row) {
    counts[3].right += counts[row].right;
    counts[3].found += counts[row].found;
    counts[3].gold += counts[row].gold;
  }
  for (int row = 0; row < 4; ++row) {
    const Counts& c = counts[row];
    const double precision = c.found == 0 ? 0 : 100.0 * c.right / c.found;
    const double recall = c.gold == 0 ? 0 : 100.0 * c.right / c.gold;
    const double f1 = c.right == 0 ? 0 : 2 * precision * recall / (precision + recall);
    std::printf("%s  P %5.1f  R %5.1f  F1 %5.1f  (%d gold)\n", kRows[row], precision, recall, f1,
                c.gold);
  }
  std::printf("%.0f words/s\n", static_cast<double>(words) / seconds);
  return 0;
}

}  // namespace
}  // namespace dossier::english

int main(int argc, char** argv) { return dossier::english::Main(argc, argv); }
