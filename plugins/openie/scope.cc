#include "plugins/openie/scope.h"

#include <algorithm>

#include "plugins/openie/lexicon.h"
#include "plugins/openie/role.h"

namespace dossier::openie {
namespace {

class ScopeReader {
 public:
  ScopeReader(const Tree& tree, Clauses* clauses) : tree_(tree), frames_(clauses->frames) {}

  void Read() {
    for (Frame& f : frames_) {  // parents first
      if (f.chain.empty()) {
        ReadNominal(&f);
      } else {
        f.polarity = PolarityOf(f);
        ReadModality(&f);
      }
      if (!f.sources.empty()) Raise(Modality::kReported, &f);
    }
  }

 private:
  static void Raise(Modality modality, Frame* f) { f->modality = std::max(f->modality, modality); }

  const Frame* Parent(const Frame& f) const {
    return f.parent == kNone ? nullptr : &frames_[static_cast<size_t>(f.parent)];
  }

  // A noun phrase says what it says whatever its clause does. But there may be no evidence of it.
  void ReadNominal(Frame* f) const {
    const int governor = tree_[f->head].head;
    if (f->rule == Rule::kNominal && governor != kNone && IsEvidenceNoun(tree_[governor].lemma)) {
      const Frame* parent = Parent(*f);
      const bool denied = parent != nullptr && parent->polarity == Polarity::kNegative;
      if (denied || HasNo(governor)) f->polarity = Polarity::kNegative;
    }
    if (f->rule == Rule::kInclusion || f->rule == Rule::kNominal) {
      if (const Frame* parent = Parent(*f)) {
        if (parent->modality == Modality::kReported) f->modality = Modality::kReported;
      }
    }
  }

  bool IsNegated(int verb) const {
    for (int c : tree_.children(verb)) {
      const Word& word = tree_[c];
      if (word.rel == Rel::kAdvmod && IsNegator(word.lemma)) return true;
      if (word.rel == Rel::kAdvmod && HasNo(c)) return true;           // "no longer"
      if (word.rel == Rel::kCc && IsNegator(word.lemma)) return true;  // "NEITHER ... NOR"
    }
    return false;
  }

  bool HasNo(int noun) const {
    if (IsNegativeDeterminer(tree_[noun].lemma)) return true;
    return std::ranges::any_of(tree_.children(noun), [&](int c) {
      const Word& word = tree_[c];
      return (word.rel == Rel::kDet || word.rel == Rel::kAdvmod) &&
             IsNegativeDeterminer(word.lemma) && c < noun;
    });
  }

  Polarity PolarityOf(const Frame& f) const {
    bool negative = false;
    for (int verb : f.chain) negative = negative || IsNegated(verb);
    for (int i : f.borrowed_auxiliaries) negative = negative || IsNegator(tree_[i].lemma);
    if (f.has_subject && f.subject.cut == kNone) negative = negative || HasNo(f.subject.head);
    for (const Argument& a : f.arguments) {
      const bool core = a.slot == Slot::kObject || a.slot == Slot::kPredicate;
      if (core && a.cut == kNone) negative = negative || HasNo(a.head);
    }
    // "do not think that it works": the negation belongs to what is thought.
    if (const Frame* parent = Parent(f); parent != nullptr && f.rule == Rule::kComplement) {
      const std::string_view lemma = tree_[parent->head].lemma;
      if (parent->polarity == Polarity::kNegative && (lemma == "think" || lemma == "believe")) {
        negative = !negative;
      }
    }
    return negative ? Polarity::kNegative : Polarity::kPositive;
  }

  void ReadModality(Frame* f) const {
    for (int verb : f->chain) {
      ReadWords(verb, f);
      const Word& word = tree_[verb];
      if (verb == f->head) {
        if (f->passive && IsScheduling(word.lemma)) Raise(Modality::kPlanned, f);
        continue;
      }
      const Stance stance = StanceOfVerb(word.lemma);
      if (IsHedge(word.lemma)) Raise(Modality::kPossible, f);
      if (stance == Stance::kPlan || stance == Stance::kDoubt || IsReadiness(word.lemma)) {
        Raise(Modality::kPlanned, f);
      } else if (stance == Stance::kSay || stance == Stance::kClaim) {
        Raise(Modality::kReported, f);
      }
    }
    for (int i : f->borrowed_auxiliaries) ReadAuxiliary(i, *f, f);
    if (f->rule == Rule::kPurpose || f->rule == Rule::kInfinitive) Raise(Modality::kPlanned, f);
    if (IsCondition(f->chain.front())) Raise(Modality::kConditional, f);
    for (const Argument& a : f->arguments) {
      if (IsConditionalArgument(a)) Raise(Modality::kConditional, f);
    }
    Inherit(f);
  }

  // "was SCHEDULED for Monday"
  static bool IsScheduling(std::string_view lemma) {
    return lemma == "schedule" || lemma == "plan" || lemma == "slate";
  }

  // "about to", "due to", "ready to", "going to"
  static bool IsReadiness(std::string_view lemma) {
    return lemma == "about" || lemma == "due" || lemma == "ready" || lemma == "go" ||
           lemma == "bound" || lemma == "poised";
  }

  void ReadWords(int verb, Frame* f) const {
    for (int c : tree_.children(verb)) {
      const Word& word = tree_[c];
      if (word.rel == Rel::kAux) ReadAuxiliary(c, *f, f);
      if (word.rel != Rel::kAdvmod) continue;
      if (IsHedge(word.lemma)) Raise(Modality::kPossible, f);
      if (IsHearsay(word.lemma)) Raise(Modality::kReported, f);
    }
  }

  void ReadAuxiliary(int i, const Frame& f, Frame* out) const {
    const std::string_view lemma = tree_[i].lemma, text = tree_[i].text;
    if (lemma == "will" || lemma == "shall") {
      Raise(text == "would" || text == "\u2019d" || text == "'d" ? Modality::kConditional
                                                                 : Modality::kPlanned,
            out);
    } else if (lemma == "would") {
      Raise(Modality::kConditional, out);
    } else if (lemma == "may" || lemma == "might") {
      Raise(Modality::kPossible, out);
    } else if (lemma == "could" || (lemma == "can" && text != "can" && text != "ca")) {
      // "could not confirm" tells what did not happen.
      if (f.polarity == Polarity::kPositive) Raise(Modality::kPossible, out);
    }
  }

  // "IF IT RAINS", "DEPENDING on the weather"
  bool IsConditionalArgument(const Argument& a) const {
    if (a.slot == Slot::kAdverbial) return IsCondition(a.head) || IsDepending(tree_[a.head]);
    if (a.slot != Slot::kOblique) return false;
    const int mark = tree_.Child(a.head, Rel::kCase);
    return mark != kNone && IsDepending(tree_[mark]);
  }

  static bool IsDepending(const Word& word) {
    return word.text == "depending" || word.text == "Depending" || word.text == "provided";
  }

  // "if", "unless", "whether", "in case"
  bool IsCondition(int clause) const {
    return std::ranges::any_of(tree_.children(clause), [&](int c) {
      const std::string_view lemma = tree_[c].lemma;
      return tree_[c].rel == Rel::kMark &&
             (lemma == "if" || lemma == "unless" || lemma == "whether" || lemma == "lest");
    });
  }

  // What governs a clause bears on it: "denied SENDING", "plans for them TO GO", "may SAY ...".
  void Inherit(Frame* f) const {
    // "speculation THAT he left"
    const Word& top = tree_[f->chain.front()];
    if (f->rule == Rule::kComplement && top.head != kNone && IsNominal(tree_[top.head].pos) &&
        StanceOfNoun(tree_[top.head].lemma) == Stance::kDoubt) {
      Raise(Modality::kPossible, f);
    }
    const Frame* parent = Parent(*f);
    if (parent == nullptr || parent->chain.empty()) return;
    const Word& governor = tree_[parent->head];
    const Stance stance = StanceOfVerb(governor.lemma);
    const bool content = f->rule == Rule::kComplement || f->rule == Rule::kOpen;
    if (content && stance == Stance::kDeny) Raise(Modality::kDenied, f);
    const bool into = f->rule == Rule::kAdverbial && f->borrowed && top.xpos == "VBG";
    if ((content || into) && parent->modality == Modality::kDenied) Raise(Modality::kDenied, f);
    if (f->rule == Rule::kOpen && (stance == Stance::kPlan || stance == Stance::kDoubt)) {
      Raise(Modality::kPlanned, f);
    }
    if (content && stance == Stance::kDoubt) Raise(Modality::kPossible, f);
    if (IsUnreal(parent->modality) && (FollowsInTime(*f) || IsOfNewThing(*f, *parent))) {
      Raise(parent->modality, f);
    }
    if (f->rule == Rule::kOpen || f->rule == Rule::kConjunct) {
      const bool shares = f->borrowed && !f->borrowed_auxiliaries.empty();
      if (f->rule == Rule::kOpen || shares) Raise(parent->modality, f);
    }
  }

  static bool IsUnreal(Modality modality) {
    return modality == Modality::kPlanned || modality == Modality::kPossible ||
           modality == Modality::kConditional;
  }

  // "will leave AFTER FINISHING", "will leave WHEN it ends": as real as what it is timed by.
  bool FollowsInTime(const Frame& f) const {
    if (f.rule != Rule::kAdverbial) return false;
    const Word& top = tree_[f.chain.front()];
    const bool open = top.xpos == "VBG" || top.xpos == "VBZ" || top.xpos == "VBP";
    return open && std::ranges::any_of(tree_.children(f.chain.front()), [&](int c) {
             const std::string_view lemma = tree_[c].lemma;
             const bool mark = tree_[c].rel == Rel::kMark || tree_[c].rel == Rel::kAdvmod;
             return mark && (lemma == "after" || lemma == "before" || lemma == "when" ||
                             lemma == "once" || lemma == "until" || lemma == "as");
           });
  }

  // "may send A TEAM OF DOCTORS TRAINED ABROAD": there is no such team yet.
  bool IsOfNewThing(const Frame& f, const Frame& parent) const {
    const bool modifies = f.rule == Rule::kParticiple || f.rule == Rule::kRelative;
    if (!modifies || !f.has_subject || f.subject.cut == kNone) return false;
    // "may rehire workers DISMISSED IN MAY": they were.
    for (const Argument& a : f.arguments) {
      if (TimeIn(tree_, a) != kNone) return false;
    }
    const int noun = f.subject.head;
    const bool object = std::ranges::any_of(parent.arguments, [&](const Argument& a) {
      return (a.slot == Slot::kObject || a.slot == Slot::kPredicate) && a.head == noun;
    });
    if (!object || tree_[noun].pos == Pos::kPropn || tree_.Has(noun, Rel::kNmodPoss)) return false;
    const int det = tree_.Child(noun, Rel::kDet);
    return det == kNone || tree_[det].lemma == "a" || tree_[det].lemma == "an" ||
           tree_[det].lemma == "some" || tree_[det].lemma == "any";
  }

  const Tree& tree_;
  std::vector<Frame>& frames_;
};

}  // namespace

void ReadScope(const Tree& tree, Clauses* clauses) { ScopeReader(tree, clauses).Read(); }

}  // namespace dossier::openie
