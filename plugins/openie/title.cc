#include "plugins/openie/title.h"

#include <algorithm>
#include <optional>

#include "plugins/openie/lexicon.h"

namespace dossier::openie {
namespace {

bool IsHyphen(const Word& word) { return word.text == "-" || word.text == "\u2010"; }

// One of several who hold the office stands in the singular.
bool IsOffice(const Word& word) {
  const bool singular = word.xpos == "NN" || word.xpos == "NNP" || word.xpos == "JJ";
  return singular && IsRoleNoun(word.lemma);
}

bool MayStandInTitle(const Word& word) {
  if (word.is_time || IsHonorific(word.text)) return false;
  return word.xpos.starts_with("NN") || word.xpos.starts_with("JJ") || word.xpos == "POS" ||
         IsHyphen(word);
}

// The token of [begin, end) that the others hang from.
int HeadOf(const Tree& tree, int begin, int end) {
  for (int i = begin; i < end; ++i) {
    if (tree[i].head < begin || tree[i].head >= end) return i;
  }
  return end - 1;
}

// The title that ends right before `name`, if there is one.
std::optional<Phrase> TitleBefore(const Tree& tree, int name, int end) {
  int last = name - 1;
  while (last >= 0 && IsHonorific(tree[last].text)) --last;
  if (last < 0) return std::nullopt;
  const Word& word = tree[last];
  const bool called = word.rel == Rel::kNmodDesc && word.pos != Pos::kAdj && word.head >= name &&
                      word.head < end && !IsHonorific(word.text);
  if (!IsOffice(word) && !called) return std::nullopt;
  int begin = last;
  while (begin > 0 && MayStandInTitle(tree[begin - 1])) --begin;
  while (begin < last && (IsHyphen(tree[begin]) || tree[begin].xpos == "POS")) ++begin;
  return Phrase{last, begin, last + 1};
}

// A name's first token that is neither office nor honorific: the name layer takes "General Ann Lee"
// as a whole now and then.
int Bare(const Tree& tree, int begin, int end) {
  for (int i = end - 2; i >= begin; --i) {
    if (IsOffice(tree[i]) || IsHonorific(tree[i].text)) return i + 1;
  }
  return begin;
}

}  // namespace

std::vector<TitledName> FindTitles(const Tree& tree) {
  std::vector<TitledName> out;
  for (int begin = 0, end = 0; begin < tree.size(); begin = end) {
    end = begin + 1;
    const Word& word = tree[begin];
    const bool person = word.kind == NameKind::kPerson;
    if (!person && (word.pos != Pos::kPropn || word.rel == Rel::kNmodDesc)) continue;
    const auto goes_on = [&](const Word& next) {
      return person ? next.name == word.name
                    : next.rel == Rel::kFlat && next.kind != NameKind::kPerson;
    };
    while (end < tree.size() && goes_on(tree[end])) ++end;
    const int name = Bare(tree, begin, end);
    const std::optional<Phrase> title = TitleBefore(tree, name, end);
    // Without the name layer's word, only the tree's will do.
    if (!title || (!person && tree[title->head].rel != Rel::kNmodDesc)) continue;
    int whole = end;
    while (whole < tree.size() && tree[whole].begin == tree[whole - 1].end &&
           (IsHyphen(tree[whole]) || IsHyphen(tree[whole - 1]))) {
      ++whole;
    }
    out.push_back({*title, {HeadOf(tree, name, end), name, whole}});
  }
  return out;
}

}  // namespace dossier::openie
