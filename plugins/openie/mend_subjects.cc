#include "plugins/openie/mend_subjects.h"

#include <string_view>

#include "plugins/openie/draft.h"

namespace dossier::openie {
namespace {

class SubjectMender : Draft {
 public:
  using Draft::Draft;

  void Mend(int i) {
    const Rel rel = At(i).rel;
    if (rel == Rel::kAppos) SubjectBehindSource(i);
    if (rel == Rel::kNsubj) Both(i);
    if (IsSubject(rel)) SecondSubject(i);
    if (rel == Rel::kCsubj) DueTo(i);
    if (rel == Rel::kCsubj) ParticipleOfSubject(i);
  }

 private:
  // "According to Ann, THE UNION will go": the union is not Ann.
  void SubjectBehindSource(int noun) {
    const int source = At(noun).head;
    if (source < 0 || source >= noun || At(source).rel != Rel::kObl) return;
    const int verb = At(source).head;
    const int mark = Child(source, Rel::kCase);
    if (verb <= noun || mark == kNone || !At(mark).lemma.starts_with("accord")) return;
    if (HasChild(verb, Rel::kNsubj) || HasChild(verb, Rel::kNsubjPass)) return;
    Hang(noun, verb, HasChild(verb, Rel::kAuxPass) ? Rel::kNsubjPass : Rel::kNsubj);
  }

  // "Ann and Bo, BOTH born in Rome, left"
  void Both(int word) {
    const int clause = At(word).head;
    const std::string_view lemma = At(word).lemma;
    if (clause != word + 1 || At(clause).rel != Rel::kAdvcl) return;
    if (lemma == "both" || lemma == "all" || lemma == "each") At(word).rel = Rel::kAdvmod;
  }

  // Two subjects of one verb that stand side by side are one phrase, or a list.
  void SecondSubject(int second) {
    while (second != kNone) second = JoinToFirst(second);
  }

  // The subject before `second` that it became a member of, to be looked at in turn; else kNone.
  int JoinToFirst(int second) {
    const int verb = At(second).head;
    if (verb <= second || verb >= size() || !IsNoun(second)) return kNone;
    int begin = First(second);
    while (begin < second && (At(begin).pos == Pos::kPunct || At(begin).rel == Rel::kCc)) ++begin;
    int last = begin - 1;
    while (last > 0 && (At(last).text == "," || At(last).rel == Rel::kCc)) --last;
    const int first = SubjectAround(last, verb);
    if (first == kNone || first == second || !IsNoun(first)) return kNone;
    if (At(first).rel != At(second).rel) return kNone;
    const bool parted = last + 1 < begin;
    const bool listed = parted && At(begin - 1).rel == Rel::kCc && !IsBelow(verb, begin - 1);
    const int preposition = Child(second, Rel::kCase);
    if (listed) Hang(begin - 1, second, Rel::kCc);
    if (At(last).xpos == "POS") {  // "the union and its ALLY's | ships"
      Hang(first, second, Rel::kNmodPoss);
    } else if (listed ||
               (parted && HasChild(second, Rel::kConj))) {  // "bikes, | BOATS | and CARTS"
      Hang(second, first, Rel::kConj);
      return first;
    } else if (preposition != kNone && preposition < second) {  // "prices for | all METALS"
      Hang(second, first, Rel::kNmod);
    } else if (!parted) {
      JoinSubjects(first, last, begin, second);
    }
    return kNone;
  }

  // The subject of `verb` that `word` stands in, or kNone.
  int SubjectAround(int word, int verb) {
    constexpr int kMaxClimb = 8;
    for (int steps = 0; steps < kMaxClimb && word >= 0 && word < verb; ++steps) {
      if (At(word).head == verb) return IsSubject(At(word).rel) ? word : kNone;
      word = At(word).head;
    }
    return kNone;
  }

  // "men HIDING | boats left", "Ann | LEE left", "her brother | BO left", "the harbour | OFFICE".
  void JoinSubjects(int first, int last, int begin, int second) {
    const bool gerund = At(last).xpos == "VBG" && At(last).head == first;
    if (gerund) return Hang(second, last, Rel::kObj);
    if (last != first || At(begin).pos == Pos::kDet || At(begin).pos == Pos::kPron) return;
    const bool person = At(second).kind == NameKind::kPerson;
    if (person && At(first).name == At(second).name) return Hang(second, first, Rel::kFlat);
    Hang(first, second, person ? Rel::kNmodDesc : Rel::kCompound);
  }

  // "officials SPECIALIZING in law might join": the officials do; a subject that follows it is what
  // it is done to ("a nation ENTERING the war could lose").
  void ParticipleOfSubject(int participle) {
    const std::string_view tag = At(participle).xpos;
    const int verb = At(participle).head, noun = participle - 1;
    if ((tag != "VBG" && tag != "VBN") || verb <= participle || verb >= size()) return;
    if (!IsNoun(noun) || At(noun).head != verb || !IsSubject(At(noun).rel)) return;
    Hang(participle, noun, Rel::kAcl);
    for (int i = participle + 1; i < verb; ++i) {
      if (At(i).head == verb && IsSubject(At(i).rel)) Hang(i, participle, Rel::kObj);
    }
  }

  // "Ann was DUE to leave": she, and no leaving, was due.
  void DueTo(int verb) {
    const int due = At(verb).head;
    if (due != verb - 2 || due < 0 || At(due).pos != Pos::kAdj || At(due + 1).lemma != "to") return;
    if (IsBelow(due, due + 1)) return;
    At(verb).rel = Rel::kXcomp;
    Hang(due + 1, verb, Rel::kMark);
    for (int i = 0; i < due; ++i) {
      if (At(i).head != verb) continue;
      if (IsSubject(At(i).rel)) Hang(i, due, Rel::kNsubj);
      if (At(i).rel == Rel::kCop || At(i).rel == Rel::kAux) Hang(i, due, At(i).rel);
    }
  }
};

}  // namespace

void MendSubject(std::vector<Word>* words, int i) { SubjectMender(words).Mend(i); }

}  // namespace dossier::openie
