#include "plugins/openie/label.h"

#include <algorithm>

#include "plugins/openie/lexicon.h"

namespace dossier::openie {
namespace {

constexpr int kLongest = 6;  // words

bool HasVerb(const Tree& tree, int begin, int end) {
  for (int i = begin; i < end; ++i) {
    if (tree[i].pos == Pos::kVerb || tree[i].rel == Rel::kCop) return true;
  }
  return false;
}

// The token of [begin, end) that the rest hang from, if they make one noun phrase of somebody who
// may speak: a person, a body, people.
int SpeakerOf(const Tree& tree, int begin, int end) {
  if (begin >= end || end - begin > kLongest) return kNone;
  int head = kNone;
  for (int i = begin; i < end; ++i) {
    if (tree[i].pos == Pos::kPunct && tree[i].text != "-" && tree[i].text != "'") return kNone;
    const bool outside = tree[i].head < begin || tree[i].head >= end;
    if (outside && head == kNone) head = i;
  }
  if (head == kNone) return kNone;
  for (int i = begin; i < end; ++i) {
    const Word& word = tree[i];
    if (word.kind == NameKind::kPerson || word.kind == NameKind::kBody) return head;
    if (IsPeopleNoun(word.lemma) || IsBodyNoun(word.lemma)) return head;
  }
  return kNone;
}

// A word of saying at the end of a headline's source: "Bureau SAYS", "Intelligence REPORTS".
bool IsSayingTail(const Word& word) {
  return word.lemma == "say" || word.lemma == "report" || word.lemma == "source";
}

}  // namespace

Label FindLabel(const Tree& tree, bool in_heading) {
  int begin = 0;
  const auto marks = [](const Word& word) {  // a bullet, whatever the tagger calls it
    return word.pos == Pos::kPunct || word.text == "-" || word.text == "*";
  };
  while (begin < tree.size() && marks(tree[begin])) ++begin;
  int colon = begin;
  while (colon < tree.size() && tree[colon].text != ":") ++colon;
  if (colon >= tree.size() || colon == begin) return {};
  int last = tree.size();
  while (last > colon && tree[last - 1].pos == Pos::kPunct) --last;
  const int value = tree[begin].value;
  if (tree[begin].is_time && tree[colon - 1].value == value) {
    return {begin, colon, value, kNone};
  }
  if (HasVerb(tree, colon + 1, last)) {
    if (const int source = SpeakerOf(tree, begin, colon); source != kNone) {
      return {begin, colon, kNone, source};
    }
  }
  if (!in_heading || !HasVerb(tree, begin, colon)) return {};
  int end = last;
  if (end - colon > 2 && IsSayingTail(tree[end - 1])) --end;
  const int source = SpeakerOf(tree, colon + 1, end);
  return source == kNone ? Label{} : Label{colon + 1, last, kNone, source};
}

void AttributeToLabel(const Label& label, Clauses* clauses) {
  if (label.source == kNone) return;
  for (Frame& f : clauses->frames) {
    const bool inside = f.head >= label.begin && f.head < label.end;
    if (inside || f.chain.empty() || !f.sources.empty()) continue;
    f.sources.push_back(label.source);
    f.modality = std::max(f.modality, Modality::kReported);
  }
}

void ApplyLabel(const Label& label, std::vector<Statement>* statements) {
  if (label.empty()) return;
  // A phrase keeps what stands on its side of the colon; one that the tree hangs on the label's
  // word keeps what is left.
  const auto clip = [&](Phrase* phrase) {
    const bool behind = label.begin < phrase->end && label.end + 1 < phrase->end;
    if (behind && phrase->begin <= label.end) phrase->begin = label.end + 1;
    if (phrase->begin < label.begin && phrase->end >= label.begin) phrase->end = label.begin - 1;
    if (phrase->head < phrase->begin || phrase->head >= phrase->end) phrase->head = phrase->end - 1;
  };
  std::erase_if(*statements, [&](const Statement& s) {
    return s.subject.begin >= label.begin && s.subject.end <= label.end;
  });
  for (Statement& s : *statements) {
    clip(&s.subject);
    if (!s.object.empty()) clip(&s.object);
    if (label.value == kNone || s.time != kNone) continue;
    s.time = label.value;
    s.qualifiers.push_back(
        {Role::kTime, {label.end - 1, label.begin, label.end}, kNone, label.value});
  }
}

}  // namespace dossier::openie
