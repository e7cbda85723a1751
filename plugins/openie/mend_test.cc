#include "plugins/openie/mend.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <random>
#include <string>
#include <vector>

#include "plugins/openie/tree_text.h"

namespace dossier::openie {
namespace {

// Borrows from the text.
std::vector<Word> Mended(const TreeText& text) {
  std::vector<Word> words;
  for (int i = 0; i < text.tree().size(); ++i) words.push_back(text.tree()[i]);
  Mend(&words);
  return words;
}

// The words' heads, from 1; 0 is the root.
std::string Heads(std::string_view line) {
  const TreeText text(line);
  std::string heads;
  for (const Word& word : Mended(text)) heads += std::to_string(word.head + 1) + " ";
  return heads;
}

std::string Relations(std::string_view line) {
  constexpr const char* kNames[] = {"nsubj", "root", "punct",     "parataxis",
                                    "cc",    "conj", "nmod:poss", "appos"};
  constexpr Rel kRels[] = {Rel::kNsubj, Rel::kRoot, Rel::kPunct,    Rel::kParataxis,
                           Rel::kCc,    Rel::kConj, Rel::kNmodPoss, Rel::kAppos};
  const TreeText text(line);
  std::string out;
  for (const Word& word : Mended(text)) {
    const auto at = std::ranges::find(kRels, word.rel);
    out += std::string(at == std::end(kRels) ? "other" : kNames[at - std::begin(kRels)]) + " ";
  }
  return out;
}

TEST(Mend, HangsOfPhrasesFromTheirNoun) {
  EXPECT_EQ(Heads("They/PRP/nsubj/2 sent=send/VBD/root/0 a/DT/det/4 total/NN/obj/2 of/IN/case/7 "
                  "40/CD/nummod/7 boats/NNS/obl/2"),
            "2 0 4 2 7 7 4 ");
}

TEST(Mend, MakesOneSubjectOfTwo) {
  EXPECT_EQ(Heads("Bikes=bike/NNS/nsubj:pass/7 ,/,/punct/3 boats=boat/NNS/nsubj:pass/7 and/CC/cc/7 "
                  "carts=cart/NNS/nsubj:pass/7 are=be/VBP/aux:pass/7 sold=sell/VBN/root/0"),
            "7 3 1 5 3 7 0 ")
      << "a list";
  EXPECT_EQ(Heads("Prices=price/NNS/nsubj/4 for/IN/case/3 metals=metal/NNS/nsubj/4 "
                  "rose=rise/VBD/root/0"),
            "4 3 1 0 ")
      << "with a preposition";
  EXPECT_EQ(Heads("Ann/NNP/nsubj/3/P Lee/NNP/nsubj/3/P left=leave/VBD/root/0"), "3 1 0 ");
  EXPECT_EQ(Heads("her/PRP$/nmod:poss/2 brother/NN/nsubj/4 Bo/NNP/nsubj/4/P left=leave/VBD/root/0"),
            "2 3 4 0 ");
  EXPECT_EQ(Heads("the/DT/det/3 harbour/NN/nsubj/4 office/NN/nsubj/4 closed=close/VBD/root/0"),
            "3 3 4 0 ");
  EXPECT_EQ(Heads("Men=man/NNS/nsubj/4 hiding=hide/VBG/acl/1 boats=boat/NNS/nsubj/4 "
                  "left=leave/VBD/root/0"),
            "4 1 2 0 ")
      << "what a participle has for its object";
  EXPECT_EQ(Heads("Oslo/NNP/nsubj/5 's/POS/case/1 old/JJ/amod/4 ships=ship/NNS/nsubj/5 "
                  "left=leave/VBD/root/0"),
            "4 1 4 5 0 ")
      << "an owner";
}

TEST(Mend, LeavesTwoSubjectsThatAreParted) {
  constexpr char kParted[] =
      "Ships=ship/NNS/nsubj/6 sank=sink/VBD/acl/1 ,/,/punct/6 the/DT/det/5 boats=boat/NNS/nsubj/6 "
      "left=leave/VBD/root/0";
  EXPECT_EQ(Heads(kParted), "6 1 6 5 6 0 ");
  EXPECT_EQ(Heads("Ships=ship/NNS/nsubj/3 they/PRP/nsubj/3 sold=sell/VBD/root/0"), "3 3 0 ");
}

TEST(Mend, GivesWhatIsOwnedToItsOwner) {
  EXPECT_EQ(Heads("It/PRP/nsubj/2 helped=help/VBD/root/0 Oslo/NNP/obj/2 's/POS/case/3 "
                  "old/JJ/amod/6 ships=ship/NNS/obj/2"),
            "2 0 6 3 6 2 ");
}

TEST(Mend, TakesThanOfACountForNoPreposition) {
  const TreeText text(
      "It/PRP/nsubj/2 lost=lose/VBD/root/0 less/JJR/obj/2/Q than/IN/case/6/Q a/DT/det/6/Q "
      "third/NN/obl/2/Q");
  EXPECT_EQ(Mended(text)[3].rel, Rel::kFixed);
  const TreeText other(
      "It/PRP/nsubj/3 was=be/VBD/cop/3 older/JJR/root/0 than/IN/case/5 me/PRP/obl/3");
  EXPECT_EQ(Mended(other)[3].rel, Rel::kCase);
}

TEST(Mend, PartsAClauseThatIsAPredicate) {
  constexpr char kTrouble[] =
      "The/DT/det/2 trouble/NN/nsubj:outer/6 is=be/VBZ/cop/6 that/IN/mark/6 ships=ship/NNS/nsubj/6 "
      "sank=sink/VBD/root/0";
  EXPECT_EQ(Heads(kTrouble), "2 3 0 6 6 3 ");
  constexpr char kCleft[] =
      "It/PRP/nsubj:outer/5 was=be/VBD/cop/5 that/IN/mark/5 ships=ship/NNS/nsubj/5 "
      "sank=sink/VBD/root/0";
  EXPECT_EQ(Heads(kCleft), "5 5 5 5 0 ");
}

TEST(Mend, HangsPrepositionsFromWhatIsCounted) {
  EXPECT_EQ(Heads("They/PRP/nsubj/2 came=come/VBD/root/0 with/IN/case/4 more/JJR/advmod/7 "
                  "than/IN/fixed/4 40/CD/compound/7 boats/NNS/obl/2"),
            "2 0 4 7 4 7 2 ")
      << "no number between";
  EXPECT_EQ(Heads("They/PRP/nsubj/2 came=come/VBD/root/0 with/IN/case/4 more/JJR/advmod/6 "
                  "than/IN/fixed/4 40/CD/nummod/7 boats/NNS/obl/2"),
            "2 0 7 6 4 7 2 ");
}

TEST(Mend, LeavesVerbsTheirOf) {
  EXPECT_EQ(Heads("They/PRP/nsubj/2 robbed=rob/VBD/root/0 Bo/NNP/obj/2 of/IN/case/5 "
                  "boats/NNS/obl/2"),
            "2 0 2 5 2 ");
  EXPECT_EQ(Heads("They/PRP/nsubj/2 died=die/VBD/root/0 of/IN/case/4 cold/NN/obl/2"), "2 0 4 2 ");
}

TEST(Mend, HangsExamplesFromTheirNoun) {
  EXPECT_EQ(Heads("Partners/NNS/nsubj/5 ,/,/punct/4 including=include/VBG/case/4 Rome/NNP/obl/5 "
                  "left=leave/VBD/root/0"),
            "5 4 4 1 0 ");
}

TEST(Mend, PutsNamesOverTitles) {
  EXPECT_EQ(Heads("Talks/NNS/nsubj/2 helped=help/VBD/root/0 union/NN/compound/4 leader/NN/obj/2 "
                  "Ann/NNP/appos/4/P Lee/NNP/flat/5/P"),
            "2 0 4 5 2 5 ");
}

TEST(Mend, GivesParticiplesTheirSubject) {
  EXPECT_EQ(Heads("Nations/NNS/nsubj/5 entering=enter/VBG/csubj/5 wars/NNS/nsubj/5 may/MD/aux/5 "
                  "lose/VB/root/0"),
            "5 1 2 5 0 ");
}

TEST(Mend, HangsClaimsFromTheVerb) {
  EXPECT_EQ(
      Heads("Aides/NNS/nsubj/2 said=say/VBD/root/0 last/JJ/amod/4 month/NN/obl/2 that/IN/mark/9 "
            "six/CD/nsubj/9 were=be/VBD/cop/9 among/IN/case/9 those/DT/nmod/4"),
      "2 0 4 2 9 9 9 9 2 ");
}

TEST(Mend, KeepsSourcesAndSubjectsApart) {
  EXPECT_EQ(Heads("According/VBG/case/3 to/IN/fixed/1 Ann/NNP/obl/8/P ,/,/punct/6 the/DT/det/6 "
                  "union/NN/appos/3 will/MD/aux/8 go/VB/root/0"),
            "3 1 8 6 6 8 8 0 ");
}

TEST(Mend, TellsRemarksFromEvents) {
  EXPECT_EQ(Relations("Ships=ship/NNS/nsubj/2 left=leave/VBD/root/0 ,/,/punct/5 Ann/NNP/nsubj/5/P "
                      "said=say/VBD/conj/2"),
            "nsubj root punct nsubj parataxis ");
  EXPECT_EQ(Relations("Ships=ship/NNS/nsubj/2 left=leave/VBD/root/0 and/CC/cc/5 Ann/NNP/nsubj/5/P "
                      "spoke=say/VBD/conj/2"),
            "nsubj root cc nsubj conj ");
}

TEST(Mend, PutsOfficesBesideNames) {
  EXPECT_EQ(Relations("Its/PRP$/nmod:poss/2 president/JJ/amod/4 ,/,/punct/4 Ann/NNP/nsubj/5/P "
                      "left=leave/VBD/root/0"),
            "nmod:poss appos punct nsubj root ");
}

TEST(Mend, FindsTheSpeakerBehindTheQuestion) {
  EXPECT_EQ(Heads("Who/WP/nsubj/2 pays=pay/VBZ/ccomp/3 asked=ask/VBD/root/0 leader/NN/obj/3 "
                  "Ann/NNP/obj/3/P"),
            "2 3 0 5 3 ");
  EXPECT_EQ(Relations("Ships=ship/NNS/nsubj/2 left=leave/VBD/ccomp/3 said=say/VBD/root/0 "
                      "Ann/NNP/obj/3/P"),
            "nsubj other root nsubj ");
}

TEST(Mend, KnowsWhoIsDue) {
  EXPECT_EQ(
      Heads("Ann/NNP/nsubj/5/P was=be/VBD/cop/5 due/JJ/root/0 to/TO/fixed/3 leave/VB/csubj/3"),
      "3 3 0 5 3 ");
}

// Whatever the tree, a tree it stays.
TEST(Mend, MakesNoCycles) {
  constexpr Rel kRels[] = {Rel::kNsubj, Rel::kCsubj, Rel::kObj,   Rel::kObl,   Rel::kAdvcl,
                           Rel::kAcl,   Rel::kRelcl, Rel::kCcomp, Rel::kAppos, Rel::kNmod,
                           Rel::kCase,  Rel::kMark,  Rel::kCop,   Rel::kFlat,  Rel::kConj,
                           Rel::kPunct, Rel::kXcomp};
  constexpr Pos kPos[] = {Pos::kNoun, Pos::kVerb, Pos::kPropn, Pos::kPunct, Pos::kDet};
  constexpr const char* kLemmas[] = {"of",     "including", "that", "according", "say",
                                     "report", "deny",      "both", "-"};
  constexpr const char* kTags[] = {"VBG", "VBN", "NN", "NNP"};
  std::mt19937 random(7);
  const auto any = [&](int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
  };
  for (int round = 0; round < 20000; ++round) {
    const int size = 2 + any(9);
    std::vector<Word> words(static_cast<size_t>(size));
    std::vector<int> order(words.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::shuffle(order, random);
    for (int k = 0; k < size; ++k) {
      Word& word = words[static_cast<size_t>(order[static_cast<size_t>(k)])];
      word.head = k == 0 ? kNone : order[static_cast<size_t>(any(k))];
      word.rel = k == 0 ? Rel::kRoot : kRels[random() % std::size(kRels)];
      word.pos = kPos[random() % std::size(kPos)];
      word.text = word.lemma = kLemmas[random() % std::size(kLemmas)];
      word.xpos = kTags[random() % std::size(kTags)];
      if (any(3) == 0) {
        word.name = 0;
        word.kind = NameKind::kPerson;
      }
    }
    Mend(&words);
    for (int start = 0; start < size; ++start) {
      int at = start, steps = 0;
      while (at != kNone && steps <= size) at = words[static_cast<size_t>(at)].head, ++steps;
      ASSERT_LE(steps, size) << "round " << round;
    }
  }
}

}  // namespace
}  // namespace dossier::openie
