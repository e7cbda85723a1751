#include "plugins/openie/mend_names.h"

#include <string_view>

#include "plugins/openie/draft.h"
#include "plugins/openie/lexicon.h"

namespace dossier::openie {
namespace {

class NameMender : Draft {
 public:
  using Draft::Draft;

  void Mend(int i) {
    const Rel rel = At(i).rel;
    if (At(i).kind == NameKind::kPerson) TitleBeside(i);
    if (rel == Rel::kAmod || rel == Rel::kCompound) RoleBeforeComma(i);
    if (At(i).text == "-") HyphenInName(i);
    if (rel == Rel::kCase) Owner(i);
    if (rel == Rel::kAppos) NameOverTitle(i);
  }

 private:
  // "asked LEADER Ann Lee", two objects: one.
  void TitleBeside(int name) {
    const int title = name - 1;
    const bool office = At(title).pos == Pos::kNoun && At(title).name == kNone &&
                        At(title).xpos == "NN" && IsRoleNoun(At(title).lemma);
    if (office && At(title).head == At(name).head && At(title).head >= 0) {
      Hang(title, name, Rel::kNmodDesc);
    }
  }

  // "Its chief EXECUTIVE, Ann Lee": beside the name, not before it.
  void RoleBeforeComma(int role) {
    const int name = At(role).head;
    if (name != role + 2 || name >= size() || At(role + 1).text != ",") return;
    if (At(name).kind != NameKind::kPerson || !IsRoleNoun(At(role).lemma)) return;
    At(role).rel = Rel::kAppos;
    At(role).pos = Pos::kNoun;
    At(role).xpos = "NN";
  }

  // "Kim Yong-HYUN", cut by the name layer or the parser.
  void HyphenInName(int hyphen) {
    const int last = hyphen - 1, next = hyphen + 1;
    if (next >= size() || At(last).kind != NameKind::kPerson) return;
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

  // "leader ANN Lee left": she did; "leader" is her title.
  void NameOverTitle(int name) {
    const int title = At(name).head;
    if (title != name - 1 || At(name).kind != NameKind::kPerson || At(title).pos != Pos::kNoun)
      return;
    if (At(title).name != kNone) return;
    Hang(name, At(title).head, At(title).rel);
    Hang(title, name, Rel::kNmodDesc);
    for (int i = 0; i < size(); ++i) {  // the preposition and the rest of a list
      if (At(i).head != title || i == name) continue;
      if (At(i).rel == Rel::kCase || At(i).rel == Rel::kConj) At(i).head = name;
    }
  }

  // "helped the UNION 's ships", read as if the union were helped: the noun that follows is.
  void Owner(int mark) {
    constexpr int kMaxWords = 8;  // in between
    const int owner = At(mark).head;
    if (At(mark).xpos != "POS" || owner < 0 || owner >= mark || At(owner).rel == Rel::kNmodPoss) {
      return;
    }
    for (int i = mark + 1; i < size() && i <= mark + kMaxWords; ++i) {
      if (!IsNoun(i) || At(i).head != At(owner).head) continue;
      if (At(i).rel == Rel::kObj || At(i).rel == At(owner).rel) {
        Hang(owner, i, Rel::kNmodPoss);
        return;
      }
    }
  }
};

}  // namespace

void MendName(std::vector<Word>* words, int i) { NameMender(words).Mend(i); }

}  // namespace dossier::openie
