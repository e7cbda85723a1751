#include "plugins/openie/clause_shape.h"

#include <algorithm>

#include "plugins/openie/lexicon.h"

namespace dossier::openie {

bool HasSubject(const Tree& tree, int i) {
  return std::ranges::any_of(tree.children(i), [&](int c) { return IsSubject(tree[c].rel); });
}

bool IsMarkedTo(const Tree& tree, int i) {
  return std::ranges::any_of(
      tree.children(i), [&](int c) { return tree[c].rel == Rel::kMark && tree[c].lemma == "to"; });
}

bool IsRelative(const Word& word) {
  return word.xpos.starts_with('W') || (word.lemma == "that" && word.pos == Pos::kPron);
}

bool IsPassive(const Tree& tree, int i) {
  if (tree.Has(i, Rel::kAuxPass)) return true;
  if (!tree.Has(i, Rel::kNsubjPass)) return false;
  // "Units, trained abroad, HAVE ARRIVED", "The unit, trained abroad, LEFT": the subject is passive
  // in the other clause only.
  if (tree[i].xpos == "VBD" && !HasAuxiliary(tree, i)) return false;
  return std::ranges::none_of(
      tree.children(i), [&](int c) { return tree[c].rel == Rel::kAux && tree[c].lemma == "have"; });
}

bool IsClauseHead(const Tree& tree, int i) {
  const Word& word = tree[i];
  if (word.rel == Rel::kAux || word.rel == Rel::kAuxPass || word.rel == Rel::kCop) return false;
  if (tree.Has(i, Rel::kCop)) return true;
  const bool clausal =
      word.rel == Rel::kRoot || word.rel == Rel::kConj || word.rel == Rel::kCcomp ||
      word.rel == Rel::kXcomp || word.rel == Rel::kAdvcl || word.rel == Rel::kAcl ||
      word.rel == Rel::kRelcl || word.rel == Rel::kParataxis || word.rel == Rel::kCsubj;
  if (IsVerbal(word)) return clausal || HasSubject(tree, i);
  if (!clausal) return false;
  // "Talks UNLIKELY this week", "experts FAMILIAR with the matter"
  return HasSubject(tree, i) || (word.pos == Pos::kAdj && word.rel == Rel::kAcl);
}

int ChainNext(const Tree& tree, int i) {
  // "denied SENDING" states two things.
  if (StanceOfVerb(tree[i].lemma) == Stance::kDeny) return kNone;
  int next = kNone;
  for (int c : tree.children(i)) {
    const Word& word = tree[c];
    if (word.rel == Rel::kObj || word.rel == Rel::kIobj || word.rel == Rel::kCcomp) return kNone;
    // "became THE FIRST to leave"
    if (word.rel == Rel::kXcomp && IsNominal(word.pos) && !tree.Has(c, Rel::kCop)) return kNone;
    if (word.rel == Rel::kXcomp && next == kNone && (IsVerbal(word) || tree.Has(c, Rel::kCop)) &&
        !HasSubject(tree, c)) {
      next = c;
    }
  }
  return next;
}

bool IsReducedPassive(const Tree& tree, int top, int head) {
  return tree[top].rel == Rel::kAdvcl && top == head && !HasSubject(tree, top) &&
         (tree[head].xpos == "VBN" || tree[head].xpos == "VBD") && !tree.Has(top, Rel::kAux) &&
         !tree.Has(top, Rel::kObj);
}

int ThatClauseOf(const Tree& tree, int phrase) {
  for (int c : tree.children(phrase)) {
    const Word& word = tree[c];
    if (word.rel != Rel::kRelcl && word.rel != Rel::kAcl && word.rel != Rel::kCcomp) continue;
    const bool that = tree[tree.Extent(c).first].lemma == "that";
    if (that && HasSubject(tree, c) && IsTimeNoun(tree[phrase].lemma)) return c;
  }
  return kNone;
}

int PlanBefore(const Tree& tree, int top) {
  const int before = tree.Extent(top).first - 1;
  if (before < 0 || tree[before].pos != Pos::kNoun) return kNone;
  return StanceOfNoun(tree[before].lemma) == Stance::kPlan ? before : kNone;
}

bool HasMarkOf(const Tree& tree, int clause) {
  return std::ranges::any_of(tree.children(clause), [&](int c) {
    return (tree[c].rel == Rel::kMark || tree[c].rel == Rel::kCase) &&
           (tree[c].lemma == "of" || tree[c].lemma == "for");
  });
}

bool FollowsSemicolon(const Tree& tree, int clause) {
  const int first = tree.Extent(clause).first;
  return tree[first].text == ";" || (first > 0 && tree[first - 1].text == ";");
}

bool NamesSource(const Tree& tree, int phrase) {
  return std::ranges::any_of(tree.children(phrase), [&](int c) {
    if (tree[c].rel != Rel::kCase) return false;
    const std::string_view lemma = tree[c].lemma;
    if (lemma == "according" || lemma == "accord") return true;
    if (lemma == "per") return c > 0 && tree[c - 1].lemma == "as";
    return lemma == "as" && c + 1 < tree.size() && tree[c + 1].lemma == "per";
  });
}

bool HasAuxiliary(const Tree& tree, int i) {
  return tree.Has(i, Rel::kAux) || tree.Has(i, Rel::kAuxPass) || tree.Has(i, Rel::kCop);
}

bool HasContent(const Frame& f) {
  return std::ranges::any_of(f.arguments,
                             [](const Argument& a) { return a.slot == Slot::kContent; });
}

}  // namespace dossier::openie
