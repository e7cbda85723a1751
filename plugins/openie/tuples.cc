#include "plugins/openie/tuples.h"

#include <algorithm>

#include "plugins/openie/lexicon.h"
#include "plugins/openie/phrase.h"

namespace dossier::openie {
namespace {

bool IsVerbGroup(const Word& word) {
  return word.rel == Rel::kAux || word.rel == Rel::kAuxPass || word.rel == Rel::kCop ||
         (word.rel == Rel::kAdvmod && !IsConnective(word.lemma) && !word.xpos.starts_with('W'));
}

class Renderer {
 public:
  Renderer(const Tree& tree, const Frame& frame) : tree_(tree), frame_(frame) {}

  Tuple Render() {
    Tuple tuple;
    if (!frame_.has_subject) return tuple;
    CollectRelation();
    const Argument* lead = Lead();
    std::vector<int> tail;  // what follows the verb group in the relation
    if (lead != nullptr) {
      const Argument* predicate = Find(Slot::kPredicate);
      if (predicate != nullptr && predicate != lead) {
        tail = FullPhrase(tree_, frame_, *predicate);
        used_ = predicate;
      }
      const std::vector<int> marker = Marker(tree_, *lead);
      for (int i : marker) tail.push_back(i);
      if (!marker.empty()) TakeAdverbsBefore(marker.front());
    }
    std::string relation = Supplied();
    std::ranges::sort(relation_);
    relation_.erase(std::unique(relation_.begin(), relation_.end()), relation_.end());
    Append(Join(tree_, relation_), &relation);
    Append(Join(tree_, tail), &relation);
    tuple.relation = std::move(relation);
    tuple.arguments.push_back(Join(tree_, FullPhrase(tree_, frame_, frame_.subject)));
    if (lead != nullptr) Push(*lead, false, &tuple);
    for (const Argument& a : frame_.arguments) {
      if (&a != lead && &a != used_ && !IsShownElsewhere(a)) Push(a, true, &tuple);
    }
    return tuple;
  }

 private:
  void CollectRelation() {
    for (size_t k = 0; k < frame_.chain.size(); ++k) {
      const int verb = frame_.chain[k];
      const bool bare = frame_.copular && verb == frame_.head;
      if (!bare) relation_.push_back(verb);
      int anchor = verb;
      for (int c : tree_.children(verb)) {
        const Word& word = tree_[c];
        const bool to = word.rel == Rel::kMark && word.lemma == "to" && k > 0;
        const bool there = word.rel == Rel::kExpl && frame_.existential;
        if (to || there || word.rel == Rel::kAux || word.rel == Rel::kAuxPass ||
            word.rel == Rel::kCop || word.rel == Rel::kParticle ||
            (word.rel == Rel::kAdvmod && IsNegator(word.lemma))) {
          relation_.push_back(c);
        }
        if (bare && word.rel == Rel::kCop) anchor = c;
      }
      if (!bare || anchor != verb) Widen(verb, anchor);
    }
    for (int i : frame_.borrowed_auxiliaries) relation_.push_back(i);
  }

  // Adverbs that stand within the verb group: "was FIRST mentioned", "is ALSO home".
  void Widen(int verb, int anchor) {
    const auto belongs = [&](int i) {
      return i >= 0 && i < tree_.size() && tree_[i].head == verb && IsVerbGroup(tree_[i]);
    };
    for (int i = anchor - 1; belongs(i); --i) relation_.push_back(i);
    if (anchor == verb) return;
    for (int i = anchor + 1; belongs(i) && i + 1 != verb; ++i) relation_.push_back(i);
  }

  // "relies HEAVILY on", "went AHEAD of": what stands between the verb and the preposition that the
  // relation ends with.
  void TakeAdverbsBefore(int marker) {
    for (int i = frame_.head + 1; i < marker; ++i) {
      if (tree_[i].head != frame_.head || tree_[i].rel == Rel::kPunct) return;
    }
    for (int i = frame_.head + 1; i < marker; ++i) {
      if (tree_[i].rel == Rel::kAdvmod) relation_.push_back(i);
    }
  }

  // The argument that the relation leads up to: the object, or the first phrase behind the verb.
  const Argument* Lead() const {
    for (const Argument& a : frame_.arguments) {
      if (a.slot == Slot::kObject || a.slot == Slot::kContent || a.slot == Slot::kOpenContent) {
        return &a;
      }
    }
    const Argument* predicate = Find(Slot::kPredicate);
    if (predicate != nullptr && tree_[predicate->head].pos != Pos::kAdj) return predicate;
    for (const Argument& a : frame_.arguments) {
      const bool phrase = a.slot == Slot::kOblique || a.slot == Slot::kAgent;
      if (phrase && !a.shared && (a.head > frame_.head || a.marker != kNone)) return &a;
    }
    return predicate;
  }

  const Argument* Find(Slot slot) const {
    for (const Argument& a : frame_.arguments) {
      if (a.slot == slot) return &a;
    }
    return nullptr;
  }

  // The verb that the text leaves out: "workers (be) TRAINED abroad", "Ann (be) A LAWYER".
  std::string Supplied() const {
    if (frame_.rule == Rule::kPossessive) return "has";
    if (frame_.rule == Rule::kInclusion) return "include";
    if (frame_.supplied) return "be";
    if (frame_.rule == Rule::kInfinitive) return "be to";
    if (frame_.rule == Rule::kParticiple) return "be";
    return IsFreeParticiple() ? "be" : "";
  }

  // "LEAVING the hall, they smiled", "TRAINED abroad, they left"
  bool IsFreeParticiple() const {
    const int first = frame_.chain.front();
    const bool participle = tree_[first].xpos == "VBG" || frame_.passive;
    return frame_.rule == Rule::kAdverbial && frame_.borrowed && participle &&
           !tree_.Has(first, Rel::kAux) && !tree_.Has(first, Rel::kAuxPass) &&
           !tree_.Has(first, Rel::kCop);
  }

  // A clause that might as well be a sentence of its own: one that stands before the verb, or a
  // participle ("..., LEAVING the hall", "..., TRAINED abroad").
  bool IsLoose(const Argument& a) const {
    const std::string_view tag = tree_[a.head].xpos;
    return a.head < frame_.head || tag == "VBN" || (tag == "VBG" && !tree_.Has(a.head, Rel::kMark));
  }

  // In the relation, or in a tuple of its own.
  bool IsShownElsewhere(const Argument& a) const {
    if (a.slot == Slot::kAdverbial && IsLoose(a)) return true;
    return std::ranges::binary_search(relation_, a.head) ||
           (a.slot == Slot::kAdverb && IsConnective(tree_[a.head].lemma));
  }

  void Push(const Argument& a, bool with_marker, Tuple* tuple) const {
    std::vector<int> tokens = FullPhrase(tree_, frame_, a);
    if (with_marker) {
      const std::vector<int> marker = Marker(tree_, a);
      tokens.insert(tokens.begin(), marker.begin(), marker.end());
      if (a.marker == kNone) std::ranges::sort(tokens);
    }
    if (!tokens.empty()) tuple->arguments.push_back(Join(tree_, tokens));
  }

  static void Append(const std::string& words, std::string* to) {
    if (words.empty()) return;
    if (!to->empty()) *to += ' ';
    *to += words;
  }

  const Tree& tree_;
  const Frame& frame_;
  std::vector<int> relation_;
  const Argument* used_ = nullptr;
};

}  // namespace

Tuple RenderTuple(const Tree& tree, const Frame& frame) { return Renderer(tree, frame).Render(); }

}  // namespace dossier::openie
