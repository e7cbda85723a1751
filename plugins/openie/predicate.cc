#include "plugins/openie/predicate.h"

#include <string_view>

#include "plugins/openie/phrase.h"

namespace dossier::openie {
namespace {

template <typename Add>
void AddVerb(const Tree& tree, const Frame& frame, size_t k, Add add) {
  const int verb = frame.chain[k];
  const Word& word = tree[verb];
  const bool last = k + 1 == frame.chain.size();
  if (k > 0) {
    for (int c : tree.children(verb)) {
      if (tree[c].rel == Rel::kMark && tree[c].lemma == "to") add("to");
    }
  }
  if (last && frame.copular) {
    add("be");
    return;
  }
  if (tree.Has(verb, Rel::kCop)) add("be");
  const bool passive = last ? frame.passive : tree.Has(verb, Rel::kAuxPass);
  if (passive) add("be");
  const bool keep = passive || (k > 0 && word.xpos == "VBG");
  add(keep ? word.text : word.lemma);
  for (int c : tree.children(verb)) {
    if (tree[c].rel == Rel::kParticle || IsParticle(tree, verb, c)) add(tree[c].lemma);
  }
}

}  // namespace

std::string RenderPredicate(const Tree& tree, const Frame& frame, const Argument* object) {
  std::string out;
  const auto add = [&](std::string_view word) {
    if (!out.empty()) out += ' ';
    out += Lower(word);
  };
  if (frame.rule == Rule::kInclusion) return "include";
  if (frame.rule == Rule::kInfinitive) {
    add(tree[frame.subject.head].lemma);
    add("to");
  }
  if (frame.chain.empty() && frame.rule != Rule::kNominal) return "be";
  if (frame.rule == Rule::kNominal) add(tree[frame.head].lemma);
  for (size_t k = 0; k < frame.chain.size(); ++k) AddVerb(tree, frame, k, add);
  const bool phrase =
      object != nullptr && (object->slot == Slot::kOblique || object->slot == Slot::kAgent ||
                            object->slot == Slot::kPredicate);
  if (phrase) {
    for (int i : Marker(tree, *object)) add(tree[i].text);
  }
  return out;
}

bool IsParticle(const Tree& tree, int verb, int adverb) {
  const Word& word = tree[adverb];
  if (word.rel != Rel::kAdvmod || adverb != verb + 1) return false;
  const std::string_view lemma = word.lemma;
  return lemma == "out" || lemma == "up" || lemma == "down" || lemma == "off" || lemma == "away" ||
         lemma == "back" || lemma == "over" || lemma == "through";
}

Phrase PredicateWords(const Tree& tree, const Frame& frame) {
  if (frame.supplied && frame.rule != Rule::kNominal) return {};
  const int first = frame.chain.empty() ? frame.head : frame.chain.front();
  if (frame.copular) {
    const int cop = tree.Child(frame.head, Rel::kCop);
    return cop == kNone ? Phrase{} : Phrase{cop, cop, cop + 1};
  }
  if (first > frame.head) return {frame.head, frame.head, frame.head + 1};
  return {frame.head, first, frame.head + 1};
}

}  // namespace dossier::openie
