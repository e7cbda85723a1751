#include "plugins/openie/triples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/openie/phrase.h"
#include "plugins/openie/sentence.h"
#include "plugins/openie/tree_text.h"

namespace dossier::openie {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Words(const Tree& tree, const Phrase& phrase) {
  std::vector<int> tokens;
  for (int i = phrase.begin; i < phrase.end; ++i) tokens.push_back(i);
  return Join(tree, tokens);
}

const char* Name(Modality modality) {
  constexpr const char* kNames[] = {"asserted", "reported",    "planned",
                                    "possible", "conditional", "denied"};
  return kNames[static_cast<size_t>(modality)];
}

// "subject | predicate | object [| role: words ...] [not] [modality] [by source ...]"
std::vector<std::string> Statements(std::string_view line) {
  constexpr const char* kRoles[] = {"time", "place", "purpose", "quantity", "with",
                                    "to",   "from",  "of",      "other"};
  const TreeText text(line);
  const Tree& tree = text.tree();
  const Clauses clauses = ReadSentence(tree);
  std::vector<std::string> out;
  for (const Frame& frame : clauses.frames) {
    std::vector<Statement> statements;
    RenderStatements(tree, clauses, frame, &statements);
    for (const Statement& s : statements) {
      std::string shown = Words(tree, s.subject) + " | " + s.predicate +
                          (s.object.empty() ? "" : " | " + Words(tree, s.object));
      for (const Qualifier& q : s.qualifiers) {
        shown +=
            std::string(" | ") + kRoles[static_cast<size_t>(q.role)] + ": " + Words(tree, q.phrase);
      }
      if (frame.polarity == Polarity::kNegative) shown += " not";
      if (frame.modality != Modality::kAsserted) shown += std::string(" ") + Name(frame.modality);
      for (int source : frame.sources) {
        shown += " by " + std::string(tree[source].text);
      }
      out.push_back(std::move(shown));
    }
  }
  return out;
}

TEST(Triples, WhatThereIsMayBeAListOrNoNoun) {
  EXPECT_THAT(
      Statements(
          "There/EX/expl/2 were=be/VBD/root/0 three/CD/nummod/4 ships/NNS/nsubj/2 and/CC/cc/7 "
          "four/CD/nummod/7 boats/NNS/conj/4 in/IN/case/9 Riga/NNP/obl/2"),
      ElementsAre("There | be | three ships and four boats | place: in Riga"));
  EXPECT_THAT(Statements("There/EX/expl/2 are=be/VBP/root/0 afraid/JJ/nsubj/2"),
              ElementsAre("There | be | afraid"));
}

TEST(Triples, SplitsNamesAndPairsButKeepsLongListsOfThings) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 sent=send/VBD/root/0 tents/NNS/obj/2 and/CC/cc/5 "
                         "food/NN/conj/3 to/IN/case/7 Riga/NNP/obl/2"),
              ElementsAre("Oslo | send | tents | to: to Riga", "Oslo | send | food | to: to Riga"));
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 sent=send/VBD/root/0 tents/NNS/obj/2 ,/,/punct/5 "
                         "food/NN/conj/3 and/CC/cc/7 water/NN/conj/3"),
              ElementsAre("Oslo | send | tents , food and water"));
}

TEST(Triples, PutsThePassiveAndItsPrepositionIntoThePredicate) {
  EXPECT_THAT(Statements("Tents/NNS/nsubj:pass/3 were=be/VBD/aux:pass/3 sent=send/VBN/root/0 "
                         "to/IN/case/5 Riga/NNP/obl/3 on/IN/case/7 Monday/NNP/obl/3/T"),
              ElementsAre("Tents | be sent to | Riga | time: on Monday"));
}

TEST(Triples, AttributesWhatIsSaidAndDropsTheSaying) {
  EXPECT_THAT(Statements("Aides/NNS/nsubj/2 said=say/VBD/root/0 he/PRP/nsubj/4 "
                         "signed=sign/VBD/ccomp/2 it/PRP/obj/4"),
              ElementsAre("he | sign | it reported by Aides"));
  EXPECT_THAT(Statements("He/PRP/nsubj/2 signed=sign/VBD/root/0 it/PRP/obj/2 ,/,/punct/6 "
                         "aides/NNS/nsubj/6 say/VBP/parataxis/2"),
              ElementsAre("He | sign | it reported by aides"));
  EXPECT_THAT(Statements("According/VBG/case/4 to/IN/fixed/1 local/JJ/amod/4 aides/NNS/obl/7 "
                         ",/,/punct/4 he/PRP/nsubj/7 signed=sign/VBD/root/0 it/PRP/obj/7"),
              ElementsAre("he | sign | it reported by aides"));
}

TEST(Triples, KeepsSayingThatIsNews) {
  EXPECT_THAT(Statements("Aides/NNS/nsubj/2 denied=deny/VBD/root/0 that/IN/mark/5 he/PRP/nsubj/5 "
                         "signed=sign/VBD/ccomp/2 it/PRP/obj/5"),
              ElementsAre("Aides | deny | he signed it", "he | sign | it denied by Aides"));
}

TEST(Triples, NestsSpeakersOutermostFirst) {
  EXPECT_THAT(Statements("Papers/NNS/nsubj/2 say/VBP/root/0 aides/NNS/nsubj/4 "
                         "believe/VBP/ccomp/2 he/PRP/nsubj/6 signed=sign/VBD/ccomp/4 it/PRP/obj/6"),
              ElementsAre("he | sign | it reported by Papers by aides"));
}

TEST(Triples, ReadsPolarityAndModalityFromTheirScope) {
  EXPECT_THAT(Statements("He/PRP/nsubj/4 did=do/VBD/aux/4 not/RB/advmod/4 sign/VB/root/0 "
                         "it/PRP/obj/4"),
              ElementsAre("He | sign | it not"));
  EXPECT_THAT(Statements("He/PRP/nsubj/3 may/MD/aux/3 sign/VB/root/0 no/DT/det/5 deal/NN/obj/3"),
              ElementsAre("He | sign | no deal not possible"));
  EXPECT_THAT(Statements("He/PRP/nsubj/3 will/MD/aux/3 sign/VB/root/0 it/PRP/obj/3"),
              ElementsAre("He | sign | it planned"));
  EXPECT_THAT(Statements("He/PRP/nsubj/3 would/MD/aux/3 sign/VB/root/0 it/PRP/obj/3"),
              ElementsAre("He | sign | it conditional"));
  EXPECT_THAT(Statements("He/PRP/nsubj/2 plans=plan/VBZ/root/0 to/TO/mark/4 sign/VB/xcomp/2 "
                         "it/PRP/obj/4"),
              ElementsAre("He | plan to sign | it planned"));
  EXPECT_THAT(Statements("He/PRP/nsubj/4 could/MD/aux/4 not/RB/advmod/4 sign/VB/root/0 "
                         "it/PRP/obj/4"),
              ElementsAre("He | sign | it not"));
}

TEST(Triples, NeitherDoesNorLeaves) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/4/O has=have/VBZ/aux/4 neither/CC/cc/4 "
                         "confirmed=confirm/VBN/root/0 nor/CC/cc/6 denied=deny/VBN/conj/4 "
                         "it/PRP/obj/4"),
              ElementsAre("Oslo | confirm | it not", "Oslo | deny | it not"));
}

TEST(Triples, LeavesAgesAndAsidesOutOfNames) {
  EXPECT_THAT(Statements("Ann/NNP/nsubj/8/P ,/,/punct/3 34/CD/nummod/1/Q ,/,/punct/6 a/DT/det/6 "
                         "lawyer/NN/appos/1 ,/,/punct/6 left=leave/VBD/root/0"),
              ElementsAre("Ann | leave", "Ann | be | a lawyer"));
}

TEST(Triples, ReadsTitlesByTreeOrByName) {
  EXPECT_THAT(Statements("Premier/NNP/nmod:desc/2 Ann/NNP/nsubj/4/P Lee/NNP/flat/2/P "
                         "left=leave/VBD/root/0"),
              ElementsAre("Premier Ann Lee | leave", "Ann Lee | be | Premier"));
}

TEST(Triples, FindsOneTitleBeforeAName) {
  // The tree and the name layer both err; the noun of office tells.
  EXPECT_THAT(Statements("Talvian/JJ/amod/5 Press/NNP/compound/3/P Secretary/NNP/nmod:desc/5/P "
                         "Gen./NNP/nmod:desc/5/P Ann/NNP/nsubj/7/P Lee/NNP/flat/5/P "
                         "left=leave/VBD/root/0"),
              Contains("Ann Lee | be | Talvian Press Secretary"));
  EXPECT_THAT(
      Statements("Aides/NNS/nsubj/2 told=tell/VBD/root/0 US/NNP/compound/4 "
                 "Secretary/NNP/nmod:desc/6 General/NNP/nmod:desc/6 Bo/NNP/obj/2/P"),
      ElementsAre("Aides | tell | US Secretary General Bo", "Bo | be | US Secretary General"));
}

TEST(Triples, RemindersAreNoNews) {
  EXPECT_THAT(Statements("Lee/NNP/nsubj/6/P ,/,/punct/4 the/DT/det/4 lawyer/NN/appos/1 ,/,/punct/4 "
                         "left=leave/VBD/root/0"),
              ElementsAre("Lee | leave"));
}

TEST(Triples, TakesTheTimeFromBelowTheObject) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 sent=send/VBD/root/0 tents/NNS/obj/2 to/IN/case/5 "
                         "Riga/NNP/nmod/3 on/IN/case/7 Monday/NNP/nmod/5/T"),
              ElementsAre("Oslo | send | tents to Riga on Monday | time: on Monday"));
}

TEST(Triples, LeavesTheSourceOutOfPhrases) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 sold=sell/VBD/root/0 arms/NNS/obj/2 ,/,/punct/7 "
                         "according/VBG/case/7 to/IN/fixed/5 aides/NNS/nmod/3 ././punct/2"),
              Contains("Oslo | sell | arms reported by aides"));
}

TEST(Triples, WhatHangsOnTheUnrealIsUnreal) {
  EXPECT_THAT(Statements("He/PRP/nsubj/3 may/MD/aux/3 leave/VB/root/0 after/IN/mark/5 "
                         "selling=sell/VBG/advcl/3 arms/NNS/obj/5"),
              Contains("He | sell | arms possible"));
  EXPECT_THAT(Statements("He/PRP/nsubj/3 may/MD/aux/3 send/VB/root/0 a/DT/det/5 team/NN/obj/3 "
                         "trained=train/VBN/acl/5 in/IN/case/8 Rome/NNP/obl/6"),
              Contains("a team | be trained in | Rome possible"));
  EXPECT_THAT(Statements("He/PRP/nsubj/3 may/MD/aux/3 send/VB/root/0 the/DT/det/5 team/NN/obj/3 "
                         "trained=train/VBN/acl/5 in/IN/case/8 Rome/NNP/obl/6"),
              Contains("the team | be trained in | Rome"));
  EXPECT_THAT(Statements("He/PRP/nsubj/3 could/MD/aux/3 sell/VB/root/0 arms/NNS/obj/3 "
                         "depending=depend/VBG/case/7 on/IN/case/7 talks/NNS/obl/3"),
              Contains("He | sell | arms | other: depending on talks conditional"));
}

TEST(Triples, FindsTheObjectBehindAnotherPhrase) {
  EXPECT_THAT(Statements("They/PRP/nsubj/2 train/VBP/root/0 in/IN/case/4 Rome/NNP/obl/2 "
                         "40/CD/nummod/6 men/NNS/obl/2"),
              ElementsAre("They | train | 40 men | place: in Rome"));
  EXPECT_THAT(Statements("They/PRP/nsubj/2 train/VBP/root/0 in/IN/case/4 Rome/NNP/obl/2 "
                         "two/CD/nummod/6/T days=day/NNS/obl/2/T"),
              ElementsAre("They | train in | Rome | time: two days"));
}

TEST(Triples, ReadsWhichWhereverItHangs) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 held=hold/VBD/root/0 drills/NNS/obj/2 ,/,/punct/7 "
                         "which/WDT/obj/7 Riga/NNP/nsubj/7 fears=fear/VBZ/conj/2"),
              Contains("Riga | fear | drills"));
}

TEST(Triples, TakesAppositionsOfPersonsToTheirNoun) {
  EXPECT_THAT(
      Statements("A/DT/det/2 spokesman/NN/nsubj/8 for/IN/case/4 Oslo/NNP/nmod/2/O ,/,/punct/6 "
                 "Ann/NNP/conj/4/P ,/,/punct/2 left=leave/VBD/root/0"),
      ElementsAre("A spokesman for Oslo | leave", "Ann | be | A spokesman for Oslo"));
}

TEST(Triples, NamesWhoActsInNounsOfAction) {
  EXPECT_THAT(Statements("Aides/NNS/nsubj/2 cited=cite/VBD/root/0 Oslo/NNP/nmod:poss/6 "
                         "'s/POS/case/3 old/JJ/amod/6 fleet/NN/obj/2 and/CC/cc/8 lack/NN/conj/6 "
                         "of/IN/case/10 money/NN/nmod/8"),
              Contains("Oslo | lack of | money"));
}

TEST(Triples, ScheduledIsPlanned) {
  EXPECT_THAT(
      Statements("Talks/NNS/nsubj:pass/3 are=be/VBP/aux:pass/3 scheduled=schedule/VBN/root/0 "
                 "for/IN/case/5 Monday/NNP/obl/3/T"),
      ElementsAre("Talks | be scheduled | time: for Monday planned"));
}

TEST(Triples, TakesPartOfThoseWho) {
  EXPECT_THAT(Statements("Aides/NNS/nsubj/4 were=be/VBD/cop/4 among/IN/case/4 those/DT/root/0 "
                         "killed=kill/VBN/acl/4 in/IN/case/7 Rome/NNP/obl/5"),
              Contains("Aides | be killed in | Rome"));
}

TEST(Triples, ReadsExamples) {
  EXPECT_THAT(Statements("Cities/NNS/nsubj/5 including=include/VBG/case/3 Rome/NNP/nmod/1 "
                         ",/,/punct/3 lost=lose/VBD/root/0 money/NN/obj/5"),
              Contains("Cities | include | Rome"));
}

TEST(Triples, BlamesTheAccusedAndNamesTheAccuser) {
  EXPECT_THAT(Statements("Ann/NNP/nsubj/2 accused=accuse/VBD/root/0 Bo/NNP/obj/2 of/IN/mark/5 "
                         "selling=sell/VBG/advcl/2 arms/NNS/obj/5"),
              ElementsAre("Ann | accuse | Bo | other: of selling arms",
                          "Bo | sell | arms reported by Ann"));
}

TEST(Triples, StatesWhatIsDenied) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 denied=deny/VBD/root/0 selling=sell/VBG/xcomp/2 "
                         "arms/NNS/obj/3"),
              ElementsAre("Oslo | deny | selling arms", "Oslo | sell | arms denied by Oslo"));
}

TEST(Triples, ReadsContentThatHangsFromADate) {
  EXPECT_THAT(Statements("Aides/NNS/nsubj/2 said=say/VBD/root/0 on/IN/case/4 Friday/NNP/obl/2 "
                         "that/WDT/obj/7 Oslo/NNP/nsubj/7 sold=sell/VBD/acl:relcl/4 "
                         "arms/NNS/obj/7"),
              Contains("Oslo | sell | arms reported by Aides"));
}

TEST(Triples, ReadsAsPer) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 sold=sell/VBD/root/0 arms/NNS/obj/2 ,/,/punct/7 "
                         "as/IN/case/7 per/IN/case/7 aides/NNS/obl/2 ././punct/2"),
              ElementsAre("Oslo | sell | arms reported by aides"));
}

TEST(Triples, ReadsReportsAndDoubts) {
  EXPECT_THAT(Statements("There/EX/expl/2 is=be/VBZ/root/0 speculation/NN/nsubj/2 that/IN/mark/6 "
                         "Oslo/NNP/nsubj/6 sold=sell/VBD/acl/3 arms/NNS/obj/6"),
              ElementsAre("Oslo | sell | arms possible by speculation"));
}

TEST(Triples, ReadsWhatIsSaidBeforeAVerbOfSayingWhateverItIsCalled) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 sold=sell/VBD/advcl/6 arms/NNS/obj/2 ,/,/punct/2 "
                         "aides/NNS/nsubj/6 said=say/VBD/root/0"),
              ElementsAre("Oslo | sell | arms reported by aides"));
}

TEST(Triples, ReadsPlansInNouns) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 has=have/VBZ/root/0 a/DT/det/4 plan/NN/obj/2 "
                         "to/TO/mark/6 sell/VB/acl/4 arms/NNS/obj/6"),
              Contains("Oslo | plan to sell | arms planned"));
}

TEST(Triples, ReadsKindsOfPlacesAndEncounters) {
  EXPECT_THAT(Statements("Ann/NNP/nsubj/2 left=leave/VBD/root/0 the/DT/det/5 port/NN/compound/5 "
                         "city/NN/obj/2 of/IN/case/7 Bari/NNP/nmod/5"),
              Contains("Bari | be | the port city"));
  EXPECT_THAT(Statements("Ann/NNP/nsubj/2 protested=protest/VBD/root/0 during/IN/case/4 "
                         "talks=talk/NNS/obl/2 with/IN/case/6 Bo/NNP/nmod/4"),
              Contains("Ann | talk with | Bo"));
}

TEST(Triples, ResolvesARelativeClauseThatHangsFromTheVerb) {
  EXPECT_THAT(Statements("Oslo/NNP/nsubj/2 sold=sell/VBD/root/0 the/DT/det/4 mill/NN/obj/2 "
                         ",/,/punct/7 which/WDT/nsubj/7 closed=close/VBD/advcl/2 "
                         "in/IN/case/9 May/NNP/obl/7/T"),
              Contains("the mill | close | time: in May"));
}

TEST(Triples, StatesNoPurpose) {
  EXPECT_THAT(Statements("Ann/NNP/nsubj/2 came=come/VBD/root/0 to/TO/mark/4 help/VB/advcl/2 "
                         "us/PRP/obj/4"),
              ElementsAre("Ann | come | purpose: to help us"));
}

TEST(Triples, StatesTheClauseThatAPredicateIs) {
  EXPECT_THAT(Statements("The/DT/det/2 trouble/NN/nsubj/3 is=be/VBZ/root/0 that/IN/mark/6 "
                         "ships=ship/NNS/nsubj/6 left=leave/VBD/ccomp/3 Riga/NNP/obj/6/O"),
              ElementsAre("ships | leave | Riga"));
}

TEST(Triples, SaysNothingForACommand) {
  EXPECT_THAT(Statements("Close/VB/root/0 the/DT/det/3 door/NN/obj/1"), IsEmpty());
}

TEST(FilingName, DropsDeterminersNumeralsAndPossessivePronouns) {
  const TreeText text(
      "more/JJR/advmod/3 than/IN/fixed/1 3,000/CD/nummod/5 fresh/JJ/amod/5 troops/NNS/root/0 "
      "from/IN/case/7 Riga/NNP/nmod/5");
  EXPECT_EQ(FilingName(text.tree(), CorePhrase(text.tree(), 4)), "fresh troops");
  EXPECT_EQ(Words(text.tree(), NounPhrase(text.tree(), 4, kNone)),
            "more than 3,000 fresh troops from Riga");
}

TEST(FilingName, IsOfWhatIsCounted) {
  const TreeText dozens(
      "Dozens=dozen/NNS/nsubj/5/Q of/IN/case/4 fresh/JJ/amod/4 troops=troop/NNS/nmod/1 "
      "left=leave/VBD/root/0");
  EXPECT_EQ(FilingName(dozens.tree(), CorePhrase(dozens.tree(), 0)), "fresh troops");
  EXPECT_NE(CountIn(dozens.tree(), CorePhrase(dozens.tree(), 0)), kNone);
  const TreeText third(
      "a/DT/det/2/Q third/NN/root/0/Q of/IN/case/5 its/PRP$/nmod:poss/5 workers=worker/NNS/nmod/2");
  EXPECT_EQ(FilingName(third.tree(), CorePhrase(third.tree(), 1)), "workers");
  const TreeText kinds("kinds=kind/NNS/root/0 of/IN/case/3 boats=boat/NNS/nmod/1");
  EXPECT_EQ(FilingName(kinds.tree(), CorePhrase(kinds.tree(), 0)), "kinds of boats");
}

TEST(Triples, EvidenceTellsOfWhatItIsEvidenceOf) {
  EXPECT_THAT(Statements("Lee/NNP/nsubj/2/P said=say/VBD/root/0 there/EX/expl/4 is=be/VBZ/ccomp/2 "
                         "no/DT/det/6 evidence/NN/nsubj/4 of/IN/case/9 Talvian/JJ/amod/9/O "
                         "presence/NN/nmod/6"),
              Contains("Talvian | presence not reported by Lee"));
  EXPECT_THAT(Statements("There/EX/expl/2 are=be/VBP/root/0 signs=sign/NNS/nsubj/2 of/IN/case/6 "
                         "the/DT/det/6 arrival/NN/nmod/3 of/IN/case/8 troops=troop/NNS/nmod/6"),
              Contains("troops | arrival"));
  // Words alone do not tell who takes part.
  EXPECT_THAT(Statements("There/EX/expl/2 is=be/VBZ/root/0 evidence/NN/nsubj/2 of/IN/case/6 "
                         "strong/JJ/amod/6 growth/NN/nmod/3"),
              ::testing::Not(Contains(::testing::HasSubstr("growth |"))));
}

}  // namespace
}  // namespace dossier::openie
