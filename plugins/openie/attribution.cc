#include "plugins/openie/attribution.h"

#include <algorithm>

#include "plugins/openie/clause_shape.h"
#include "plugins/openie/lexicon.h"

namespace dossier::openie {
namespace {

constexpr size_t kMaxSources = 4;

class SourceFinder {
 public:
  SourceFinder(const Tree& tree, Clauses* clauses)
      : tree_(tree), clauses_(*clauses), frames_(clauses->frames), own_(frames_.size()) {}

  void Find() {
    for (size_t f = 0; f < frames_.size(); ++f) FindRemark(f);
    for (int i = 0; i < tree_.size(); ++i) FindAccording(i);
    for (size_t f = 0; f < frames_.size(); ++f) {  // parents first
      Inherit(f);
      Append(own_[f], &frames_[f].sources);
    }
  }

 private:
  static void Append(const std::vector<int>& heads, std::vector<int>* to) {
    for (int head : heads) {
      if (to->size() < kMaxSources) to->push_back(head);
    }
  }

  Stance StanceOf(const Frame& f) const {
    return f.chain.empty() ? Stance::kNeutral : StanceOfVerb(tree_[f.head].lemma);
  }

  // "The envoy has left, THE UNION SAYS": a remark's speaker says the clause it stands in.
  void FindRemark(size_t at) {
    const Frame& f = frames_[at];
    if (f.rule != Rule::kParataxis || f.parent == kNone || !f.has_subject) return;
    if (!IsRemarkable(StanceOf(f)) || FollowsSemicolon(tree_, f.chain.front())) return;
    const bool complete = std::ranges::any_of(
        f.arguments, [](const Argument& a) { return a.slot == Slot::kContent && !a.shared; });
    if (complete) return;
    own_[static_cast<size_t>(f.parent)].push_back(f.subject.head);
    remark_.push_back(static_cast<int>(at));
  }

  // "ACCORDING TO the union", "AS PER the union"
  void FindAccording(int i) {
    if (!NamesSource(tree_, i)) return;
    int f = clauses_.clause[static_cast<size_t>(i)];
    if (f == kNone) return;
    // At either end of the sentence it speaks for all of it.
    const auto [begin, end] = tree_.Extent(i);
    if (begin == 0 || end + 1 >= tree_.size()) f = 0;
    own_[static_cast<size_t>(f)].insert(own_[static_cast<size_t>(f)].begin(), i);
  }

  void Inherit(size_t at) {
    Frame& f = frames_[at];
    // What a thing is called is the author's word.
    const bool own = f.chain.empty() && f.rule != Rule::kInclusion && f.rule != Rule::kNominal;
    if (f.parent == kNone || own) return;
    const Frame& parent = frames_[static_cast<size_t>(f.parent)];
    f.sources = parent.sources;
    if (std::ranges::find(remark_, static_cast<int>(at)) != remark_.end()) {
      // The remark itself is the author's.
      f.sources.clear();
      return;
    }
    if (!parent.chain.empty()) AddSpeaker(parent, f);
    AddReport(f);
  }

  // "REPORTS THAT he left": the reports say so, when nobody else does.
  void AddReport(Frame& f) const {
    if (f.chain.empty() || f.rule != Rule::kComplement || !f.sources.empty()) return;
    const Word& top = tree_[f.chain.front()];
    const bool of_noun = top.head != kNone && IsNominal(tree_[top.head].pos);
    if (!of_noun || (top.rel != Rel::kAcl && top.rel != Rel::kCcomp)) return;
    const Stance stance = StanceOfNoun(tree_[top.head].lemma);
    if (stance == Stance::kSay || stance == Stance::kDoubt) Append({top.head}, &f.sources);
  }

  static bool MaySpeak(const Word& word) {
    const bool named = word.kind != NameKind::kNoName && word.kind != NameKind::kOther;
    return named || word.pos == Pos::kPron || IsPeopleNoun(word.lemma) || IsBodyNoun(word.lemma);
  }

  // The parent's speaker, when f stands in what the parent says.
  void AddSpeaker(const Frame& parent, Frame& f) const {
    const int top = f.chain.empty() ? f.head : f.chain.front();
    const int entry = IsContent(parent, top) ? top : Entry(parent, top);
    if (entry == kNone) return;
    const Stance stance = StanceOf(parent);
    const Rel rel = tree_[entry].rel;
    const bool content =
        IsContent(parent, entry) || rel == Rel::kCcomp ||
        (rel == Rel::kXcomp && (!IsVerbal(tree_[entry]) || stance == Stance::kDeny)) ||
        (rel == Rel::kParataxis && stance == Stance::kSay);
    const bool accused = stance == Stance::kAccuse &&
                         (IsAccusation(entry) || (!f.chain.empty() && IsAccusation(top)));
    // "CITING the fleet's lack of money"
    const bool cited = f.rule == Rule::kNominal && !parent.chain.empty() &&
                       tree_[parent.head].lemma == "cite" && parent.has_subject &&
                       MaySpeak(tree_[parent.subject.head]);
    if (!(content && HandsOn(stance)) && !accused && !cited) return;
    if (parent.passive) {
      for (const Argument& a : parent.arguments) {
        if (a.slot == Slot::kAgent) Append({a.head}, &f.sources);
      }
      return;
    }
    if (!parent.has_subject) return;
    // "She said I THINK that": the same person.
    if (!f.sources.empty() && IsFirstPerson(tree_[parent.subject.head])) return;
    Append({parent.subject.head}, &f.sources);
    AddCited(parent, &f.sources);
  }

  static bool IsContent(const Frame& parent, int entry) {
    return std::ranges::any_of(parent.arguments, [&](const Argument& a) {
      return a.slot == Slot::kContent && a.head == entry;
    });
  }

  // The dependent of the parent's chain below which `token` stands.
  int Entry(const Frame& parent, int token) const {
    for (int steps = 0; token != kNone && steps < kMaxClimb; ++steps) {
      const int head = tree_[token].head;
      if (std::ranges::find(parent.chain, head) != parent.chain.end()) return token;
      token = head;
    }
    return kNone;
  }

  // "accused them OF LYING"
  bool IsAccusation(int entry) const {
    return std::ranges::any_of(tree_.children(entry), [&](int c) {
      const std::string_view lemma = tree_[c].lemma;
      return (tree_[c].rel == Rel::kMark || tree_[c].rel == Rel::kCase) &&
             (lemma == "of" || lemma == "for" || lemma == "with");
    });
  }

  // "the paper, CITING the union, says": the paper first, then the union.
  void AddCited(const Frame& speaker, std::vector<int>* sources) const {
    for (const Frame& f : frames_) {
      if (f.chain.empty() || (tree_[f.head].lemma != "cite" && tree_[f.head].lemma != "quote")) {
        continue;
      }
      if (!f.borrowed || f.subject.head != speaker.subject.head || f.passive) continue;
      for (const Argument& a : f.arguments) {
        if (a.slot == Slot::kObject) return Append({a.head}, sources);
      }
    }
  }

  static constexpr int kMaxClimb = 64;

  const Tree& tree_;
  Clauses& clauses_;
  std::vector<Frame>& frames_;
  std::vector<std::vector<int>> own_;  // sources of a frame that stand beside it
  std::vector<int> remark_;
};

}  // namespace

void FindSources(const Tree& tree, Clauses* clauses) { SourceFinder(tree, clauses).Find(); }

}  // namespace dossier::openie
