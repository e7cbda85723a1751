// A sentence's words while their tree is being mended.
#ifndef DOSSIER_PLUGINS_OPENIE_DRAFT_H_
#define DOSSIER_PLUGINS_OPENIE_DRAFT_H_

#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// Borrows the words. Heads may lie outside the sentence: those of roots do.
class Draft {
 public:
  explicit Draft(std::vector<Word>* words) : words_(*words) {}

  int Size() const { return static_cast<int>(words_.size()); }
  Word& At(int i) const { return words_[static_cast<size_t>(i)]; }
  bool IsNoun(int i) const { return At(i).pos == Pos::kNoun || At(i).pos == Pos::kPropn; }
  bool IsVerb(int i) const { return i >= 0 && i < Size() && At(i).pos == Pos::kVerb; }

  // The leftmost dependent with that relation, or kNone. Costs a walk over the sentence.
  int Child(int head, Rel rel) const;
  bool HasChild(int head, Rel rel) const { return Child(head, rel) != kNone; }

  // Whether `word` stands at or below `head`; true as well when that is far to see.
  bool IsBelow(int word, int head) const;

  // The first token at or below `head` that is reached from it without a gap.
  int First(int head) const;

  void Hang(int word, int head, Rel rel) const {
    At(word).head = head;
    At(word).rel = rel;
  }

 private:
  std::vector<Word>& words_;
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_DRAFT_H_
