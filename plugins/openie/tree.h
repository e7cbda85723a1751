// One sentence as a Universal Dependencies tree: what every rule of this plugin looks at.
//
// Positions are token numbers within the sentence, from 0; kNone stands for "no token". Nothing
// here recurses, so a tree of any depth is safe; every traversal costs time linear in what it
// visits.
#ifndef DOSSIER_PLUGINS_OPENIE_TREE_H_
#define DOSSIER_PLUGINS_OPENIE_TREE_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier::openie {

inline constexpr int kNone = -1;

// The Universal POS tags that rules tell apart.
enum class Pos : uint8_t {
  kVerb,
  kAux,
  kNoun,
  kPropn,
  kPron,
  kAdj,
  kAdv,
  kNum,
  kDet,
  kPunct,
  kOther
};

// Universal Dependencies relations, with the subtypes that rules tell apart. Others read as their
// main type.
enum class Rel : uint8_t {
  kRoot,
  kNsubj,
  kNsubjPass,
  kNsubjOuter,
  kCsubj,
  kObj,
  kIobj,
  kCcomp,
  kXcomp,
  kObl,
  kOblAgent,
  kOblUnmarked,
  kAdvcl,
  kAcl,
  kRelcl,
  kAdvmod,
  kAux,
  kAuxPass,
  kCop,
  kMark,
  kCase,
  kCc,
  kConj,
  kDet,
  kAmod,
  kNummod,
  kNmod,
  kNmodPoss,
  kNmodDesc,
  kNmodUnmarked,
  kAppos,
  kCompound,
  kParticle,
  kFlat,
  kFixed,
  kParataxis,
  kExpl,
  kPunct,
  kDiscourse,
  kOther,
};

// What kind of thing a named entity is, as far as rules care.
enum class NameKind : uint8_t {
  kNoName,
  kPerson,
  kBody,
  kPeople,
  kOther
};  // a body: ORG, GPE, ...

Pos ParsePos(std::string_view upos);
Rel ParseRel(std::string_view relation);
NameKind ParseNameKind(std::string_view type);  // of a row of name/1

struct Word {
  std::string_view text;
  std::string_view lemma;  // lower case but for names
  std::string_view xpos;   // Penn Treebank tag
  Pos pos = Pos::kOther;
  Rel rel = Rel::kOther;
  int head = kNone;
  uint32_t begin = 0;  // byte offsets in the document
  uint32_t end = 0;
  int name = kNone;                   // the named entity that it is part of: a row of name/1
  int value = kNone;                  // the time or quantity that it is part of: a row of value/1
  NameKind kind = NameKind::kNoName;  // of that entity
  bool is_time = false;               // that value is a time
};

class Tree {
 public:
  // A head outside [0, words.size()) makes a root, whose relation becomes kRoot. REQUIRES: heads
  // form no cycle; words on a cycle are kept but stand in no subtree.
  explicit Tree(std::vector<Word> words);

  int size() const { return static_cast<int>(words_.size()); }
  const Word& operator[](int i) const { return words_[static_cast<size_t>(i)]; }

  // Dependents, left to right.
  std::span<const int> children(int i) const;

  // All tokens that hang from a root, governors before their dependents.
  const std::vector<int>& order() const { return order_; }

  // The leftmost dependent with that relation, or kNone.
  int Child(int i, Rel rel) const;
  bool Has(int i, Rel rel) const { return Child(i, rel) != kNone; }

  // Appends the tokens at or below `head`, unsorted, without the subtrees of those dependents that
  // `leave_out(dependent)` names.
  template <typename LeaveOut>
  void Collect(int head, LeaveOut leave_out, std::vector<int>* out) const {
    size_t next = out->size();
    out->push_back(head);
    for (; next < out->size(); ++next) {
      for (int child : children((*out)[next])) {
        if (!leave_out(child)) out->push_back(child);
      }
    }
  }

  // First and one past the last token at or below `head`.
  std::pair<int, int> Extent(int head) const {
    const size_t h = static_cast<size_t>(head);
    return {first_[h], last_[h] + 1};
  }

 private:
  std::vector<Word> words_;
  std::vector<uint32_t> offsets_;  // children of i: dependents_[offsets_[i], offsets_[i + 1])
  std::vector<int> dependents_;
  std::vector<int> order_;
  std::vector<int> first_;
  std::vector<int> last_;
};

inline bool IsSubject(Rel r) {
  return r == Rel::kNsubj || r == Rel::kNsubjPass || r == Rel::kNsubjOuter || r == Rel::kCsubj;
}
inline bool IsNominal(Pos p) {
  return p == Pos::kNoun || p == Pos::kPropn || p == Pos::kPron || p == Pos::kNum;
}
inline bool IsFirstPerson(const Word& w) {
  return w.lemma == "I" || w.lemma == "i" || w.lemma == "we";
}
inline bool IsVerbal(const Word& w) {
  return w.pos == Pos::kVerb ||
         (w.pos == Pos::kAux && w.rel != Rel::kAux && w.rel != Rel::kAuxPass && w.rel != Rel::kCop);
}

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_TREE_H_
