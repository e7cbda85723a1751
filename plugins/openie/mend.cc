#include "plugins/openie/mend.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "plugins/openie/draft.h"
#include "plugins/openie/lexicon.h"
#include "plugins/openie/mend_names.h"
#include "plugins/openie/mend_subjects.h"

namespace dossier::openie {
namespace {

// Verbs with an object and "of": whom, and of what.
bool TakesOf(std::string_view verb) {
  constexpr auto kVerbs = std::to_array<std::string_view>(
      {"absolve",  "accuse", "acquit",   "advise",   "apprise",   "assure",  "bereave",
       "cheat",    "clear",  "convict",  "convince", "cure",      "defraud", "deprive",
       "disabuse", "divest", "drain",    "empty",    "exonerate", "free",    "inform",
       "make",     "notify", "persuade", "purge",    "relieve",   "remind",  "rid",
       "rob",      "strip",  "suspect",  "think",    "warn"});
  return std::ranges::binary_search(kVerbs, verb);
}

// Verbs whose "-ing" tells what it is that they begin, deny or propose.
bool TakesGerund(std::string_view verb) {
  constexpr auto kVerbs = std::to_array<std::string_view>(
      {"admit",   "avoid",    "begin",    "cease",   "consider", "continue", "defend",
       "delay",   "deny",     "discuss",  "finish",  "include",  "involve",  "keep",
       "mention", "postpone", "practice", "propose", "quit",     "recall",   "recommend",
       "resist",  "resume",   "risk",     "start",   "stop",     "suggest"});
  return std::ranges::binary_search(kVerbs, verb);
}

class Mender : Draft {
 public:
  using Draft::Draft;

  void Mend(int i) {
    const Rel rel = At(i).rel;
    if (rel == Rel::kMark) Claim(i);
    if (rel == Rel::kRelcl || rel == Rel::kAcl) Content(i);
    if (rel == Rel::kConj) Remark(i);
    if (rel == Rel::kObj) SpeakerBehind(i);
    if (rel == Rel::kCop) ClausalPredicate(i);
    if (rel == Rel::kCase) HangFromNoun(i);
    if (rel == Rel::kCase) HangFromCounted(i);
    if (rel == Rel::kCase) InnerCase(i);
    if (rel == Rel::kAdvcl) Gerund(i);
  }

 private:
  // "a total OF 40 BOATS", "the partners, INCLUDING ROME"
  void HangFromNoun(int mark) {
    const int phrase = At(mark).head;
    if (phrase <= mark || phrase >= size() || At(phrase).rel != Rel::kObl) return;
    const int verb = At(phrase).head;
    if (verb < 0 || verb >= size()) return;
    const std::string_view lemma = At(mark).lemma;
    if (lemma == "of") {
      const int noun = mark - 1;
      const Rel rel = At(noun).rel;
      const bool argument = rel == Rel::kObj || rel == Rel::kObl || rel == Rel::kNsubj;
      const bool of_noun = argument && (IsNoun(noun) || At(noun).pos == Pos::kNum);
      if (of_noun && At(noun).head == verb && verb < mark && !TakesOf(At(verb).lemma)) {
        Hang(phrase, noun, Rel::kNmod);
      }
    } else if (lemma == "include" || lemma == "including") {
      int noun = mark - 1;
      while (noun > 0 && At(noun).pos == Pos::kPunct) --noun;
      if (IsNoun(noun) && !IsBelow(noun, phrase)) Hang(phrase, noun, Rel::kNmod);
    }
  }

  // "WITH more than 40 boats", the preposition hung from what is said of the number.
  void HangFromCounted(int preposition) {
    constexpr int kMaxClimb = 4;  // "million", "8", "more"
    int word = At(preposition).head;
    if (word != preposition + 1 || At(word).rel != Rel::kAdvmod) return;
    word = At(word).head;
    for (int steps = 0; steps < kMaxClimb && word > preposition && word < size(); ++steps) {
      if (IsNoun(word)) {
        if (steps > 0) At(preposition).head = word;
        return;
      }
      if (At(word).pos != Pos::kNum) return;
      word = At(word).head;
    }
  }

  // "less THAN a third": no preposition, whatever the parser calls it.
  void InnerCase(int mark) {
    if (At(mark).lemma == "than" && At(mark).value != kNone &&
        At(mark).value == At(mark - 1).value && !IsBelow(mark - 1, mark)) {
      Hang(mark, mark - 1, Rel::kFixed);
    }
  }

  // "denied SENDING arms"
  void Gerund(int gerund) {
    const int verb = At(gerund).head;
    if (verb != gerund - 1 || At(gerund).xpos != "VBG" || !TakesGerund(At(verb).lemma)) return;
    At(gerund).rel = Rel::kXcomp;
  }

  // "Oslo REPORTS that ...", the verb taken for a noun; "said last month THAT six were among ...",
  // the claim hung from the month.
  void Claim(int mark) {
    if (At(mark).lemma != "that") return;
    int clause = At(mark).head;
    if (clause < 0 || clause >= size()) return;
    if (At(clause).rel == Rel::kAcl && At(clause).head >= 0 &&
        HasChild(At(clause).head, Rel::kCop)) {
      clause = At(clause).head;  // "that six WERE among THOSE killed", the mark hung from "killed"
    }
    const int governor = At(clause).head;
    if (governor < 0 || governor >= size() || governor >= mark) return;
    Word& word = At(governor);
    if (At(clause).rel == Rel::kCcomp && word.pos == Pos::kNoun &&
        HasChild(governor, Rel::kNsubj) && !HasChild(governor, Rel::kCop)) {
      word.pos = Pos::kVerb;
      word.xpos = "VBZ";
    }
    if (At(clause).rel == Rel::kNmod && word.pos == Pos::kNoun && IsVerb(word.head) &&
        HandsOn(StanceOfVerb(At(word.head).lemma))) {
      Hang(clause, word.head, Rel::kCcomp);
    }
  }

  // "rumours THAT HE SOLD IT", read as if "that" were what he sold; "asked HOW HE LEFT", read as if
  // the asking were a noun.
  void Content(int clause) {
    const int governor = At(clause).head;
    if (governor < 0 || governor >= clause) return;
    if (IsVerb(governor)) {
      if (HasChild(clause, Rel::kNsubj) && !HasChild(governor, Rel::kCcomp)) {
        At(clause).rel = Rel::kCcomp;
      }
      return;
    }
    const Stance stance = StanceOfNoun(At(governor).lemma);
    if (stance == Stance::kNeutral || At(clause).rel != Rel::kRelcl) return;
    int that = kNone, objects = 0;
    for (int i = governor + 1; i < size(); ++i) {
      if (At(i).head != clause || At(i).rel != Rel::kObj) continue;
      ++objects;
      if (At(i).lemma == "that" && i < clause) that = i;
    }
    if (that == kNone || objects < 2) return;
    At(that).rel = Rel::kMark;
    At(clause).rel = Rel::kAcl;
  }

  // "Ships left, Ann SAID": no second thing that happened.
  void Remark(int verb) {
    if (!IsVerb(verb) || !IsRemarkable(StanceOfVerb(At(verb).lemma)) || At(verb).head > verb)
      return;
    if (HasChild(verb, Rel::kCc) || HasChild(verb, Rel::kObj) || HasChild(verb, Rel::kCcomp))
      return;
    if (HasChild(verb, Rel::kNsubj)) At(verb).rel = Rel::kParataxis;
  }

  // "“Who pays?” asked ANN": she asked, and was not asked.
  void SpeakerBehind(int name) {
    const int verb = At(name).head;
    if (At(name).kind != NameKind::kPerson || !IsVerb(verb) || verb > name) return;
    const std::string_view lemma = At(verb).lemma;
    if (lemma != "ask" && !IsRemarkable(StanceOfVerb(lemma))) return;
    const int content = Child(verb, Rel::kCcomp);
    if (content == kNone || content > verb || HasChild(verb, Rel::kNsubj)) return;
    At(name).rel = Rel::kNsubj;
  }

  // "The trouble IS that ships sank": two clauses, and the copula heads the first.
  void ClausalPredicate(int copula) {
    const int verb = At(copula).head;
    if (verb <= copula || !IsVerb(verb) || !At(verb).xpos.starts_with("VB")) return;
    if (At(verb).xpos == "VBN" || At(verb).xpos == "VBG") return;
    const int subject = Child(verb, Rel::kNsubjOuter);
    if (subject == kNone || subject > copula || !HasChild(verb, Rel::kMark)) return;
    if (At(subject).lemma == "it") return;  // "It was in May that ships sank": one clause
    Hang(copula, At(verb).head, At(verb).rel);
    Hang(verb, copula, HasChild(verb, Rel::kNsubj) ? Rel::kCcomp : Rel::kXcomp);
    for (int i = 0; i < copula; ++i) {
      if (At(i).head != verb) continue;
      At(i).head = copula;
      if (i == subject) At(i).rel = Rel::kNsubj;
    }
  }
};

}  // namespace

void Mend(std::vector<Word>* words) {
  Mender mender(words);
  for (int i = 1; i < static_cast<int>(words->size()); ++i) {
    MendSubject(words, i);
    MendName(words, i);
    mender.Mend(i);
  }
}

}  // namespace dossier::openie
