#include "plugins/english/training/train_lemmas.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "plugins/english/syntax/lemmatizer.h"
#include "plugins/english/training/weight_writer.h"

namespace dossier::english {
namespace {

size_t CommonPrefix(const std::string& a, const std::string& b) {
  const auto end = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  return static_cast<size_t>(end.first - a.begin());
}

// The edit that makes `lemma` of `form`, as a line of the section.
std::string EditLine(const std::string& form, const std::string& lemma) {
  const std::string straight = StraightForm(form);
  const std::string lower = LowerForm(form);
  const size_t kept = CommonPrefix(straight, lemma);
  const size_t lowered = CommonPrefix(lower, lemma);
  const size_t prefix = std::max(kept, lowered);
  return (lowered >= kept ? "l" : "k") + std::to_string(lower.size() - prefix) + ' ' +
         lemma.substr(prefix);
}

// Edits seen for one key, and how often.
using Votes = std::map<std::string, size_t>;

const std::string& Winner(const Votes& votes) {
  return std::max_element(votes.begin(), votes.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

// Distinct words (lower-cased form, tag) with the edits that they showed.
std::map<std::pair<std::string, std::string>, Votes> CollectWords(const Treebank& treebank) {
  std::map<std::pair<std::string, std::string>, Votes> words;
  for (const TreebankSentence& sentence : treebank) {
    for (const TreebankWord& word : sentence.words) {
      if (word.lemma == "_" || word.form.size() > 40) continue;
      const std::string tag = word.xpos + ' ' + word.upos;
      ++words[{LowerForm(word.form), tag}][EditLine(word.form, word.lemma)];
    }
  }
  return words;
}

}  // namespace

LemmaSections TrainLemmas(const Treebank& treebank) {
  const auto words = CollectWords(treebank);
  // votes[i]: for the i-th key of every word, one vote per distinct word.
  std::vector<std::unordered_map<uint64_t, Votes>> votes(kLemmaKeys);
  for (const auto& [word, edits] : words) {
    const auto keys = LemmaKeys(word.first, word.second);
    for (size_t i = 0; i < kLemmaKeys; ++i) ++votes[i][keys[i]][Winner(edits)];
  }
  // From the shortest ending to the whole word, a key is kept where it says something new.
  std::vector<std::unordered_map<uint64_t, std::string>> kept(kLemmaKeys);
  for (size_t i = kLemmaKeys; i-- > 0;) {
    for (const auto& [word, edits] : words) {
      const auto keys = LemmaKeys(word.first, word.second);
      const std::string& own = Winner(votes[i][keys[i]]);
      const std::string* inherited = nullptr;
      for (size_t k = i + 1; k < kLemmaKeys && inherited == nullptr; ++k) {
        if (const auto found = kept[k].find(keys[k]); found != kept[k].end()) {
          inherited = &found->second;
        }
      }
      if (inherited == nullptr || *inherited != own) kept[i].emplace(keys[i], own);
    }
  }
  LemmaSections sections;
  std::map<std::string, uint64_t> numbers;
  std::vector<std::pair<uint64_t, uint64_t>> slots;
  for (const auto& level : kept) {
    const std::map<uint64_t, std::string> sorted(level.begin(), level.end());
    for (const auto& [key, edit] : sorted) {
      const auto [number, is_new] = numbers.emplace(edit, numbers.size());
      if (is_new) sections.edits += edit + '\n';
      slots.emplace_back(key, FeatureNumbers::Slot(key, number->second));
    }
  }
  sections.table = WriteSlots(1, slots, {});
  return sections;
}

}  // namespace dossier::english
