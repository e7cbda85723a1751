#include "plugins/openie/coreference.h"

#include <algorithm>

#include "plugins/openie/lexicon.h"
#include "plugins/openie/phrase.h"

namespace dossier::openie {
namespace {

using Sort = Referent::Sort;

// How many sentences back a pronoun may look.
constexpr uint32_t kReachOfPerson = 3;
constexpr uint32_t kReachOfPeople = 2;
constexpr uint32_t kReachOfBody = 1;
constexpr int kLongestTitle = 8;  // words

bool IsPlural(const Word& word) { return word.xpos == "NNS" || word.xpos == "NNPS"; }

Sort SortOf(const Word& word) {
  const std::string lemma = Lower(word.lemma);
  if (word.kind == NameKind::kPerson) return Sort::kPerson;
  if (word.kind == NameKind::kBody) return Sort::kBody;
  if (IsPlural(word) || lemma == "police" || lemma == "personnel") {
    return IsPeopleNoun(lemma) || word.kind == NameKind::kPeople ? Sort::kPeople : Sort::kThings;
  }
  if (IsRoleNoun(lemma)) return Sort::kPerson;
  return IsBodyNoun(lemma) ? Sort::kBody : Sort::kThing;
}

bool IsActor(const Tree& tree, int head) {
  const Rel rel = tree[head].rel;
  return IsSubject(rel) || rel == Rel::kOblAgent;
}

// Tokens [begin, end) of the name that `token` is part of.
std::pair<int, int> NameAround(const Tree& tree, int token) {
  int begin = token, end = token + 1;
  while (begin > 0 && tree[begin - 1].name == tree[token].name) --begin;
  while (end < tree.size() && tree[end].name == tree[token].name) ++end;
  return {begin, end};
}

bool MayStandInTitle(const Word& word) {
  return word.xpos.starts_with("NN") || word.xpos.starts_with("JJ") || word.xpos == "POS" ||
         word.xpos == "HYPH";
}

// "South Korean PRESIDENT Yoon", "Lee, the MINISTER"
std::vector<std::string> TitlesOf(const Tree& tree, int head, int begin, int end) {
  std::vector<std::string> titles;
  const auto add = [&](int i) {
    std::string lemma = Lower(tree[i].lemma);
    if (IsRoleNoun(lemma)) titles.push_back(std::move(lemma));
  };
  for (int i = begin; i < end; ++i) add(i);
  for (int i = begin - 1; i >= 0 && i >= begin - kLongestTitle; --i) {
    if (!MayStandInTitle(tree[i])) break;
    add(i);
  }
  for (int c : tree.children(head)) {
    if (tree[c].rel == Rel::kAppos) add(c);
  }
  return titles;
}

bool IsDefinite(const Word& word) {
  return word.lemma == "the" || word.lemma == "this" || word.lemma == "these" ||
         word.lemma == "that" || word.lemma == "those";
}

// "The soldiers WHO LEFT" tells itself which.
bool IsRestricted(const Tree& tree, int head) {
  return std::ranges::any_of(tree.children(head), [&](int c) {
    const Rel rel = tree[c].rel;
    return c > head &&
           (rel == Rel::kNmod || rel == Rel::kRelcl || rel == Rel::kAcl || rel == Rel::kAppos);
  });
}

std::vector<std::string> ModifiersOf(const Tree& tree, const Phrase& phrase) {
  std::vector<std::string> words;
  for (int i = phrase.begin; i < phrase.head; ++i) {
    const Word& word = tree[i];
    if (word.pos == Pos::kDet || word.pos == Pos::kPunct || word.pos == Pos::kNum) continue;
    words.push_back(Lower(word.lemma));
  }
  return words;
}

// "a meeting scheduled for MAY 3"
int TimeBehind(const Tree& tree, int noun) {
  const int end = tree.Extent(noun).second;
  for (int i = noun + 1; i < end; ++i) {
    if (tree[i].is_time) return tree[i].value;
  }
  return kNone;
}

bool Contains(const std::vector<std::string>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

void Coreference::Read(const Tree& tree) {
  ++sentence_;
  while (links_.size() > kKeptLinks) links_.pop_front();
  while (referents_.size() > kKept) referents_.pop_front();
  for (int i = 0; i < tree.size(); ++i) {
    const Word& word = tree[i];
    if (word.xpos == "PRP") AddPronoun(tree, i);
    if (word.pos != Pos::kNoun && word.pos != Pos::kPropn) continue;
    const bool inner = word.rel == Rel::kCompound || word.rel == Rel::kFlat ||
                       word.rel == Rel::kFixed || word.rel == Rel::kNmodDesc;
    const bool same_name =
        word.name != kNone && word.head != kNone && tree[word.head].name == word.name;
    if (same_name || (inner && word.name == kNone) || word.is_time) continue;
    // "opposition LEADER Ann Lee" is Ann Lee.
    const bool title = word.name == kNone && i + 1 < tree.size() && IsRoleNoun(word.lemma) &&
                       tree[i + 1].kind == NameKind::kPerson && tree[i + 1].head == i;
    const bool counted = word.rel == Rel::kNmod && word.head != kNone && word.head < i &&
                         CountedNoun(tree, word.head) == i;
    if (title || counted) continue;
    Add(tree, i);
  }
}

void Coreference::Add(const Tree& tree, int head) {
  const Word& word = tree[head];
  const Word& counted = tree[CountedNoun(tree, head)];  // "dozens of TROOPS"
  Referent r;
  r.sort = SortOf(counted);
  r.sentence = sentence_;
  r.clause = word.head;
  r.subject = IsActor(tree, head);
  r.several = std::ranges::any_of(tree.children(head), [&](int c) {
    return tree[c].rel == Rel::kConj && tree[c].name != kNone;
  });
  r.row = word.name;
  if (r.row != kNone) {
    const auto [begin, end] = NameAround(tree, head);
    r.begin = tree[begin].begin;
    r.end = tree[end - 1].end;
    for (int i = begin; i < end; ++i) r.head += Lower(tree[i].text) + " ";
    if (r.sort == Sort::kPerson) r.titles = TitlesOf(tree, head, begin, end);
    if (word.head == begin - 1 && begin > 0 && IsRoleNoun(tree[begin - 1].lemma)) {
      r.clause = tree[begin - 1].head;
      r.subject = IsActor(tree, begin - 1);
    }
  } else {
    const Phrase phrase = CorePhrase(tree, head);
    r.begin = tree[phrase.begin].begin;
    r.end = tree[phrase.end - 1].end;
    r.head = Lower(counted.lemma);
    r.count = CountIn(tree, phrase);
    r.modifiers = ModifiersOf(tree, phrase);
    r.name = FilingName(tree, phrase);
    if (IsEncounter(word.lemma)) r.time = TimeBehind(tree, head);
  }
  referents_.push_back(std::move(r));
}

// What a pronoun stands for is there again: "They left ... THEY".
void Coreference::AddPronoun(const Tree& tree, int pronoun) {
  std::optional<Link> link = FindPronoun(tree, pronoun);
  if (!link) return;
  Referent again = link->to;
  again.sentence = sentence_;
  again.clause = tree[pronoun].head;
  again.subject = IsActor(tree, pronoun);
  referents_.push_back(std::move(again));
  links_.emplace_back(tree[pronoun].begin, *std::move(link));
}

// In the sentence itself the last one before the place, in earlier ones the first; those who act
// before others.
template <typename Fits>
Referent* Coreference::Nearest(const Place& place, Fits fits) {
  Referent* actor = nullptr;
  Referent* other = nullptr;
  uint32_t sentence = sentence_;
  for (auto at = referents_.rbegin(); at != referents_.rend(); ++at) {
    if (at->sentence != sentence) {
      if (actor != nullptr || other != nullptr) break;
      sentence = at->sentence;
    }
    if (sentence + place.sentences < sentence_) break;
    if (at->end > place.begin) continue;
    if (!fits(*at)) continue;
    const bool here = sentence == sentence_;
    if (TakesPart(place, *at)) continue;
    Referent*& best = at->subject ? actor : other;
    if (best == nullptr || !here) best = &*at;
  }
  return actor != nullptr ? actor : other;
}

// "Ann saw HER": somebody else. What a pronoun of the clause stands for takes part as well.
bool Coreference::TakesPart(const Place& place, const Referent& r) const {
  for (auto at = referents_.rbegin(); at != referents_.rend() && at->sentence == sentence_; ++at) {
    if (at->begin != r.begin) continue;
    if (std::ranges::find(place.clauses, at->clause) != place.clauses.end()) return true;
  }
  return false;
}

// Whether nothing else within reach would do.
template <typename Fits>
bool Coreference::IsOnlyOne(const Place& place, const Referent& one, Fits fits) const {
  return std::ranges::none_of(referents_, [&](const Referent& r) {
    return r.sentence + place.sentences >= sentence_ && r.end <= place.begin &&
           r.head != one.head && fits(r);
  });
}

std::optional<Link> Coreference::Find(const Tree& tree, const Phrase& phrase) {
  const Word& head = tree[phrase.head];
  if (head.xpos == "PRP") {
    const auto at =
        std::ranges::lower_bound(links_, head.begin, {}, &std::pair<uint32_t, Link>::first);
    if (at == links_.end() || at->first != head.begin) return std::nullopt;
    return at->second;
  }
  if (head.pos != Pos::kNoun || head.name != kNone) return std::nullopt;
  return IsDefinite(tree[phrase.begin]) ? FindDescribed(tree, phrase) : std::nullopt;
}

std::optional<Link> Coreference::FindPronoun(const Tree& tree, int pronoun) {
  const Word& word = tree[pronoun];
  Place place{word.begin, {word.head}, 0};
  for (int clause = word.head; clause != kNone && tree[clause].rel == Rel::kXcomp;) {
    clause = tree[clause].head;
    place.clauses.push_back(clause);
  }
  const auto link = [&](auto fits, double alone, double among) -> std::optional<Link> {
    Referent* to = Nearest(place, fits);
    if (to == nullptr) return std::nullopt;
    const double actor = to->subject ? 1 : 0.7;
    return Link{*to, actor * (IsOnlyOne(place, *to, fits) ? alone : among), "pronoun"};
  };
  const std::string_view lemma = word.lemma;
  if (lemma == "he" || lemma == "she") {
    place.sentences = kReachOfPerson;
    return link([](const Referent& r) { return r.sort == Sort::kPerson; }, 0.8, 0.55);
  }
  if (lemma == "they") {
    place.sentences = kReachOfPeople;
    return link(
        [](const Referent& r) { return r.sort == Sort::kPeople || (r.several && r.subject); }, 0.7,
        0.5);
  }
  // "It" stands for anything; as a subject, often for a body that acted just before.
  if (lemma != "it" || !IsSubject(word.rel)) return std::nullopt;
  place.sentences = kReachOfBody;
  return link([](const Referent& r) { return r.sort == Sort::kBody && r.subject; }, 0.6, 0.45);
}

std::optional<Link> Coreference::FindDescribed(const Tree& tree, const Phrase& phrase) {
  if (IsRestricted(tree, phrase.head)) return std::nullopt;
  if (auto link = FindTitled(tree, phrase)) return link;
  return FindSameHead(tree, phrase);
}

// "The minister", after "Minister Ann Lee".
std::optional<Link> Coreference::FindTitled(const Tree& tree, const Phrase& phrase) {
  const std::string lemma = Lower(tree[phrase.head].lemma);
  if (IsPlural(tree[phrase.head]) || !IsRoleNoun(lemma)) return std::nullopt;
  if (!ModifiersOf(tree, phrase).empty()) return std::nullopt;
  Referent* found = nullptr;
  for (auto at = referents_.rbegin(); at != referents_.rend(); ++at) {
    if (at->end > tree[phrase.begin].begin || !Contains(at->titles, lemma)) continue;
    if (found == nullptr) found = &*at;
    // Two ministers: neither.
    if (!found->head.ends_with(at->head) && !at->head.ends_with(found->head)) return std::nullopt;
  }
  if (found == nullptr) return std::nullopt;
  return Link{*found, 0.7, "title"};
}

// "The troops", after "1,200 fresh troops"; "the fresh troops", but not "the old troops".
std::optional<Link> Coreference::FindSameHead(const Tree& tree, const Phrase& phrase) {
  const Word& head = tree[phrase.head];
  const std::string lemma = Lower(head.lemma);
  const std::vector<std::string> modifiers = ModifiersOf(tree, phrase);
  const bool plural = IsPlural(head);
  for (auto at = referents_.rbegin(); at != referents_.rend(); ++at) {
    if (at->end > tree[phrase.begin].begin || at->row != kNone || at->head != lemma) continue;
    if (plural != (at->sort == Sort::kPeople || at->sort == Sort::kThings)) continue;
    const bool fits = std::ranges::all_of(
        modifiers, [&](const std::string& m) { return Contains(at->modifiers, m); });
    // The nearest one decides: a troop that differs parts what came before.
    if (!fits) return std::nullopt;
    return Link{*at, 0.65, "same noun"};
  }
  return std::nullopt;
}

}  // namespace dossier::openie
