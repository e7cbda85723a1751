#include "plugins/openie/triples.h"

#include <algorithm>
#include <string_view>

#include "plugins/openie/clause_shape.h"
#include "plugins/openie/lexicon.h"
#include "plugins/openie/phrase.h"
#include "plugins/openie/predicate.h"
#include "plugins/openie/title.h"

namespace dossier::openie {
namespace {

bool IsNominalArgument(const Argument& a) {
  return a.slot == Slot::kObject || a.slot == Slot::kIndirect || a.slot == Slot::kOblique ||
         a.slot == Slot::kAgent || a.slot == Slot::kPredicate;
}

class StatementRenderer {
 public:
  StatementRenderer(const Tree& tree, const Clauses& clauses, const Frame& frame)
      : tree_(tree), clauses_(clauses), frame_(frame) {}

  void Render(std::vector<Statement>* out) {
    if (!frame_.has_subject) return;
    object_ = ChooseObject();
    if (!Says()) return;
    Statement base;
    base.predicate = RenderPredicate(tree_, frame_, object_);
    base.predicate_words = PredicateWords(tree_, frame_);
    AddQualifiers(&base);
    if (base.time == kNone) AddTimeOfObject(&base);
    // "They came" says nothing that a reader could use.
    const bool weak =
        tree_[frame_.subject.head].pos == Pos::kPron ||
        (frame_.rule == Rule::kAdverbial && frame_.modality == Modality::kConditional);
    // "the CAPTURED men": hardly more than an adjective.
    const bool bare = weak || frame_.rule == Rule::kParticiple;
    if (object_ == nullptr && base.qualifiers.empty() && !frame_.existential && bare) return;
    // "showing WHAT they had": the clause about it tells.
    if (object_ != nullptr && object_->cut == kNone && tree_[object_->head].xpos == "WP") return;
    // "It is surprising that": what it stands for comes after.
    if (frame_.copular && tree_[frame_.subject.head].lemma == "it" &&
        tree_[frame_.head].pos == Pos::kAdj) {
      return;
    }
    for (int subject : Subjects()) {
      for (int object : Objects()) {
        if (out->size() >= kMaxStatements) return;
        Statement s = base;
        s.subject = NounPhrase(tree_, subject, frame_.subject.cut);
        SetObject(object, &s);
        if (frame_.rule == Rule::kTitle) SplitTitle(&s);
        s.quantity = CountIn(tree_, s.object);
        if (s.quantity == kNone) s.quantity = CountIn(tree_, CorePhrase(tree_, subject));
        if (s.quantity == kNone) s.quantity = QuantityWith();
        out->push_back(std::move(s));
      }
    }
  }

 private:
  // True for a frame that states something of its own.
  bool Says() const {
    const Word& subject = tree_[frame_.subject.head];
    if (!IsNominal(subject.pos) && subject.pos != Pos::kDet && subject.pos != Pos::kAdj)
      return false;
    if (subject.xpos.starts_with('W')) return false;
    // "When it comes to ..." says nothing.
    if (subject.lemma == "it" && !frame_.chain.empty() && tree_[frame_.head].lemma == "come") {
      return false;
    }
    switch (frame_.rule) {
      case Rule::kPurpose:
      case Rule::kPossessive:
      case Rule::kLocation:
        return false;
      case Rule::kInfinitive:
        return StanceOfNoun(subject.lemma) == Stance::kPlan && Planner() != kNone;
      case Rule::kApposition:
        return IsRoleApposition();
      default:
        return frame_.chain.empty() || !(IsBareSaying() || IsBareReport());
    }
  }

  // "They said that ...": the content is what is stated. Saying is news of its own when it accuses,
  // denies or confirms, or has an audience or a date.
  bool IsBareSaying() const {
    const std::string_view lemma = tree_[frame_.head].lemma;
    const Stance stance = StanceOfVerb(lemma);
    if (lemma == "be" && HasContent(frame_)) return true;  // "the trouble IS that ships sank"
    if (lemma == "cite" || lemma == "quote") return true;
    for (int verb : frame_.chain) {
      if (StanceOfVerb(tree_[verb].lemma) == Stance::kAvoid) return false;  // "DECLINED to say"
    }
    if (stance != Stance::kSay && stance != Stance::kClaim) return false;
    if (IsSpeechAct(lemma)) return false;
    for (const Argument& a : frame_.arguments) {
      if (a.slot == Slot::kIndirect) return false;
      const bool phrase = a.slot == Slot::kOblique || a.slot == Slot::kUnmarked;
      if (phrase && !a.shared && TimeIn(tree_, a) != kNone) return false;
    }
    // "the town, which THEY SAY will burn"
    const bool loose = object_ != nullptr && object_->cut != kNone && stance == Stance::kSay;
    return object_ == nullptr || object_->slot == Slot::kContent || loose;
  }

  // "There have been reports that ...": what the reports say is stated.
  bool IsBareReport() const {
    if (!frame_.existential) return false;
    return StanceOfNoun(tree_[frame_.subject.head].lemma) != Stance::kNeutral &&
           (tree_.Has(frame_.subject.head, Rel::kAcl) || HasContent(frame_));
  }

  bool IsRoleApposition() const {
    const Word& subject = tree_[frame_.subject.head];
    const Word& head = tree_[frame_.head];
    if (IsBareDefinite(frame_.head)) return false;
    if (head.lemma == "one") return tree_.Has(frame_.head, Rel::kNmod);
    return subject.pos == Pos::kPropn && head.pos == Pos::kNoun;
  }

  // "Lee, THE PROFESSOR, ...": a reminder, no news.
  bool IsBareDefinite(int noun) const {
    const auto children = tree_.children(noun);
    const int det = tree_.Child(noun, Rel::kDet);
    return det != kNone && tree_[det].lemma == "the" && std::ranges::none_of(children, [&](int c) {
             return tree_[c].rel != Rel::kDet && tree_[c].rel != Rel::kPunct;
           });
  }

  // Who has the plan: "the UNION'S plan to leave", "the UNION has plans to leave".
  int Planner() const {
    const int owner = tree_.Child(frame_.subject.head, Rel::kNmodPoss);
    if (owner != kNone) return owner;
    if (frame_.parent == kNone) return kNone;
    const Frame& parent = clauses_.frames[static_cast<size_t>(frame_.parent)];
    return parent.has_subject && !parent.passive ? parent.subject.head : kNone;
  }

  const Argument* ChooseObject() const {
    for (Slot slot : {Slot::kObject, Slot::kPredicate, Slot::kContent, Slot::kAgent}) {
      for (const Argument& a : frame_.arguments) {
        if (a.slot == slot) return &a;
      }
    }
    if (frame_.existential) return nullptr;
    for (const Argument& a : frame_.arguments) {
      if (a.slot == Slot::kOblique && !a.shared && RoleOf(tree_, a) != Role::kTime &&
          !IsSourcePhrase(a) && (a.head > frame_.head || a.marker != kNone) &&
          (a.marker == kNone || tree_[a.marker].xpos != "WRB")) {
        return &a;
      }
    }
    for (const Argument& a : frame_.arguments) {
      if (a.slot == Slot::kIndirect || a.slot == Slot::kOpenContent) return &a;
    }
    return nullptr;
  }

  bool IsSourcePhrase(const Argument& a) const {
    return std::ranges::find(frame_.sources, a.head) != frame_.sources.end();
  }

  std::vector<int> Subjects() const {
    if (frame_.existential) {
      for (int i : frame_.chain) {
        const int there = tree_.Child(i, Rel::kExpl);
        if (there != kNone) return {there};
      }
    }
    if (frame_.rule == Rule::kInfinitive) return Members(tree_, Planner());
    if (frame_.subject.cut != kNone || frame_.rule == Rule::kApposition) {
      return {frame_.subject.head};
    }
    return Members(tree_, frame_.subject.head);
  }

  // Names take part each by itself, and so do two things; a longer list of things stays one.
  std::vector<int> Objects() const {
    if (frame_.existential && object_ == nullptr) return {frame_.subject.head};
    if (object_ == nullptr) return {kNone};
    if (!IsNominalArgument(*object_) || object_->cut != kNone) return {object_->head};
    std::vector<int> members = Members(tree_, object_->head);
    const bool names = std::ranges::any_of(
        members, [&](int i) { return tree_[i].name != kNone || tree_[i].pos == Pos::kPropn; });
    if (!names && members.size() > 2) return {object_->head};
    return members;
  }

  void SetObject(int object, Statement* s) const {
    if (object == kNone) return;
    const bool nominal = IsNominal(tree_[object].pos) || tree_[object].pos == Pos::kDet;
    const bool clause = object_ != nullptr && !IsNominalArgument(*object_);
    // "There were SHIPS AND BOATS" has no object but its subject.
    const Argument& whole = object_ != nullptr ? *object_ : frame_.subject;
    if (nominal && !clause) {
      const bool list = Members(tree_, object).size() > 1 && Objects().size() == 1;
      s->object = list ? WholePhrase(whole) : NounPhrase(tree_, object, Accusation(object));
      if (object_ != nullptr && object_->cut != kNone) {
        s->object = NounPhrase(tree_, object, object_->cut);
      }
      return;
    }
    s->literal = true;
    s->object = WholePhrase(whole);
    // "Ships left, ANN SAID": what is said ends where the remark begins.
    if (frame_.head < s->object.begin || frame_.head >= s->object.end) return;
    int end = tree_.Extent(frame_.chain.empty() ? frame_.head : frame_.chain.front()).first;
    while (end > s->object.begin + 1 && tree_[end - 1].pos == Pos::kPunct) --end;
    if (end > s->object.begin) s->object.end = end;
  }

  // "accused THE UNION of lying": what hangs from "union" by mistake.
  int Accusation(int accused) const {
    if (frame_.chain.empty() || StanceOfVerb(tree_[frame_.head].lemma) != Stance::kAccuse) {
      return kNone;
    }
    for (int c : tree_.children(accused)) {
      if (tree_[c].rel == Rel::kAcl && HasMarkOf(tree_, c)) return c;
    }
    return kNone;
  }

  // "NATO Secretary General | Mark Rutte", whatever the tree makes of it.
  void SplitTitle(Statement* s) const {
    for (const TitledName& titled : FindTitles(tree_)) {
      if (titled.title.head != frame_.head) continue;
      s->subject = titled.name;
      s->object = titled.title;
    }
  }

  Phrase WholePhrase(const Argument& a) const {
    const std::vector<int> tokens = FullPhrase(tree_, frame_, a);
    if (tokens.empty()) return {};
    return {a.head, tokens.front(), tokens.back() + 1};
  }

  void AddQualifiers(Statement* s) const {
    for (const Argument& a : frame_.arguments) {
      if (&a == object_ || IsSourcePhrase(a)) continue;
      if (a.slot == Slot::kAdverb && IsWeightless(tree_[a.head].lemma)) continue;
      if (a.slot == Slot::kAdverb && IsParticle(tree_, frame_.head, a.head)) continue;
      Qualifier q;
      q.role = RoleOf(tree_, a);
      q.phrase = WithMarker(a);
      if (q.phrase.empty() || IsWithinObject(q.phrase) || IsPartOfQuantity(q.phrase)) continue;
      const bool clause =
          a.slot == Slot::kContent || a.slot == Slot::kAdverbial || a.slot == Slot::kOpenContent;
      if (!clause) q.value = TimeWithin(q.phrase, a);
      // "in June | 2019", parted by the tree: once.
      if (q.value != kNone && tree_[a.head].is_time && HasValue(*s, q.value)) continue;
      // Of times only those that a name tells: "during the ORSENIAN WAR".
      const bool names = q.role != Role::kTime || tree_[a.head].name != kNone;
      if (IsNominalArgument(a) && names && IsNominal(tree_[a.head].pos)) q.named = a.head;
      if (s->time == kNone && q.value != kNone) s->time = q.value;
      s->qualifiers.push_back(q);
    }
  }

  bool IsWithinObject(const Phrase& phrase) const {
    if (object_ == nullptr || !IsNominalArgument(*object_) || object_->cut != kNone) return false;
    const Phrase object = NounPhrase(tree_, object_->head, kNone);
    return object.begin <= phrase.begin && phrase.end <= object.end;
  }

  // "MORE THAN 9,000", parted by the tree.
  bool IsPartOfQuantity(const Phrase& phrase) const {
    const int next = phrase.end < tree_.size() ? tree_[phrase.end].value : kNone;
    for (int i = phrase.begin; i < phrase.end; ++i) {
      if (tree_[i].value == kNone || tree_[i].is_time || tree_[i].value != next) return false;
    }
    return true;
  }

  int TimeWithin(const Phrase& phrase, const Argument& a) const {
    const int value = TimeIn(tree_, a);
    for (int i = phrase.begin; i < phrase.end; ++i) {
      if (tree_[i].is_time && tree_[i].value == value) return value;
    }
    return kNone;
  }

  static bool HasValue(const Statement& s, int value) {
    return std::ranges::any_of(s.qualifiers, [&](const Qualifier& q) { return q.value == value; });
  }

  // "sent ships to Rome BETWEEN MAY 8 AND 13", when the tree hangs the time from Rome: a time at
  // the end of the clause is the clause's.
  void AddTimeOfObject(Statement* s) const {
    if (frame_.chain.empty() || frame_.copular) return;
    for (const Argument& a : frame_.arguments) {
      // "sent men TO FIGHT in Rome in 1943": sent them then.
      const bool purpose = a.slot == Slot::kAdverbial && IsMarkedTo(tree_, a.head);
      if (!IsNominalArgument(a) && !purpose) continue;
      if (a.shared || a.cut != kNone || a.head < frame_.head) continue;
      const int time = TimePhraseBelow(a.head);
      if (time == kNone) continue;
      Qualifier q;
      q.role = Role::kTime;
      q.phrase = WithMarker({Slot::kOblique, time});
      q.value = TimeIn(tree_, {Slot::kOblique, time});
      s->time = q.value;
      s->qualifiers.push_back(q);
      return;
    }
  }

  // A prepositional phrase of time below a noun, through further nouns but no clause.
  int TimePhraseBelow(int noun) const {
    std::vector<int> nouns{noun};
    for (size_t next = 0; next < nouns.size() && next < kMaxMembers; ++next) {
      for (int c : tree_.children(nouns[next])) {
        const Rel rel = tree_[c].rel;
        const bool phrase = rel == Rel::kNmod || rel == Rel::kNmodUnmarked || rel == Rel::kObl ||
                            rel == Rel::kOblUnmarked || rel == Rel::kObj;
        if (!phrase && rel != Rel::kConj) continue;
        if (c < nouns[next]) continue;
        const bool time = tree_[c].is_time || tree_[tree_.Extent(c).first].is_time;
        if (time && rel != Rel::kConj) return c;  // "since THE 1914-18 WAR" as well
        nouns.push_back(c);
      }
    }
    return kNone;
  }

  // Adverbs that polarity, modality or the text's flow account for.
  static bool IsWeightless(std::string_view lemma) {
    return IsConnective(lemma) || IsHedge(lemma) || IsHearsay(lemma) || lemma == "also" ||
           lemma == "both" || lemma == "even" || lemma == "just" || lemma == "only";
  }

  Phrase WithMarker(const Argument& a) const {
    Phrase phrase = WholePhrase(a);
    if (phrase.empty() || a.cut != kNone) return phrase;
    const std::vector<int> marker = Marker(tree_, a);
    if (!marker.empty()) phrase.begin = std::min(phrase.begin, marker.front());
    return phrase;
  }

  // "supplied the town WITH 300 TENTS"
  int QuantityWith() const {
    for (const Argument& a : frame_.arguments) {
      if (a.slot != Slot::kOblique || RoleOf(tree_, a) != Role::kWith) continue;
      return CountIn(tree_, CorePhrase(tree_, a.head));
    }
    return kNone;
  }

  const Tree& tree_;
  const Clauses& clauses_;
  const Frame& frame_;
  const Argument* object_ = nullptr;
};

}  // namespace

void RenderStatements(const Tree& tree, const Clauses& clauses, const Frame& frame,
                      std::vector<Statement>* out) {
  std::vector<Statement> statements;
  StatementRenderer(tree, clauses, frame).Render(&statements);
  for (Statement& s : statements) out->push_back(std::move(s));
}

}  // namespace dossier::openie
