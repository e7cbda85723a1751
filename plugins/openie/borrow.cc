#include "plugins/openie/borrow.h"

#include <algorithm>
#include <string_view>

#include "plugins/openie/clause_shape.h"
#include "plugins/openie/lexicon.h"
#include "plugins/openie/mention.h"

namespace dossier::openie {
namespace {

class Borrower {
 public:
  Borrower(const Tree& tree, const Clauses& clauses) : tree_(tree), clauses_(clauses) {}

  void Borrow(int top, Frame* f) const {
    const int governor = tree_[top].head;
    const int g = governor == kNone ? kNone : FrameOf(governor);
    if (tree_[top].rel == Rel::kConj && g != kNone) {
      if (BeginsRelative(top)) return ResolveLooseRelative(top, f);
      return BorrowFromFirst(frame(g), top, f);
    }
    if (tree_[top].rel == Rel::kRelcl) ResolveRelative(governor, top, f);
    if (TakeMemberSubject(governor, top, f)) return;
    if (tree_[top].rel == Rel::kRelcl) return;
    ResolveLooseRelative(top, f);
    if (f->has_subject) return;
    if (f->rule == Rule::kInfinitive && tree_[top].rel == Rel::kAdvcl) {
      f->SetSubject({Slot::kObject, PlanBefore(tree_, top)});
      f->borrowed = true;
      return;
    }
    if (tree_[top].rel == Rel::kAcl) {
      f->SetSubject({Slot::kObject, governor, top});
      f->borrowed = true;
      return;
    }
    if (g == kNone) return;
    const Frame& from = frame(g);
    if (tree_[top].rel == Rel::kXcomp) return BorrowFromObject(from, f);
    if (tree_[top].rel == Rel::kAdvcl && !from.passive &&
        StanceOfVerb(tree_[from.head].lemma) == Stance::kAccuse && HasMarkOf(tree_, top)) {
      return BorrowFromObject(from, f);
    }
    if (const int with = WithSubject(top); with != kNone) {
      f->SetSubject({Slot::kObject, with});
      f->borrowed = true;
      return;
    }
    const bool gerund = tree_[top].xpos == "VBG" || IsMarkedTo(tree_, top);
    if (tree_[top].rel == Rel::kAdvcl || (tree_[top].rel == Rel::kCcomp && gerund)) {
      BorrowSubject(from, f);
    }
  }

 private:
  int FrameOf(int i) const { return clauses_.frame_of[static_cast<size_t>(i)]; }
  const Frame& frame(int f) const { return clauses_.frames[static_cast<size_t>(f)]; }

  // "left, WITH ANN asking why": Ann asks.
  int WithSubject(int top) const {
    if (tree_[top].rel != Rel::kAdvcl || tree_[top].xpos != "VBG") return kNone;
    int first = top;
    for (int c : tree_.children(top)) {
      if (tree_[c].pos != Pos::kPunct) first = std::min(first, tree_.Extent(c).first);
    }
    const int noun = NounBefore(tree_, first);
    if (noun == kNone || tree_[noun].head != tree_[top].head) return kNone;
    const int mark = tree_.Child(noun, Rel::kCase);
    return mark != kNone && tree_[mark].lemma == "with" ? noun : kNone;
  }

  // "FOUR AIDES were among those KILLED", "ANN was one of those who SIGNED"
  bool TakeMemberSubject(int governor, int top, Frame* f) const {
    if (governor == kNone || (f->has_subject && f->subject.head != governor)) return false;
    if (tree_[top].rel != Rel::kAcl && tree_[top].rel != Rel::kRelcl) return false;
    if (tree_[governor].lemma != "those") return false;
    const int whole = tree_[governor].rel == Rel::kNmod ? tree_[governor].head : governor;
    const int g = FrameOf(whole);
    if (g == kNone || !frame(g).copular || !frame(g).has_subject) return false;
    f->SetSubject(frame(g).subject);
    f->borrowed = true;
    return true;
  }

  static void BorrowSubject(const Frame& from, Frame* f) {
    if (f->has_subject || !from.has_subject) return;
    f->SetSubject(from.subject);
    f->borrowed = true;
  }

  // "let the ENVOY leave"
  static void BorrowFromObject(const Frame& from, Frame* f) {
    for (const Argument& a : from.arguments) {
      if (a.slot == Slot::kObject || a.slot == Slot::kIndirect) {
        f->SetSubject(a);
        f->borrowed = true;
        return;
      }
    }
    BorrowSubject(from, f);
  }

  // "LAST WEEK they could buy and SELL GRAIN": subject, what stands before, what stands after.
  void BorrowFromFirst(const Frame& first, int top, Frame* f) const {
    if (!f->has_subject) {
      BorrowSubject(first, f);
      f->existential = f->existential || (first.existential && f->head == first.head);
      if (tree_[top].xpos == tree_[first.head].xpos && !HasAuxiliary(tree_, top)) {
        BorrowAuxiliaries(tree_[top].head, top, f);
      }
      if (!f->passive && first.passive && tree_[top].xpos == "VBN" && !HasAuxiliary(tree_, top)) {
        f->passive = true;
      }
      for (Argument a : first.arguments) {
        const bool before =
            a.head < first.chain.front() && (!first.has_subject || a.head < first.subject.head);
        if (before && (a.slot == Slot::kOblique || a.slot == Slot::kUnmarked)) {
          a.shared = true;
          f->arguments.push_back(a);
        }
      }
    }
    const bool complete = std::ranges::any_of(f->arguments, [](const Argument& a) {
      return !a.shared && (a.slot == Slot::kObject || a.slot == Slot::kContent);
    });
    for (Argument a : first.arguments) {
      if (complete || a.head < tree_.Extent(top).second || a.slot != Slot::kObject) continue;
      a.shared = true;
      f->arguments.push_back(a);
    }
  }

  void BorrowAuxiliaries(int governor, int top, Frame* f) const {
    const bool contrast = std::ranges::any_of(tree_.children(top), [&](int c) {
      return tree_[c].rel == Rel::kCc && tree_[c].lemma == "but";
    });
    for (int c : tree_.children(governor)) {
      const Word& word = tree_[c];
      if (word.rel == Rel::kAux || word.rel == Rel::kAuxPass ||
          (word.rel == Rel::kAdvmod && IsNegator(word.lemma) && !contrast && c < governor)) {
        f->borrowed_auxiliaries.push_back(c);
      }
    }
  }

  // ", WHICH they sold", ", WHO left"
  bool BeginsRelative(int top) const {
    int first = tree_.Extent(top).first;
    while (first < top && tree_[first].pos == Pos::kPunct) ++first;
    return tree_[first].lemma == "which" || tree_[first].lemma == "who";
  }

  // "They sold the mill, WHICH closed": a relative clause that hangs from the verb means the phrase
  // that ends before it.
  void ResolveLooseRelative(int top, Frame* f) const {
    if (f->parent == kNone) return;
    const int begin = tree_.Extent(top).first;
    const Argument* antecedent = nullptr;
    for (const Argument& a : frame(f->parent).arguments) {
      const bool nominal = a.slot == Slot::kObject || a.slot == Slot::kOblique;
      if (nominal && a.head < begin && a.cut == kNone) antecedent = &a;
    }
    const int noun = antecedent != nullptr ? antecedent->head : NounBefore(tree_, begin);
    if (noun == kNone) return;
    const auto resolve = [&](Argument* a) {
      const std::string_view lemma = tree_[a->head].lemma;
      if ((lemma != "which" && lemma != "who") || tree_[a->head].rel == Rel::kDet) return;
      const int marker = a->head;
      a->head = noun;
      a->cut = top;
      a->marker = marker;
    };
    if (f->has_subject) resolve(&f->subject);
    for (Argument& a : f->arguments) resolve(&a);
  }

  // "the envoy WHO left", "the letter WHICH he left", "the hall IN WHICH he left it"
  void ResolveRelative(int noun, int top, Frame* f) const {
    if (f->has_subject && IsRelative(tree_[f->subject.head])) {
      f->subject = {Slot::kObject, noun, top};
      f->borrowed = true;
      return;
    }
    bool object = false;
    for (Argument& a : f->arguments) {
      if (IsRelative(tree_[a.head])) {
        a = {a.slot == Slot::kAdverb ? Slot::kOblique : a.slot, noun, top, a.head};
        return;
      }
      object = object || a.slot == Slot::kObject || a.slot == Slot::kContent;
    }
    if (!f->has_subject) {
      f->SetSubject({Slot::kObject, noun, top});
      f->borrowed = true;
    } else if (!object && !f->copular && !f->passive) {
      f->arguments.push_back({Slot::kObject, noun, top});
    }
  }

  const Tree& tree_;
  const Clauses& clauses_;
};

}  // namespace

void Borrow(const Tree& tree, const Clauses& clauses, int top, Frame* f) {
  Borrower(tree, clauses).Borrow(top, f);
}

}  // namespace dossier::openie
