#include "plugins/openie/clause.h"

#include <algorithm>

#include "plugins/openie/borrow.h"
#include "plugins/openie/clause_shape.h"
#include "plugins/openie/lexicon.h"

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
      if (FrameOf(i) == kNone && out_.frames.size() < kMaxFrames && IsClauseHead(tree_, i)) Add(i);
      const int head = tree_[i].head;
      out_.clause[At(i)] = FrameOf(i) != kNone ? FrameOf(i)
                           : head == kNone     ? kNone
                                               : out_.clause[At(head)];
    }
    return std::move(out_);
  }

 private:
  static size_t At(int i) { return static_cast<size_t>(i); }
  int FrameOf(int i) const { return out_.frame_of[At(i)]; }
  Frame& frame(int f) { return out_.frames[At(f)]; }

  void Add(int top) {
    const int index = static_cast<int>(out_.frames.size());
    Frame f;
    const int governor = tree_[top].head;
    f.parent = governor == kNone ? kNone : out_.clause[At(governor)];
    f.rule = RuleOf(top);
    if (tree_[top].rel == Rel::kConj) StartConjunct(governor, &f);
    for (int i = top; i != kNone && f.chain.size() < kMaxChain && FrameOf(i) == kNone;
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
    if (IsClaimed(top)) {
      std::erase_if(f.arguments, [&](const Argument& a) { return tree_[a.head].lemma == "that"; });
    } else {
      Borrow(tree_, out_, top, &f);
    }
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
      if (subject != kNone) return f->SetSubject({Slot::kObject, subject});
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
    const int g = FrameOf(governor);
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
        if (IsBetterSubject(c, *f)) f->SetSubject({Slot::kObject, c});
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

  const Tree& tree_;
  Clauses out_;
  std::vector<int> contents_;  // clauses that a verb of saying claims from a phrase beside it
};

}  // namespace

Clauses ReadClauses(const Tree& tree) { return ClauseReader(tree).Read(); }

}  // namespace dossier::openie
