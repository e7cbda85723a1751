#include "plugins/english/training/examples.h"

#include <algorithm>

namespace dossier::english {
namespace {

constexpr size_t kRarestTag = 5;
constexpr size_t kRarestRelation = 3;
constexpr size_t kTitleCaseEvery = 12;  // one sentence in this many comes in title case as well

// As headings are written; treebanks have few of them.
std::string TitleCase(std::string form) {
  if (form.size() > 3 && form[0] >= 'a' && form[0] <= 'z')
    form[0] = static_cast<char>(form[0] - 32);
  return form;
}

}  // namespace

void Numbering::Close(size_t minimum) {
  std::vector<std::pair<size_t, std::string>> order;
  for (const auto& [name, count] : counts_) {
    if (count >= minimum) order.emplace_back(count, name);
  }
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (const auto& [count, name] : order) {
    numbers_[name] = static_cast<uint8_t>(names_.size());
    names_.push_back(name);
  }
}

uint8_t Numbering::operator()(const std::string& name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? 0 : found->second;
}

Examples MakeExamples(const Treebank& treebank) {
  Examples examples;
  for (const TreebankSentence& sentence : treebank) {
    for (const TreebankWord& word : sentence.words) {
      examples.tags.Count(word.xpos + ' ' + word.upos);
      examples.relations.Count(word.relation);
    }
  }
  examples.tags.Close(kRarestTag);
  examples.relations.Close(kRarestRelation);
  for (size_t i = 0; i < treebank.size(); ++i) {
    const bool twice = i % kTitleCaseEvery == 0;
    for (const bool title_case : {false, true}) {
      if (title_case && !twice) continue;
      Example& example = examples.sentences.emplace_back();
      for (const TreebankWord& word : treebank[i].words) {
        example.words.push_back(MakeLexeme(title_case ? TitleCase(word.form) : word.form));
        example.tags.push_back(examples.tags(word.xpos + ' ' + word.upos));
        example.tree.push_back({word.head, examples.relations(word.relation)});
      }
    }
  }
  return examples;
}

}  // namespace dossier::english
