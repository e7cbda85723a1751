#include "plugins/openie/role.h"

#include <string_view>
#include <vector>

#include "plugins/openie/lexicon.h"
#include "plugins/openie/phrase.h"

namespace dossier::openie {
namespace {

Role RoleOfPreposition(std::string_view lemma) {
  if (lemma == "to" || lemma == "into" || lemma == "toward" || lemma == "towards" ||
      lemma == "onto") {
    return Role::kTo;
  }
  if (lemma == "from" || lemma == "out") return Role::kFrom;
  if (lemma == "with" || lemma == "alongside" || lemma == "together") return Role::kWith;
  if (lemma == "of") return Role::kOf;
  if (lemma == "for") return Role::kPurpose;
  if (lemma == "since" || lemma == "until" || lemma == "till" || lemma == "before" ||
      lemma == "after" || lemma == "during") {
    return Role::kTime;
  }
  return IsPlacePreposition(lemma) ? Role::kPlace : Role::kOther;
}

bool IsTimeAdverb(std::string_view lemma) {
  for (std::string_view adverb :
       {"ago",        "again",     "already",     "currently",      "earlier",
        "early",      "formerly",  "immediately", "initially",      "later",
        "lately",     "now",       "nowadays",    "once",           "originally",
        "previously", "recently",  "shortly",     "simultaneously", "soon",
        "still",      "then",      "today",       "tomorrow",       "tonight",
        "ultimately", "yesterday", "yet"}) {
    if (lemma == adverb) return true;
  }
  return false;
}

std::string_view MarkOf(const Tree& tree, int clause) {
  const int mark = tree.Child(clause, Rel::kMark);
  if (mark != kNone) return tree[mark].lemma;
  const int adverb = tree.Child(clause, Rel::kAdvmod);
  return adverb != kNone && tree[adverb].lemma == "when" ? tree[adverb].lemma : std::string_view();
}

Role RoleOfClause(const Tree& tree, int clause) {
  const std::string_view mark = MarkOf(tree, clause);
  if (mark == "to") return Role::kPurpose;
  if (mark == "when" || mark == "after" || mark == "before" || mark == "since" || mark == "while" ||
      mark == "until" || mark == "once") {
    return Role::kTime;
  }
  return Role::kOther;
}

}  // namespace

Role RoleOf(const Tree& tree, const Argument& argument) {
  const Word& head = tree[argument.head];
  switch (argument.slot) {
    case Slot::kOblique: {
      const bool quantity = head.value != kNone && !head.is_time;  // "by a QUARTER"
      if (head.is_time || (IsTimeNoun(head.lemma) && !quantity)) return Role::kTime;
      const std::vector<int> marker = Marker(tree, argument);
      if (marker.empty()) return Role::kOther;
      const bool along = marker.size() > 1 && tree[marker[1]].lemma == "with";  // "along with"
      return along ? Role::kWith : RoleOfPreposition(tree[marker.front()].lemma);
    }
    case Slot::kUnmarked:
      return head.is_time || IsTimeNoun(head.lemma) ? Role::kTime : Role::kOther;
    case Slot::kAdverb:
      return head.is_time || IsTimeAdverb(head.lemma) ? Role::kTime : Role::kOther;
    case Slot::kAdverbial:
      return RoleOfClause(tree, argument.head);
    case Slot::kIndirect:
      return Role::kTo;
    case Slot::kObject:
    case Slot::kPredicate:
    case Slot::kAgent:
    case Slot::kContent:
    case Slot::kOpenContent:
      break;
  }
  return Role::kOther;
}

int TimeIn(const Tree& tree, const Argument& argument) {
  const auto [begin, end] = tree.Extent(argument.head);
  for (int i = begin; i < end; ++i) {
    if (tree[i].is_time) return tree[i].value;
  }
  return kNone;
}

}  // namespace dossier::openie
