#include "plugins/openie/mention.h"

#include <algorithm>

#include "plugins/openie/clause_shape.h"
#include "plugins/openie/lexicon.h"
#include "plugins/openie/phrase.h"

namespace dossier::openie {
namespace {

bool IsPremodifier(const Word& word) {
  switch (word.rel) {
    case Rel::kDet:
    case Rel::kAmod:
    case Rel::kNummod:
    case Rel::kNmodPoss:
    case Rel::kNmodDesc:
    case Rel::kNmodUnmarked:
    case Rel::kNmod:
    case Rel::kCompound:
    case Rel::kFlat:
    case Rel::kAdvmod:
      return true;
    case Rel::kPunct:
      return word.text == "-" || word.text == "$";
    default:
      return false;
  }
}

bool HasMarker(const Tree& tree, int i, std::string_view lemma) {
  return std::ranges::any_of(
      tree.children(i), [&](int c) { return tree[c].rel == Rel::kCase && tree[c].lemma == lemma; });
}

bool IsNamePart(const Word& word) {
  return word.rel == Rel::kFlat || word.rel == Rel::kFixed || word.rel == Rel::kCompound ||
         word.rel == Rel::kNummod || word.rel == Rel::kNmodUnmarked;
}

int Leftmost(const Tree& tree, int head, int cut) {
  int begin = head;
  const auto children = tree.children(head);
  for (auto at = children.rbegin(); at != children.rend(); ++at) {
    if (*at > head) continue;
    const auto [first, last] = tree.Extent(*at);
    if (last != begin || *at == cut || !IsPremodifier(tree[*at])) break;
    // "said THAT prices rose": no determiner, whatever the tree says; nor is a bullet a hyphen.
    const bool that = tree[*at].lemma == "that" && tree[head].xpos.ends_with('S');
    if (that || (first == 0 && tree[*at].pos == Pos::kPunct)) break;
    begin = first;
  }
  return begin;
}

// One past the part of the phrase of `head` that belongs to a minimal noun phrase: up to a comma
// that opens an apposition or a clause. A short list is taken whole; of a long one nothing is, as
// its first member alone would mislead: `head` itself.
int EndOfModifier(const Tree& tree, int head) {
  constexpr int kLongestList = 10;  // words
  const int end = tree.Extent(head).second;
  for (int i = head + 1; i < end; ++i) {
    if (tree[i].text != ",") continue;
    const bool list = std::ranges::any_of(tree.children(head), [&](int c) {
      const auto [first, last] = tree.Extent(c);
      return first <= i + 1 && i + 1 < last && tree[c].rel == Rel::kConj &&
             AppositionHost(tree, c) == kNone;
    });
    if (!list) return i;
    return end - head <= kLongestList ? end : head;
  }
  return end;
}

// Follows right modifiers that `belongs` accepts for as long as they touch. Of nested "of" phrases,
// a few.
template <typename Belongs>
int Rightmost(const Tree& tree, int head, int cut, Belongs belongs) {
  int end = head + 1;
  for (int depth = 0; depth < 4 && head != kNone; ++depth) {
    int next = kNone;
    for (int c : tree.children(head)) {
      if (c < head) continue;
      const auto [first, last] = tree.Extent(c);
      if (first != end || c == cut) break;
      if (IsNamePart(tree[c])) {
        if (tree[first].text == ",") break;  // "Ann Lee, 34,"
        end = last;
      } else if (tree[c].rel == Rel::kNmod && HasMarker(tree, c, "of")) {
        next = c;
        end = c + 1;
        break;
      } else if (belongs(c)) {
        const int stop = EndOfModifier(tree, c);
        if (tree[first].text == "," || stop == c) break;  // what a comma parts is an aside
        end = stop;
        if (end != last) break;
      } else {
        break;
      }
    }
    head = next;
  }
  return end;
}

// A phrase does not cut a name in two, whatever the tree says.
Phrase KeepNamesWhole(const Tree& tree, Phrase phrase) {
  const auto same = [&](int i, int k) {
    return tree[i].name != kNone && tree[i].name == tree[k].name && tree[i].pos != Pos::kVerb;
  };
  while (phrase.begin > 0 && same(phrase.begin - 1, phrase.begin)) --phrase.begin;
  while (phrase.end < tree.size() && same(phrase.end - 1, phrase.end)) ++phrase.end;
  // Nor a word: "Jang-WON".
  const auto hyphen = [&](int i) { return tree[i].text == "-"; };
  while (phrase.end < tree.size() && tree[phrase.end - 1].name != kNone &&
         tree[phrase.end].begin == tree[phrase.end - 1].end &&
         (hyphen(phrase.end) || hyphen(phrase.end - 1))) {
    ++phrase.end;
  }
  // Nor does it begin with a comma or "and".
  while (phrase.begin < phrase.head &&
         (tree[phrase.begin].text == "," || tree[phrase.begin].rel == Rel::kCc)) {
    ++phrase.begin;
  }
  return phrase;
}

// In a list with "and": "Ann, BO and Cy".
bool IsListed(const Tree& tree, int i) {
  const auto linked = [&](int k) { return tree.Has(k, Rel::kCc); };
  return linked(i) || std::ranges::any_of(tree.children(tree[i].head), [&](int c) {
           return tree[c].rel == Rel::kConj && linked(c);
         });
}

}  // namespace

Phrase CorePhrase(const Tree& tree, int head) {
  return {head, Leftmost(tree, head, kNone),
          Rightmost(tree, head, kNone, [](int) { return false; })};
}

Phrase NounPhrase(const Tree& tree, int head, int cut) {
  const int end = Rightmost(tree, head, cut, [&](int c) {
    const bool modifies = tree[c].rel == Rel::kNmod || tree[c].rel == Rel::kAcl;
    return modifies && !NamesSource(tree, c) && !HasMarker(tree, c, "include") &&
           !HasMarker(tree, c, "including");
  });
  return KeepNamesWhole(tree, {head, Leftmost(tree, head, cut), end});
}

int CountIn(const Tree& tree, const Phrase& phrase) {
  for (int i = phrase.begin; i < phrase.end; ++i) {
    const bool one_of = tree[i].lemma == "one" && i + 1 < tree.size() && tree[i + 1].lemma == "of";
    if (tree[i].value != kNone && !tree[i].is_time && !one_of) return tree[i].value;
  }
  return kNone;
}

int CountedNoun(const Tree& tree, int head) {
  constexpr int kMaxNested = 3;  // "tens of thousands of"
  for (int depth = 0; depth < kMaxNested; ++depth) {
    if (tree[head].value == kNone || tree[head].is_time) break;
    const auto children = tree.children(head);
    const auto noun = std::ranges::find_if(children, [&](int c) {
      return c > head && tree[c].rel == Rel::kNmod && HasMarker(tree, c, "of");
    });
    if (noun == children.end()) break;
    head = *noun;
  }
  return head;
}

std::string FilingName(const Tree& tree, const Phrase& phrase) {
  const int head = CountedNoun(tree, phrase.head);
  const Phrase core = CorePhrase(tree, head);
  std::vector<int> tokens;
  for (int i = head == phrase.head ? phrase.begin : core.begin; i < std::min(core.end, phrase.end);
       ++i) {
    const Word& word = tree[i];
    const bool leads = word.head == head && i < head;
    const bool drop = leads && (word.rel == Rel::kDet || word.rel == Rel::kNummod ||
                                (word.rel == Rel::kNmodPoss && word.pos == Pos::kPron));
    const bool counts = i < head && word.value != kNone && !word.is_time;
    if (drop || counts) {
      tokens.clear();  // "more than 3,000 fresh troops": what leads up to the numeral goes with it
    } else {
      tokens.push_back(i);
    }
  }
  return Join(tree, tokens);
}

int NameToken(const Tree& tree, const Phrase& phrase) {
  // A title within "General Ann Lee" is not her name.
  const int next = phrase.end < tree.size() ? tree[phrase.end].name : kNone;
  const int name = tree[phrase.head].name;
  if (name != kNone && name != next) return phrase.head;
  for (int c : tree.children(phrase.head)) {
    const bool names = tree[c].rel == Rel::kAppos || tree[c].rel == Rel::kFlat;
    if (names && c < phrase.end && tree[c].kind == NameKind::kPerson) return c;
  }
  return kNone;
}

int NounBefore(const Tree& tree, int begin) {
  int at = begin - 1;
  while (at >= 0 && tree[at].pos == Pos::kPunct) --at;
  if (at < 0 || !IsNominal(tree[at].pos) || tree[at].pos == Pos::kPron) return kNone;
  while (tree[at].head != kNone && tree[at].head < begin && IsNominal(tree[tree[at].head].pos) &&
         (tree[at].rel == Rel::kCompound || tree[at].rel == Rel::kFlat)) {
    at = tree[at].head;
  }
  return at;
}

int AppositionHost(const Tree& tree, int i) {
  const Word& word = tree[i];
  const bool person = word.kind == NameKind::kPerson;
  if (StanceOfNoun(word.lemma) != Stance::kNeutral) return kNone;  // "..., a CLAIM that they deny"
  const bool list = word.rel == Rel::kConj && person && !IsListed(tree, i);
  if (word.rel != Rel::kAppos && !list) return kNone;
  int host = word.head;
  if (host != kNone && !IsNominal(tree[host].pos)) host = NounBefore(tree, i);
  // A name right before the comma is what the phrase explains, unless it tells of a person and the
  // name is none: "the head of Oslo Bank, a lawyer".
  if (const int near = NounBefore(tree, tree.Extent(i).first);
      !person && host != kNone && near != kNone && tree[near].name != kNone &&
      tree[host].name == kNone && tree[near].head != kNone) {
    const bool unfit = IsPeopleNoun(word.lemma) && tree[near].kind != NameKind::kPerson;
    if (!unfit) host = near;
  }
  if (!person || host == kNone) return host;
  constexpr int kMaxClimb = 4;
  const int first = host;
  for (int steps = 0; steps < kMaxClimb && host != kNone; ++steps) {
    const bool singular = tree[host].xpos == "NN" || tree[host].xpos == "NNP";
    if (singular && tree[host].name == kNone && IsPeopleNoun(tree[host].lemma)) return host;
    if (tree[host].rel != Rel::kNmod && tree[host].rel != Rel::kNmodPoss) break;
    host = tree[host].head;
  }
  return list ? kNone : first;
}

int NameInApposition(const Tree& tree, const Phrase& phrase) {
  const int head = phrase.head;
  if (tree[head].pos != Pos::kNoun || tree[head].xpos == "NNS") return kNone;
  const auto [begin, end] = tree.Extent(head);
  for (int i = std::max(begin, phrase.end); i < end; ++i) {
    if (tree[i].name != kNone && tree[i].pos == Pos::kPropn && AppositionHost(tree, i) == head) {
      return i;
    }
  }
  return kNone;
}

std::vector<int> Members(const Tree& tree, int head) {
  std::vector<int> members{head};
  for (int c : tree.children(head)) {
    if (tree[c].rel == Rel::kConj && IsNominal(tree[c].pos) && members.size() < kMaxMembers) {
      members.push_back(c);
    }
  }
  return members;
}

}  // namespace dossier::openie
