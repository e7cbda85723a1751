#include "plugins/openie/tuples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "plugins/openie/sentence.h"
#include "plugins/openie/tree_text.h"

namespace dossier::openie {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "relation (subject) (argument) ..." of every frame that shows.
std::vector<std::string> Tuples(std::string_view line) {
  const TreeText text(line);
  std::vector<std::string> out;
  for (const Frame& frame : ReadSentence(text.tree()).frames) {
    const Tuple tuple = RenderTuple(text.tree(), frame);
    if (tuple.relation.empty()) continue;
    std::string shown = tuple.relation;
    for (const std::string& argument : tuple.arguments) shown += " (" + argument + ")";
    out.push_back(std::move(shown));
  }
  return out;
}

TEST(Tuples, KeepsAllArgumentsOfAClauseInOneTuple) {
  EXPECT_THAT(Tuples("Engineers/NNS/nsubj/2 reopened=reopen/VBD/root/0 the/DT/det/4 "
                     "bridge/NN/obj/2 in/IN/case/6 Lund/NNP/obl/2 on/IN/case/8 Monday/NNP/obl/2"),
              ElementsAre("reopened (Engineers) (the bridge) (in Lund) (on Monday)"));
}

TEST(Tuples, MovesThePrepositionIntoTheRelationWhenThereIsNoObject) {
  EXPECT_THAT(Tuples("She/PRP/nsubj/3 often/RB/advmod/3 refers=refer/VBZ/root/0 to/IN/case/6 "
                     "old/JJ/amod/6 maps/NNS/obl/3 at/IN/case/8 work/NN/obl/3"),
              ElementsAre("often refers to (She) (old maps) (at work)"));
}

TEST(Tuples, KeepsAdverbsBeforeThePrepositionWithTheVerb) {
  EXPECT_THAT(Tuples("It/PRP/nsubj/2 relies=rely/VBZ/root/0 heavily/RB/advmod/2 on/IN/case/5 "
                     "wool/NN/obl/2"),
              ElementsAre("relies heavily on (It) (wool)"));
  EXPECT_THAT(
      Tuples("It/PRP/nsubj/2 relies=rely/VBZ/root/0 ,/,/punct/4 sadly/RB/advmod/2 ,/,/punct/4 "
             "on/IN/case/7 wool/NN/obl/2"),
      ElementsAre("relies on (It) (wool) (sadly)"));
}

TEST(Tuples, LeavesClausesThatStandApartToTheirOwnTuple) {
  EXPECT_THAT(Tuples("When/WRB/advmod/3 it/PRP/nsubj/3 rained=rain/VBD/advcl/6 ,/,/punct/3 "
                     "they/PRP/nsubj/6 sold=sell/VBD/root/0 wool/NN/obj/6"),
              ElementsAre("sold (they) (wool)", "rained (it)"));
  EXPECT_THAT(Tuples("They/PRP/nsubj/2 sold=sell/VBD/root/0 wool/NN/obj/2 because/IN/mark/6 "
                     "it/PRP/nsubj/6 rained=rain/VBD/advcl/2"),
              ElementsAre("sold (They) (wool) (because it rained)", "rained (it)"));
}

TEST(Tuples, KeepsWordsAndNamesWhole) {
  EXPECT_THAT(Tuples("They/PRP/nsubj/2 came=come/VBD/root/0 under/IN/case/8 a/DT/det/8 "
                     "grant/NN/compound/8 -/HYPH/punct/5 in/IN/case/8 scheme/NN/obl/2"),
              ElementsAre("came under (They) (a grant - in scheme)"));
  EXPECT_THAT(Tuples("Senator/NNP/nmod:desc/2 Ann/NNP/nsubj/4/P Lee/NNP/flat/2/P "
                     "left=leave/VBD/root/0"),
              ElementsAre("left (Senator Ann Lee)", "be (Ann Lee) (Senator)"));
}

TEST(Tuples, TakesAPredicateNounBeforeTheInfinitiveBehindIt) {
  EXPECT_THAT(Tuples("She/PRP/nsubj/2 became=become/VBD/root/0 leader/NN/xcomp/2 to/TO/mark/5 "
                     "win/VB/xcomp/2 seats/NNS/obj/5"),
              ::testing::Contains("became leader (She) (to win seats)"));
}

TEST(Tuples, MergesAChainOfVerbsAndItsConjunct) {
  EXPECT_THAT(
      Tuples("They/PRP/nsubj/3 were=be/VBD/cop/3 able/JJ/root/0 to/TO/mark/5 hold/VB/xcomp/3 "
             "the/DT/det/7 line/NN/obj/5 and/CC/cc/9 repel/VB/conj/5 attacks/NNS/obj/9"),
      ElementsAre("were able to hold (They) (the line)", "were able repel (They) (attacks)"));
}

TEST(Tuples, GivesAConjunctTheSubjectAuxiliaryAndOpeningTime) {
  EXPECT_THAT(Tuples("In/IN/case/2 May/NNP/obl/5 he/PRP/nsubj/5 had=have/VBD/aux/5 "
                     "sold=sell/VBN/root/0 it/PRP/obj/5 and/CC/cc/8 left=leave/VBN/conj/5"),
              ElementsAre("had sold (he) (it) (In May)", "had left (he) (In May)"));
}

TEST(Tuples, GivesAnEarlierVerbTheSharedObject) {
  EXPECT_THAT(Tuples("Traders/NNS/nsubj/2 buy/VBP/root/0 and/CC/cc/4 sell/VBP/conj/2 "
                     "grain/NN/obj/2"),
              ElementsAre("buy (Traders) (grain)", "sell (Traders) (grain)"));
}

TEST(Tuples, ReadsRelativeClausesWithoutTheirPronoun) {
  EXPECT_THAT(Tuples("The/DT/det/2 dam/NN/nsubj/7 that/WDT/nsubj/4 failed=fail/VBD/acl:relcl/2 "
                     "in/IN/case/6 May/NNP/obl/4 leaks=leak/VBZ/root/0"),
              ElementsAre("leaks (The dam)", "failed in (The dam) (May)"));
  EXPECT_THAT(Tuples("the/DT/det/2 hall/NN/root/0 in/IN/case/4 which/WDT/obl/6 they/PRP/nsubj/6 "
                     "met=meet/VBD/acl:relcl/2"),
              ElementsAre("met in (they) (the hall)"));
}

TEST(Tuples, SuppliesAVerbForParticiplesAndAppositions) {
  EXPECT_THAT(Tuples("Ann/NNP/nsubj/8 Lee/NNP/flat/1 ,/,/punct/5 a/DT/det/5 lawyer/NN/appos/1 "
                     "trained=train/VBN/acl/5 abroad/RB/advmod/6 left=leave/VBD/root/0"),
              ElementsAre("left (Ann Lee)", "be trained (a lawyer) (abroad)",
                          "be (Ann Lee) (a lawyer trained abroad)"));
}

TEST(Tuples, KeepsTheContentOfSaying) {
  EXPECT_THAT(Tuples("Aides/NNS/nsubj/2 said=say/VBD/root/0 that/IN/mark/5 he/PRP/nsubj/5 "
                     "agreed=agree/VBD/ccomp/2 ././punct/2"),
              ElementsAre("said that (Aides) (he agreed)", "agreed (he)"));
}

TEST(Tuples, LeavesOutClausesWithoutASubject) {
  EXPECT_THAT(Tuples("Close/VB/root/0 the/DT/det/3 door/NN/obj/1"), IsEmpty());
}

}  // namespace
}  // namespace dossier::openie
