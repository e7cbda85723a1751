// openie_features < TREES.conllu: prints, for each tuple that the rules make of a sentence,
// `sentence TAB features, separated by spaces TAB relation TAB arguments ...`, the input of
// train_confidence.py. The trees are those of the parser that the plugin is to run behind, as
// parse_lines (tests/eval) prints them: column MISC has SpaceAfter=No and the names and values that
// a word is part of, Name=TYPE:ROW and Value=KIND:ROW.
#include <algorithm>
#include <charconv>
#include <deque>
#include <iostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/openie/confidence.h"
#include "plugins/openie/mend.h"
#include "plugins/openie/sentence.h"
#include "plugins/openie/tree.h"
#include "plugins/openie/tuples.h"

namespace dossier::openie {
namespace {

struct Sentence {
  std::string text;
  std::deque<std::string> fields;  // what the words view
  std::vector<Word> words;
  uint32_t space = 0;  // between the last word and the next
};

// The rest of MISC's entry `key`, "" when there is none.
std::string_view Misc(std::string_view misc, std::string_view key) {
  while (!misc.empty()) {
    const std::string_view entry = misc.substr(0, misc.find('|'));
    if (entry.starts_with(key)) return entry.substr(key.size());
    misc.remove_prefix(std::min(entry.size() + 1, misc.size()));
  }
  return {};
}

int RowOf(std::string_view entry) {
  int row = kNone;
  const size_t colon = entry.find(':');
  if (colon != entry.npos) std::from_chars(&entry[colon] + 1, entry.data() + entry.size(), row);
  return row;
}

void ReadMisc(std::string_view misc, Word* word) {
  const std::string_view name = Misc(misc, "Name="), value = Misc(misc, "Value=");
  word->name = RowOf(name);
  if (word->name != kNone) word->kind = ParseNameKind(name.substr(0, name.find(':')));
  word->value = RowOf(value);
  word->is_time = value.starts_with("time:");
}

void AddWord(std::string_view line, Sentence* sentence) {
  std::vector<std::string_view> columns;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find('\t', begin), line.size());
    sentence->fields.emplace_back(line.substr(begin, end - begin));
    columns.push_back(sentence->fields.back());
    begin = end + 1;
  }
  if (columns.size() < 8 || columns[0].find_first_of("-.") != std::string_view::npos) return;
  Word word;
  word.text = columns[1];
  word.lemma = columns[2];
  word.pos = ParsePos(columns[3]);
  word.xpos = columns[4];
  std::from_chars(columns[6].data(), columns[6].data() + columns[6].size(), word.head);
  --word.head;
  word.rel = ParseRel(columns[7]);
  word.begin = sentence->words.empty() ? 0 : sentence->words.back().end + sentence->space;
  word.end = word.begin + static_cast<uint32_t>(word.text.size());
  const std::string_view misc = columns.size() > 9 ? columns[9] : std::string_view();
  ReadMisc(misc, &word);
  sentence->space = Misc(misc, "SpaceAfter=") == "No" ? 0 : 1;
  sentence->words.push_back(word);
}

void Print(Sentence sentence) {
  Mend(&sentence.words);
  const Tree tree(std::move(sentence.words));
  const Clauses clauses = ReadSentence(tree);
  for (const Frame& frame : clauses.frames) {
    const Tuple tuple = RenderTuple(tree, frame);
    if (tuple.relation.empty()) continue;
    std::cout << sentence.text << '\t';
    for (double feature : FeaturesOf(tree, clauses, frame, tuple)) std::cout << feature << ' ';
    std::cout << '\t' << tuple.relation;
    for (const std::string& argument : tuple.arguments) std::cout << '\t' << argument;
    std::cout << '\n';
  }
}

int Main() {
  constexpr std::string_view kText = "# text = ";
  Sentence sentence;
  for (std::string line; std::getline(std::cin, line);) {
    if (line.starts_with(kText)) {
      sentence.text = line.substr(kText.size());
    } else if (line.empty()) {
      Print(std::move(sentence));
      sentence = Sentence();
    } else if (line.front() != '#') {
      AddWord(line, &sentence);
    }
  }
  return 0;
}

}  // namespace
}  // namespace dossier::openie

int main() { return dossier::openie::Main(); }
