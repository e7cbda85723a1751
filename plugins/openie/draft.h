// A sentence's words while their tree is being mended.
#ifndef DOSSIER_PLUGINS_OPENIE_DRAFT_H_
#define DOSSIER_PLUGINS_OPENIE_DRAFT_H_

#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// Borrows the words, which must outlive it and keep their number. A word passed by number must be
// in the sentence where nothing else is said; its head may lie outside: that of a root does.
class Draft {
 public:
  explicit Draft(std::vector<Word>* words) : words_(*words) {}

  int size() const { return static_cast<int>(words_.size()); }
  Word& At(int i) const { return words_[static_cast<size_t>(i)]; }
  bool IsNoun(int i) const { return At(i).pos == Pos::kNoun || At(i).pos == Pos::kPropn; }
  // Any number will do: a head may be asked for without a look where it is.
  bool IsVerb(int i) const { return i >= 0 && i < size() && At(i).pos == Pos::kVerb; }

  // The leftmost dependent with that relation, or kNone. Costs a walk over the sentence.
  int Child(int head, Rel rel) const;
  bool HasChild(int head, Rel rel) const { return Child(head, rel) != kNone; }

  // Whether `word`, any number, stands at or below `head`. True as well when it is too deep to
  // tell: callers ask before they hang `head` from `word`, which must not make a cycle.
  bool IsBelow(int word, int head) const;

  // The first token at or below `head` that is reached from it without a gap.
  int First(int head) const;

  // The caller sees to it that no cycle comes about.
  void Hang(int word, int head, Rel rel) const {
    At(word).head = head;
    At(word).rel = rel;
  }

 private:
  std::vector<Word>& words_;
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_DRAFT_H_
