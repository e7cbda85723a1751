#include "plugins/openie/nominal.h"

#include <algorithm>

#include "plugins/openie/lexicon.h"
#include "plugins/openie/mention.h"
#include "plugins/openie/title.h"

namespace dossier::openie {
namespace {

bool IsActionNoun(std::string_view lemma) {
  for (std::string_view ending : {"ment", "tion", "sion", "ance", "ence", "al", "ing"}) {
    if (lemma.size() > ending.size() + 3 && lemma.ends_with(ending)) return true;
  }
  for (std::string_view noun :
       {"attack",   "ban",      "capture", "claim",     "control", "coverage", "death",
        "defeat",   "delivery", "denial",  "departure", "export",  "failure",  "handover",
        "import",   "lack",     "launch",  "loss",      "murder",  "need",     "offer",
        "purchase", "pursuit",  "release", "sale",      "search",  "seizure",  "share",
        "strike",   "study",    "support", "transfer",  "use",     "visit",    "withdrawal"}) {
    if (lemma == noun) return true;
  }
  return false;
}

// Nouns for what happens to, or with, those it is "of".
bool IsHappening(std::string_view lemma) {
  for (std::string_view noun : {"absence", "arrival", "death", "departure", "involvement",
                                "participation", "presence", "retreat", "return", "withdrawal"}) {
    if (lemma == noun) return true;
  }
  return false;
}

class NominalReader {
 public:
  NominalReader(const Tree& tree, Clauses* out) : tree_(tree), out_(*out) {}

  void Read() {
    for (int i = 0; i < tree_.size() && added_ < kMaxFrames; ++i) {
      Apposition(i);
      switch (tree_[i].rel) {
        case Rel::kNmodPoss:
          Possession(i);
          break;
        case Rel::kNmod:
          Inclusion(i);
          Kind(i);
          Encounter(i);
          Location(i);
          break;
        default:
          break;
      }
      Action(i);
      Evidence(i);
    }
    for (const TitledName& titled : FindTitles(tree_)) {
      if (added_ < kMaxFrames) Title(titled);
    }
  }

 private:
  Frame* Add(Rule rule, const Argument& subject, int head) {
    Frame f;
    f.rule = rule;
    f.head = head;
    f.parent = out_.clause[static_cast<size_t>(head)];
    f.supplied = true;
    f.has_subject = true;
    f.subject = subject;
    ++added_;
    out_.frames.push_back(std::move(f));
    return &out_.frames.back();
  }

  // "Ann Lee, A LAWYER, ...": Ann Lee is a lawyer.
  void Apposition(int i) {
    const int host = AppositionHost(tree_, i);
    if (host == kNone || !IsNominal(tree_[i].pos) || !IsNominal(tree_[host].pos)) return;
    const bool swap = tree_[i].pos == Pos::kPropn && tree_[host].pos == Pos::kNoun;
    Frame* f =
        Add(Rule::kApposition, swap ? Argument{Slot::kObject, i} : Argument{Slot::kObject, host, i},
            swap ? host : i);
    f->copular = true;
    f->arguments.push_back(swap ? Argument{Slot::kPredicate, host, i}
                                : Argument{Slot::kPredicate, i});
  }

  // "the PORT CITY OF Bari": Bari is a port city.
  void Kind(int i) {
    const int kind = tree_[i].head, mark = tree_.Child(i, Rel::kCase);
    if (mark == kNone || tree_[mark].lemma != "of" || tree_[i].pos != Pos::kPropn) return;
    if (tree_[kind].pos != Pos::kNoun || !IsKindOfPlace(tree_[kind].lemma)) return;
    Frame* f = Add(Rule::kApposition, {Slot::kObject, i}, kind);
    f->copular = true;
    f->arguments.push_back({Slot::kPredicate, kind, i});
  }

  // "spoke of it during TALKS WITH the union": who speaks has talks with the union.
  void Encounter(int i) {
    const int event = tree_[i].head, mark = tree_.Child(i, Rel::kCase);
    if (mark == kNone || tree_[mark].lemma != "with") return;
    if (!IsEncounter(tree_[event].lemma) || tree_[event].head == kNone) return;
    const int f = out_.frame_of[static_cast<size_t>(tree_[event].head)];
    if (f == kNone) return;
    const Frame& clause = out_.frames[static_cast<size_t>(f)];
    if (!clause.has_subject || clause.passive || !IsSetting(event)) return;
    const Argument subject = clause.subject;
    std::vector<Argument> arguments{{Slot::kOblique, i}};
    for (Argument a : clause.arguments) {
      if (!tree_[a.head].is_time) continue;
      a.shared = true;
      arguments.push_back(a);
    }
    Add(Rule::kNominal, subject, event)->arguments = std::move(arguments);
  }

  // "DURING talks", "AT a meeting"
  bool IsSetting(int event) const {
    const int mark = tree_.Child(event, Rel::kCase);
    if (tree_[event].rel != Rel::kObl || mark == kNone) return false;
    const std::string_view lemma = tree_[mark].lemma;
    return lemma == "during" || lemma == "in" || lemma == "at" || lemma == "after";
  }

  // "FOREIGN MINISTER Ann Lee": Ann Lee is foreign minister.
  void Title(const TitledName& titled) {
    const int title = titled.title.head;
    Frame* f = Add(Rule::kTitle, {Slot::kObject, titled.name.head, title}, title);
    f->copular = true;
    f->arguments.push_back({Slot::kPredicate, title});
  }

  // "the STATION'S roof": the station has a roof.
  void Possession(int i) {
    if (tree_[i].pos == Pos::kPron) return;
    const int owned = tree_[i].head;
    Frame* f = Add(Rule::kPossessive, {Slot::kObject, i}, owned);
    f->arguments.push_back({Slot::kObject, owned, i});
  }

  // "cities INCLUDING ROME": the cities include Rome.
  void Inclusion(int i) {
    const int mark = tree_.Child(i, Rel::kCase);
    if (mark == kNone) return;
    const std::string_view lemma = tree_[mark].lemma;
    const bool such_as = lemma == "such" && tree_.Has(mark, Rel::kFixed);
    if (lemma != "include" && lemma != "including" && !such_as) return;
    Frame* f = Add(Rule::kInclusion, {Slot::kObject, tree_[i].head, i}, i);
    f->arguments.push_back({Slot::kObject, i, kNone, mark});
  }

  // "the envoys IN ROME": the envoys are in Rome.
  void Location(int i) {
    const int mark = tree_.Child(i, Rel::kCase);
    if (mark == kNone || tree_.Has(mark, Rel::kFixed)) return;
    const std::string_view lemma = tree_[mark].lemma;
    if (!IsPlacePreposition(lemma) && lemma != "on") return;
    Frame* f = Add(Rule::kLocation, {Slot::kObject, tree_[i].head, i}, i);
    f->copular = true;
    f->arguments.push_back({Slot::kPredicate, i});
  }

  // "the UNION'S old roof and lack of money": the union has both.
  int Possessor(int noun) const {
    const int own = tree_.Child(noun, Rel::kNmodPoss);
    if (own != kNone || tree_[noun].rel != Rel::kConj) return own;
    const bool other = tree_.Has(noun, Rel::kDet) || tree_.Has(noun, Rel::kNummod);
    return other ? kNone : tree_.Child(tree_[noun].head, Rel::kNmodPoss);
  }

  // "the UNION'S EXPULSION of the envoy"
  void Action(int i) {
    if (tree_[i].pos != Pos::kNoun || !IsActionNoun(tree_[i].lemma)) return;
    const int actor = Possessor(i);
    if (actor == kNone || tree_[actor].pos == Pos::kPron) return;
    std::vector<Argument> arguments;
    for (int c : tree_.children(i)) {
      if (tree_[c].rel == Rel::kNmod && tree_.Has(c, Rel::kCase)) {
        arguments.push_back({Slot::kOblique, c});
      }
    }
    const bool of = std::ranges::any_of(arguments, [&](const Argument& a) {
      return tree_[tree_.Child(a.head, Rel::kCase)].lemma == "of";
    });
    if (!of) return;
    Add(Rule::kNominal, {Slot::kObject, actor}, i)->arguments = std::move(arguments);
  }

  // "no evidence of NORTHERN PRESENCE", "signs of the PRESENCE of THE FLEET": of what there is
  // evidence, or none.
  void Evidence(int i) {
    const int event = tree_[i].head, mark = tree_.Child(i, Rel::kCase);
    if (tree_[i].rel != Rel::kNmod || mark == kNone || tree_[mark].lemma != "of") return;
    if (tree_[i].pos != Pos::kNoun || !IsEvidenceNoun(tree_[event].lemma)) return;
    const int who = WhoTakesPart(i);
    if (who == kNone || tree_[who].pos == Pos::kPron) return;
    Frame* f = Add(Rule::kNominal, {Slot::kObject, who}, i);
    for (int c : tree_.children(i)) {
      if (c != who && tree_[c].rel == Rel::kNmod && tree_.Has(c, Rel::kCase)) {
        f->arguments.push_back({Slot::kOblique, c});
      }
    }
  }

  // "NORTHERN presence", "the FLEET'S arrival", "the presence of THE FLEET"
  int WhoTakesPart(int event) const {
    if (const int owner = Possessor(event); owner != kNone) return owner;
    for (int c : tree_.children(event)) {
      if (c < event && tree_[c].name != kNone && tree_[c].kind != NameKind::kOther) return c;
    }
    if (!IsHappening(tree_[event].lemma)) return kNone;
    for (int c : tree_.children(event)) {
      const int mark = tree_.Child(c, Rel::kCase);
      if (tree_[c].rel == Rel::kNmod && mark != kNone && tree_[mark].lemma == "of") return c;
    }
    return kNone;
  }

  const Tree& tree_;
  Clauses& out_;
  size_t added_ = 0;
};

}  // namespace

void ReadNominals(const Tree& tree, Clauses* clauses) { NominalReader(tree, clauses).Read(); }

}  // namespace dossier::openie
