#include "plugins/openie/mend.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "plugins/openie/lexicon.h"

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

class Mender {
 public:
  explicit Mender(std::vector<Word>* words) : words_(*words) {}

  void Mend() {
    for (int i = 1; i < Size(); ++i) {
      const Rel rel = At(i).rel;
      if (rel == Rel::kMark) Claim(i);
      if (rel == Rel::kRelcl || rel == Rel::kAcl) Content(i);
      if (rel == Rel::kAppos) SubjectBehindSource(i);
      if (rel == Rel::kNsubj) Both(i);
      if (rel == Rel::kConj) Remark(i);
      if (At(i).kind == NameKind::kPerson) TitleBeside(i);
      if (rel == Rel::kObj) SpeakerBehind(i);
      if (rel == Rel::kAmod || rel == Rel::kCompound) RoleBeforeComma(i);
      if (rel == Rel::kCsubj) DueTo(i);
      if (At(i).text == "-") HyphenInName(i);
      if (rel == Rel::kCase) HangFromNoun(i);
      if (rel == Rel::kCase) HangFromCounted(i);
      if (rel == Rel::kAppos) NameOverTitle(i);
      if (rel == Rel::kCsubj) ParticipleOfSubject(i);
      if (rel == Rel::kAdvcl) Gerund(i);
    }
  }

 private:
  int Size() const { return static_cast<int>(words_.size()); }
  Word& At(int i) { return words_[static_cast<size_t>(i)]; }
  bool IsNoun(int i) { return At(i).pos == Pos::kNoun || At(i).pos == Pos::kPropn; }

  // Whether `word` stands at or below `head`; true as well when that is far to see.
  bool IsBelow(int word, int head) {
    constexpr int kMaxClimb = 32;
    for (int steps = 0; steps < kMaxClimb; ++steps) {
      if (word == head) return true;
      if (word < 0 || word >= Size()) return false;
      word = At(word).head;
    }
    return true;
  }

  void Hang(int word, int head, Rel rel) {
    At(word).head = head;
    At(word).rel = rel;
  }

  // "a total OF 40 BOATS", "the partners, INCLUDING ROME"
  void HangFromNoun(int mark) {
    const int phrase = At(mark).head;
    if (phrase <= mark || phrase >= Size() || At(phrase).rel != Rel::kObl) return;
    const int verb = At(phrase).head;
    if (verb < 0 || verb >= Size()) return;
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
    for (int steps = 0; steps < kMaxClimb && word > preposition && word < Size(); ++steps) {
      if (IsNoun(word)) {
        if (steps > 0) At(preposition).head = word;
        return;
      }
      if (At(word).pos != Pos::kNum) return;
      word = At(word).head;
    }
  }

  // "leader ANN Lee left": she did; "leader" is her title.
  void NameOverTitle(int name) {
    const int title = At(name).head;
    if (title != name - 1 || At(name).kind != NameKind::kPerson || At(title).pos != Pos::kNoun)
      return;
    if (At(title).name != kNone) return;
    Hang(name, At(title).head, At(title).rel);
    Hang(title, name, Rel::kNmodDesc);
    for (int i = 0; i < Size(); ++i) {  // the preposition and the rest of a list
      if (At(i).head != title || i == name) continue;
      if (At(i).rel == Rel::kCase || At(i).rel == Rel::kConj) At(i).head = name;
    }
  }

  // "officials SPECIALIZING in law might join": the officials do; a subject that follows it is what
  // it is done to ("a nation ENTERING the war could lose").
  void ParticipleOfSubject(int participle) {
    const std::string_view tag = At(participle).xpos;
    const int verb = At(participle).head, noun = participle - 1;
    if ((tag != "VBG" && tag != "VBN") || verb <= participle || verb >= Size()) return;
    if (!IsNoun(noun) || At(noun).head != verb || !IsSubject(At(noun).rel)) return;
    Hang(participle, noun, Rel::kAcl);
    for (int i = participle + 1; i < verb; ++i) {
      if (At(i).head == verb && IsSubject(At(i).rel)) Hang(i, participle, Rel::kObj);
    }
  }

  // "denied SENDING arms"
  void Gerund(int gerund) {
    const int verb = At(gerund).head;
    if (verb != gerund - 1 || At(gerund).xpos != "VBG" || !TakesGerund(At(verb).lemma)) return;
    At(gerund).rel = Rel::kXcomp;
  }

  bool HasChild(int head, Rel rel) { return Child(head, rel) != kNone; }
  int Child(int head, Rel rel) {
    for (int i = 0; i < Size(); ++i) {
      if (At(i).head == head && At(i).rel == rel) return i;
    }
    return kNone;
  }
  bool IsVerb(int i) { return i >= 0 && i < Size() && At(i).pos == Pos::kVerb; }

  // "Oslo REPORTS that ...", the verb taken for a noun; "said last month THAT six were among ...",
  // the claim hung from the month.
  void Claim(int mark) {
    if (At(mark).lemma != "that") return;
    int clause = At(mark).head;
    if (clause < 0 || clause >= Size()) return;
    if (At(clause).rel == Rel::kAcl && At(clause).head >= 0 &&
        HasChild(At(clause).head, Rel::kCop)) {
      clause = At(clause).head;  // "that six WERE among THOSE killed", the mark hung from "killed"
    }
    const int governor = At(clause).head;
    if (governor < 0 || governor >= Size() || governor >= mark) return;
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
    for (int i = governor + 1; i < Size(); ++i) {
      if (At(i).head != clause || At(i).rel != Rel::kObj) continue;
      ++objects;
      if (At(i).lemma == "that" && i < clause) that = i;
    }
    if (that == kNone || objects < 2) return;
    At(that).rel = Rel::kMark;
    At(clause).rel = Rel::kAcl;
  }

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

  // "Ships left, Ann SAID": no second thing that happened.
  void Remark(int verb) {
    if (!IsVerb(verb) || !IsRemarkable(StanceOfVerb(At(verb).lemma)) || At(verb).head > verb)
      return;
    if (HasChild(verb, Rel::kCc) || HasChild(verb, Rel::kObj) || HasChild(verb, Rel::kCcomp))
      return;
    if (HasChild(verb, Rel::kNsubj)) At(verb).rel = Rel::kParataxis;
  }

  // "asked LEADER Ann Lee", two objects: one.
  void TitleBeside(int name) {
    const int title = name - 1;
    const bool office = At(title).pos == Pos::kNoun && At(title).name == kNone &&
                        At(title).xpos == "NN" && IsRoleNoun(At(title).lemma);
    if (office && At(title).head == At(name).head && At(title).head >= 0) {
      Hang(title, name, Rel::kNmodDesc);
    }
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

  // "Its chief EXECUTIVE, Ann Lee": beside the name, not before it.
  void RoleBeforeComma(int role) {
    const int name = At(role).head;
    if (name != role + 2 || name >= Size() || At(role + 1).text != ",") return;
    if (At(name).kind != NameKind::kPerson || !IsRoleNoun(At(role).lemma)) return;
    At(role).rel = Rel::kAppos;
    At(role).pos = Pos::kNoun;
    At(role).xpos = "NN";
  }

  // "Ann was DUE to leave": she, and no leaving, was due.
  void DueTo(int verb) {
    const int due = At(verb).head;
    if (due != verb - 2 || due < 0 || At(due).pos != Pos::kAdj || At(due + 1).lemma != "to") return;
    At(verb).rel = Rel::kXcomp;
    Hang(due + 1, verb, Rel::kMark);
    for (int i = 0; i < due; ++i) {
      if (At(i).head != verb) continue;
      if (IsSubject(At(i).rel)) Hang(i, due, Rel::kNsubj);
      if (At(i).rel == Rel::kCop || At(i).rel == Rel::kAux) Hang(i, due, At(i).rel);
    }
  }

  // "Kim Yong-HYUN", cut by the name layer or the parser.
  void HyphenInName(int hyphen) {
    const int last = hyphen - 1, next = hyphen + 1;
    if (next >= Size() || At(last).kind != NameKind::kPerson) return;
    if (At(last).end != At(hyphen).begin || At(hyphen).end != At(next).begin) return;
    const bool lower = At(next).text.front() >= 'a' && At(next).text.front() <= 'z';
    if (!lower || IsBelow(last, next)) return;
    for (int i : {hyphen, next}) {
      At(i).name = At(last).name;
      At(i).kind = At(last).kind;
    }
    Hang(next, last, Rel::kFlat);
    At(next).pos = Pos::kPropn;
    At(next).xpos = "NNP";
  }

  std::vector<Word>& words_;
};

}  // namespace

void Mend(std::vector<Word>* words) { Mender(words).Mend(); }

}  // namespace dossier::openie
