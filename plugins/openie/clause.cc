#include "plugins/openie/clause.h"

#include <algorithm>

#include "plugins/openie/lexicon.h"

namespace dossier::openie {
namespace {

constexpr size_t kMaxChain = 8;
constexpr size_t kMaxArguments = 32;

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

// "the bridge (was) DAMAGED", "they were DAMAGED"
bool IsPassive(const Tree& tree, int i) {
  return tree.Has(i, Rel::kAuxPass) || tree.Has(i, Rel::kNsubjPass);
}

class ClauseReader {
 public:
  explicit ClauseReader(const Tree& tree) : tree_(tree) {
    const size_t n = static_cast<size_t>(tree.size());
    out_.frame_of.assign(n, kNone);
    out_.clause.assign(n, kNone);
  }

  Clauses Read() {
    for (int i : tree_.order()) {
      if (Frame_(i) == kNone && out_.frames.size() < kMaxFrames && IsClauseHead(i)) Add(i);
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

  bool IsClauseHead(int i) const {
    const Word& word = tree_[i];
    if (word.rel == Rel::kAux || word.rel == Rel::kAuxPass || word.rel == Rel::kCop) return false;
    if (tree_.Has(i, Rel::kCop)) return true;
    const bool clausal =
        word.rel == Rel::kRoot || word.rel == Rel::kConj || word.rel == Rel::kCcomp ||
        word.rel == Rel::kXcomp || word.rel == Rel::kAdvcl || word.rel == Rel::kAcl ||
        word.rel == Rel::kRelcl || word.rel == Rel::kParataxis || word.rel == Rel::kCsubj;
    if (IsVerbal(word)) return clausal || HasSubject(tree_, i);
    if (!clausal) return false;
    // "Talks UNLIKELY this week", "experts FAMILIAR with the matter"
    return HasSubject(tree_, i) || (word.pos == Pos::kAdj && word.rel == Rel::kAcl);
  }

  // The verb that i's meaning runs on to: "expected to SEND", "likely to SEND".
  int ChainNext(int i) const {
    // "denied SENDING" states two things.
    if (StanceOfVerb(tree_[i].lemma) == Stance::kDeny) return kNone;
    int next = kNone;
    for (int c : tree_.children(i)) {
      const Word& word = tree_[c];
      if (word.rel == Rel::kObj || word.rel == Rel::kIobj || word.rel == Rel::kCcomp) return kNone;
      if (word.rel == Rel::kXcomp && next == kNone && (IsVerbal(word) || tree_.Has(c, Rel::kCop)) &&
          !HasSubject(tree_, c)) {
        next = c;
      }
    }
    return next;
  }

  void Add(int top) {
    const int index = static_cast<int>(out_.frames.size());
    Frame f;
    const int governor = tree_[top].head;
    f.parent = governor == kNone ? kNone : out_.clause[At(governor)];
    f.rule = RuleOf(top);
    if (tree_[top].rel == Rel::kConj) StartConjunct(governor, &f);
    for (int i = top; i != kNone && f.chain.size() < kMaxChain && Frame_(i) == kNone;
         i = ChainNext(i)) {
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
                IsReducedPassive(top, f.head);
    for (size_t k = static_cast<size_t>(std::ranges::find(f.chain, top) - f.chain.begin());
         k < f.chain.size(); ++k) {
      Collect(f.chain[k], k + 1 < f.chain.size() ? f.chain[k + 1] : kNone, &f);
    }
    if (f.copular) f.arguments.push_back({Slot::kPredicate, f.head});
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

  // "CONFIRMED by aides, the plan ...": neither subject nor auxiliary.
  bool IsReducedPassive(int top, int head) const {
    return tree_[top].rel == Rel::kAdvcl && top == head && !HasSubject(tree_, top) &&
           (tree_[head].xpos == "VBN" || tree_[head].xpos == "VBD") && !tree_.Has(top, Rel::kAux) &&
           !tree_.Has(top, Rel::kObj);
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
      const int content = ThatClauseOf(a.head);
      if (content == kNone) continue;
      contents_.push_back(content);
      a.cut = content;
      a.marker = a.head;
      f->arguments.push_back({Slot::kContent, content});
      return;
    }
  }

  // "said on Friday THAT HE LEFT": no clause describes a Friday after a verb of saying.
  int ThatClauseOf(int phrase) const {
    for (int c : tree_.children(phrase)) {
      const Word& word = tree_[c];
      if (word.rel != Rel::kRelcl && word.rel != Rel::kAcl && word.rel != Rel::kCcomp) continue;
      const bool that = tree_[tree_.Extent(c).first].lemma == "that";
      if (that && HasSubject(tree_, c) && IsTimeNoun(tree_[phrase].lemma)) return c;
    }
    return kNone;
  }

  bool IsClaimed(int top) const { return std::ranges::find(contents_, top) != contents_.end(); }

  static bool HasContent(const Frame& f) {
    return std::ranges::any_of(f.arguments,
                               [](const Argument& a) { return a.slot == Slot::kContent; });
  }

  // "The envoy has left, THE UNION SAYS": what it stands in is what is said.
  bool IsRemark(const Frame& f) const {
    return f.rule == Rule::kParataxis && f.parent != kNone && f.has_subject &&
           HandsOn(StanceOfVerb(tree_[f.head].lemma)) && !HasContent(f);
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
        return PlanBefore(top) == kNone ? Rule::kPurpose : Rule::kInfinitive;
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

  // "left with plans TO RETURN": the noun of planning right before the infinitive, which means it
  // even where the parser hangs it from the verb.
  int PlanBefore(int top) const {
    const int before = tree_.Extent(top).first - 1;
    if (before < 0 || tree_[before].pos != Pos::kNoun) return kNone;
    return StanceOfNoun(tree_[before].lemma) == Stance::kPlan ? before : kNone;
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
        case Rel::kObj:
          f->arguments.push_back({Slot::kObject, c});
          break;
        case Rel::kIobj:
          f->arguments.push_back({Slot::kIndirect, c});
          break;
        case Rel::kObl:
          f->arguments.push_back({Slot::kOblique, c});
          break;
        case Rel::kOblAgent:
          f->arguments.push_back({Slot::kAgent, c});
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
    if (tree_[top].rel == Rel::kConj && g != kNone) return BorrowFromFirst(frame(g), top, f);
    if (tree_[top].rel == Rel::kRelcl) return ResolveRelative(governor, top, f);
    ResolveLooseRelative(top, f);
    if (f->has_subject) return;
    if (f->rule == Rule::kInfinitive && tree_[top].rel == Rel::kAdvcl) {
      SetSubject({Slot::kObject, PlanBefore(top)}, f);
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
        StanceOfVerb(tree_[from.head].lemma) == Stance::kAccuse && HasMarkOf(top)) {
      return BorrowFromObject(from, f);
    }
    const bool gerund = tree_[top].xpos == "VBG" || IsMarkedTo(tree_, top);
    if (tree_[top].rel == Rel::kAdvcl || (tree_[top].rel == Rel::kCcomp && gerund)) {
      BorrowSubject(from, f);
    }
  }

  // "accused them OF lying"
  bool HasMarkOf(int clause) const {
    return std::ranges::any_of(tree_.children(clause), [&](int c) {
      return (tree_[c].rel == Rel::kMark || tree_[c].rel == Rel::kCase) &&
             (tree_[c].lemma == "of" || tree_[c].lemma == "for");
    });
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
      if (tree_[top].xpos == tree_[first.head].xpos && !HasAuxiliary(top)) {
        BorrowAuxiliaries(tree_[top].head, top, f);
      }
      if (!f->passive && first.passive && tree_[top].xpos == "VBN" && !HasAuxiliary(top)) {
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

  bool HasAuxiliary(int i) const {
    return tree_.Has(i, Rel::kAux) || tree_.Has(i, Rel::kAuxPass) || tree_.Has(i, Rel::kCop);
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
    if (antecedent == nullptr) return;
    const auto resolve = [&](Argument* a) {
      const std::string_view lemma = tree_[a->head].lemma;
      if ((lemma != "which" && lemma != "who") || tree_[a->head].rel == Rel::kDet) return;
      const int marker = a->head;
      a->head = antecedent->head;
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
