#include "plugins/openie/clause.h"

#include <algorithm>

#include "plugins/openie/clause_shape.h"
#include "plugins/openie/lexicon.h"
#include "plugins/openie/mention.h"

namespace dossier::openie {
namespace {

constexpr size_t kMaxChain = 8;
constexpr size_t kMaxArguments = 32;

class ClauseReader {
 public:
  explicit ClauseReader(const Tree& tree) : tree_(tree) {
    const size_t n = static_cast<size_t>(tree.size());
    out_.frame_of.assign(n, kNone);
    out_.clause.assign(n, kNone);
  }

  Clauses Read() {
    for (int i : tree_.order()) {
      if (Frame_(i) == kNone && out_.frames.size() < kMaxFrames && IsClauseHead(tree_, i)) Add(i);
      const int head = tree_[i].head;
      out_.clause[At(i)] = Frame_(i) != kNone ? Frame_(i)
                           : head == kNone    ? kNone
                                              : out_.clause[At(head)];
    }
    return std::move(out_);
  }

 private:
  static size_t At(int i) { return static_cast<size_t>(i); }
  int Frame_(int i) const { return out_.frame_of[At(i)]; }
  Frame& frame(int f) { return out_.frames[At(f)]; }

  void Add(int top) {
    const int index = static_cast<int>(out_.frames.size());
    Frame f;
    const int governor = tree_[top].head;
    f.parent = governor == kNone ? kNone : out_.clause[At(governor)];
    f.rule = RuleOf(top);
    if (tree_[top].rel == Rel::kConj) StartConjunct(governor, &f);
    for (int i = top; i != kNone && f.chain.size() < kMaxChain && Frame_(i) == kNone;
         i = ChainNext(tree_, i)) {
      f.chain.push_back(i);
      out_.frame_of[At(i)] = index;
    }
    f.head = f.chain.back();
    const Word& head = tree_[f.head];
    const bool copula = tree_.Has(f.head, Rel::kCop);
    const bool participle = head.pos == Pos::kVerb && (head.xpos == "VBN" || head.xpos == "VBG");
    f.copular = (copula && !participle) || !IsVerbal(head);
    f.supplied = f.copular && !copula;
    f.passive = IsPassive(tree_, f.head) || (copula && head.xpos == "VBN") ||
                (f.rule == Rule::kParticiple && (head.xpos == "VBN" || head.xpos == "VBD")) ||
                IsReducedPassive(tree_, top, f.head);
    for (size_t k = static_cast<size_t>(std::ranges::find(f.chain, top) - f.chain.begin());
         k < f.chain.size(); ++k) {
      Collect(f.chain[k], k + 1 < f.chain.size() ? f.chain[k + 1] : kNone, &f);
    }
    if (f.copular) f.arguments.push_back({Slot::kPredicate, f.head});
    if (!f.copular && !f.passive) FindObject(&f);
    FindContent(&f);
    if (!f.has_subject && tree_[top].rel != Rel::kConj) TakeSubjectOfParticiple(&f);
    if (IsRemark(f)) f.arguments.push_back({Slot::kContent, governor, kNone, kNone, true});
    Borrow(top, &f);
    std::erase_if(f.arguments, [&](const Argument& a) {  // "WHEN it rained"
      return a.slot == Slot::kAdverb && tree_[a.head].xpos.starts_with('W');
    });
    std::ranges::stable_sort(f.arguments, {}, &Argument::head);
    out_.frames.push_back(std::move(f));
  }

  // "THE ENVOY, trained abroad, has left", where the parser gave the subject to "trained".
  void TakeSubjectOfParticiple(Frame* f) const {
    for (const Argument& a : f->arguments) {
      const std::string_view tag = tree_[a.head].xpos;
      const bool participle = a.slot == Slot::kAdverbial && (tag == "VBN" || tag == "VBG") &&
                              !tree_.Has(a.head, Rel::kAux) && !tree_.Has(a.head, Rel::kMark);
      if (!participle || a.head > f->head) continue;
      const int subject = tree_.Child(a.head, Rel::kNsubj);
      if (subject != kNone) return SetSubject({Slot::kObject, subject}, f);
    }
  }

  // "are training in the north TWO BRIGADES": a noun phrase without a preposition behind the verb
  // is its object, when it is no time, measure or manner and the verb has no other.
  void FindObject(Frame* f) const {
    Argument* bare = nullptr;
    for (Argument& a : f->arguments) {
      const Word& word = tree_[a.head];
      const bool taken = a.slot == Slot::kObject || a.slot == Slot::kContent ||
                         a.slot == Slot::kOpenContent || a.slot == Slot::kPredicate;
      if (taken) return;
      const bool phrase = a.slot == Slot::kOblique || a.slot == Slot::kUnmarked;
      if (!phrase || a.head < f->head || tree_.Has(a.head, Rel::kCase) || word.value != kNone)
        continue;
      if (word.pos != Pos::kNoun || IsTimeNoun(word.lemma)) continue;
      if (tree_.Has(a.head, Rel::kNummod) || tree_.Has(a.head, Rel::kDet)) bare = &a;
    }
    if (bare != nullptr) bare->slot = Slot::kObject;
  }

  // "THE ENVOY HAS LEFT, the union says": a full clause before a verb of saying is what is said,
  // whatever the parser calls it.
  void FindContent(Frame* f) {
    if (!HandsOn(StanceOfVerb(tree_[f->head].lemma)) || HasContent(*f)) return;
    for (Argument& a : f->arguments) {
      const bool marked = tree_.Has(a.head, Rel::kMark) || tree_.Has(a.head, Rel::kCase);
      if (a.slot == Slot::kAdverbial && a.head < f->head && !marked && HasSubject(tree_, a.head)) {
        a.slot = Slot::kContent;
        return;
      }
    }
    for (Argument& a : f->arguments) {
      const int content = ThatClauseOf(tree_, a.head);
      if (content == kNone) continue;
      contents_.push_back(content);
      a.cut = content;
      a.marker = a.head;
      f->arguments.push_back({Slot::kContent, content});
      return;
    }
  }

  bool IsClaimed(int top) const { return std::ranges::find(contents_, top) != contents_.end(); }

  // "The envoy has left, THE UNION SAYS": what it stands in is what is said.
  bool IsRemark(const Frame& f) const {
    return f.rule == Rule::kParataxis && f.parent != kNone && f.has_subject &&
           IsRemarkable(StanceOfVerb(tree_[f.head].lemma)) && !HasContent(f) &&
           !FollowsSemicolon(tree_, f.chain.front());
  }

  Rule RuleOf(int top) const {
    if (IsClaimed(top)) return Rule::kComplement;
    const bool to = IsMarkedTo(tree_, top);
    switch (tree_[top].rel) {
      case Rel::kConj:
        return Rule::kConjunct;
      case Rel::kCcomp:
      case Rel::kCsubj:
        return Rule::kComplement;
      case Rel::kXcomp:
        return Rule::kOpen;
      case Rel::kAdvcl:
        if (!to || HasSubject(tree_, top)) return Rule::kAdverbial;
        return PlanBefore(tree_, top) == kNone ? Rule::kPurpose : Rule::kInfinitive;
      case Rel::kAcl:
        if (HasSubject(tree_, top)) return Rule::kComplement;
        return to ? Rule::kInfinitive : Rule::kParticiple;
      case Rel::kRelcl:
        return Rule::kRelative;
      case Rel::kParataxis:
        return Rule::kParataxis;
      default:
        return Rule::kMain;
    }
  }

  // "were able to hold the line and REPEL attacks": REPEL goes on from "able".
  void StartConjunct(int governor, Frame* f) {
    const int g = Frame_(governor);
    if (g == kNone) return;
    const Frame& first = frame(g);
    for (int link : first.chain) {
      if (link == governor) break;
      f->chain.push_back(link);
    }
    if (first.rule == Rule::kPurpose || first.rule == Rule::kInfinitive) f->rule = first.rule;
  }

  void Collect(int verb, int next, Frame* f) {
    for (int c : tree_.children(verb)) {
      if (c == next || f->arguments.size() >= kMaxArguments) continue;
      const Word& word = tree_[c];
      if (IsSubject(word.rel)) {
        if (IsBetterSubject(c, *f)) SetSubject({Slot::kObject, c}, f);
        continue;
      }
      switch (word.rel) {
        case Rel::kExpl:
          if (word.lemma == "there") f->existential = true;
          break;
        case Rel::kObj:  // "begins NEXT SPRING"
          f->arguments.push_back({word.is_time ? Slot::kUnmarked : Slot::kObject, c});
          break;
        case Rel::kIobj:
          f->arguments.push_back({Slot::kIndirect, c});
          break;
        case Rel::kObl:
          f->arguments.push_back({Slot::kOblique, c});
          break;
        case Rel::kOblAgent:
          f->arguments.push_back({word.is_time ? Slot::kOblique : Slot::kAgent, c});
          break;
        case Rel::kOblUnmarked:
          f->arguments.push_back({Slot::kUnmarked, c});
          break;
        case Rel::kAdvmod:
          if (!IsNegator(word.lemma) && !IsDegree(verb, c))
            f->arguments.push_back({Slot::kAdverb, c});
          break;
        case Rel::kCcomp:
          f->arguments.push_back({Slot::kContent, c});
          break;
        case Rel::kXcomp:
          f->arguments.push_back({IsVerbal(word) ? Slot::kOpenContent : Slot::kPredicate, c});
          break;
        case Rel::kAdvcl:
          f->arguments.push_back({Slot::kAdverbial, c});
          break;
        default:
          break;
      }
    }
  }

  // Of two subjects, that of the clause itself, and no pronoun that only links it.
  bool IsBetterSubject(int c, const Frame& f) const {
    if (!f.has_subject) return true;
    return tree_[c].rel != Rel::kNsubjOuter &&
           (!IsRelative(tree_[c]) || IsRelative(tree_[f.subject.head]));
  }

  // "is MORE effective": part of the predicate.
  bool IsDegree(int head, int adverb) const { return !IsVerbal(tree_[head]) && adverb + 1 == head; }

  static void SetSubject(const Argument& subject, Frame* f) {
    f->subject = subject;
    f->has_subject = true;
  }

  // What the clause does not say itself and its governor does.
  void Borrow(int top, Frame* f) {
    if (IsClaimed(top)) {
      std::erase_if(f->arguments, [&](const Argument& a) { return tree_[a.head].lemma == "that"; });
      return;
    }
    const int governor = tree_[top].head;
    const int g = governor == kNone ? kNone : Frame_(governor);
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
      SetSubject({Slot::kObject, PlanBefore(tree_, top)}, f);
      f->borrowed = true;
      return;
    }
    if (tree_[top].rel == Rel::kAcl) {
      SetSubject({Slot::kObject, governor, top}, f);
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
      SetSubject({Slot::kObject, with}, f);
      f->borrowed = true;
      return;
    }
    const bool gerund = tree_[top].xpos == "VBG" || IsMarkedTo(tree_, top);
    if (tree_[top].rel == Rel::kAdvcl || (tree_[top].rel == Rel::kCcomp && gerund)) {
      BorrowSubject(from, f);
    }
  }

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
  bool TakeMemberSubject(int governor, int top, Frame* f) {
    if (governor == kNone || (f->has_subject && f->subject.head != governor)) return false;
    if (tree_[top].rel != Rel::kAcl && tree_[top].rel != Rel::kRelcl) return false;
    if (tree_[governor].lemma != "those") return false;
    const int whole = tree_[governor].rel == Rel::kNmod ? tree_[governor].head : governor;
    const int g = Frame_(whole);
    if (g == kNone || !frame(g).copular || !frame(g).has_subject) return false;
    SetSubject(frame(g).subject, f);
    f->borrowed = true;
    return true;
  }

  static void BorrowSubject(const Frame& from, Frame* f) {
    if (f->has_subject || !from.has_subject) return;
    SetSubject(from.subject, f);
    f->borrowed = true;
  }

  // "let the ENVOY leave"
  static void BorrowFromObject(const Frame& from, Frame* f) {
    for (const Argument& a : from.arguments) {
      if (a.slot == Slot::kObject || a.slot == Slot::kIndirect) {
        SetSubject(a, f);
        f->borrowed = true;
        return;
      }
    }
    BorrowSubject(from, f);
  }

  // "LAST WEEK they could buy and SELL GRAIN": subject, what stands before, what stands after.
  void BorrowFromFirst(const Frame& first, int top, Frame* f) {
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
  void ResolveLooseRelative(int top, Frame* f) {
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
  void ResolveRelative(int noun, int top, Frame* f) {
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
      SetSubject({Slot::kObject, noun, top}, f);
      f->borrowed = true;
    } else if (!object && !f->copular && !f->passive) {
      f->arguments.push_back({Slot::kObject, noun, top});
    }
  }

  const Tree& tree_;
  Clauses out_;
  std::vector<int> contents_;  // clauses that a verb of saying claims from a phrase beside it
};

}  // namespace

Clauses ReadClauses(const Tree& tree) { return ClauseReader(tree).Read(); }

}  // namespace dossier::openie
