#include "plugins/openie/coreference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <initializer_list>
#include <memory>
#include <string>
#include <vector>

#include "plugins/openie/tree_text.h"

namespace dossier::openie {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "phrase -> words of what it stands for (rule)" for each noun and pronoun of the last sentence.
std::vector<std::string> Links(std::initializer_list<std::string_view> sentences) {
  Coreference coreference;
  std::vector<std::unique_ptr<TreeText>> texts;
  std::vector<std::string> out;
  uint32_t begin = 0;
  for (std::string_view sentence : sentences) {
    texts.push_back(std::make_unique<TreeText>(sentence, begin));
    begin += static_cast<uint32_t>(texts.back()->text().size());
    coreference.Read(texts.back()->tree());
  }
  const Tree& tree = texts.back()->tree();
  for (int i = 0; i < tree.size(); ++i) {
    if (!IsNominal(tree[i].pos)) continue;
    const Phrase phrase = CorePhrase(tree, i);
    const std::optional<Link> link = coreference.Find(tree, phrase);
    if (!link) continue;
    EXPECT_GT(link->confidence, 0);
    EXPECT_LT(link->confidence, 1);
    std::string words;
    for (int k = phrase.begin; k < phrase.end; ++k) words += std::string(tree[k].text) + " ";
    std::string head = link->to.head;
    while (head.ends_with(' ')) head.pop_back();
    out.push_back(words + "-> " + head + " (" + std::string(link->rule) + ")");
  }
  return out;
}

constexpr std::string_view kAnn =
    "Minister/NNP/nmod:desc/2 Ann/NNP/nsubj/4/P Lee/NNP/flat/2/P met=meet/VBD/root/0 "
    "fresh/JJ/amod/6 soldiers=soldier/NNS/obj/4";
constexpr std::string_view kBo = "Bo/NNP/nsubj/2/P left=leave/VBD/root/0";

TEST(Coreference, TakesAPersonForSheOrHe) {
  EXPECT_THAT(Links({kAnn, "She/PRP/nsubj/2 left=leave/VBD/root/0"}),
              ElementsAre("She -> ann lee (pronoun)"));
  EXPECT_THAT(Links({kAnn, kBo, "He/PRP/nsubj/2 slept=sleep/VBD/root/0"}),
              ElementsAre("He -> bo (pronoun)"));
}

TEST(Coreference, TakesNoPersonOfTheSameClause) {
  EXPECT_THAT(Links({"Bo/NNP/nsubj/2/P saw=see/VBD/root/0 him=he/PRP/obj/2"}), IsEmpty());
}

TEST(Coreference, TakesPeopleForThey) {
  EXPECT_THAT(Links({kAnn, "They/PRP/nsubj/2 left=leave/VBD/root/0"}),
              ElementsAre("They -> soldier (pronoun)"));
  EXPECT_THAT(Links({"Talks=talk/NNS/nsubj/2 failed=fail/VBD/root/0",
                     "They/PRP/nsubj/2 left=leave/VBD/root/0"}),
              IsEmpty());
}

TEST(Coreference, GoesOnFromPronounToPronoun) {
  EXPECT_THAT(
      Links({kAnn, "They/PRP/nsubj/2 left=leave/VBD/root/0",
             "They/PRP/nsubj/2 sang=sing/VBD/root/0", "They/PRP/nsubj/2 slept=sleep/VBD/root/0"}),
      ElementsAre("They -> soldier (pronoun)"));
}

TEST(Coreference, TakesABodyThatActedForIt) {
  EXPECT_THAT(Links({"Oslo/NNP/nsubj/2/O said=say/VBD/root/0 it/PRP/nsubj/4 "
                     "left=leave/VBD/ccomp/2"}),
              ElementsAre("it -> oslo (pronoun)"));
  EXPECT_THAT(Links({"Oslo/NNP/nsubj/2/O fell=fall/VBD/root/0",
                     "Bo/NNP/nsubj/2/P saw=see/VBD/root/0 "
                     "it/PRP/obj/2"}),
              IsEmpty());
}

TEST(Coreference, KnowsThingsByTheirNoun) {
  EXPECT_THAT(Links({kAnn, "The/DT/det/2 soldiers=soldier/NNS/nsubj/3 left=leave/VBD/root/0"}),
              ElementsAre("The soldiers -> soldier (same noun)"));
  EXPECT_THAT(Links({kAnn,
                     "The/DT/det/3 old/JJ/amod/3 soldiers=soldier/NNS/nsubj/4 "
                     "left=leave/VBD/root/0"}),
              IsEmpty());
  EXPECT_THAT(Links({kAnn, "Soldiers=soldier/NNS/nsubj/2 left=leave/VBD/root/0"}), IsEmpty());
}

TEST(Coreference, TakesAWordOfCountForWhatItCounts) {
  Coreference coreference;
  const TreeText first(
      "Dozens=dozen/NNS/nsubj/4/Q of/IN/case/3 soldiers=soldier/NNS/nmod/1 left=leave/VBD/root/0");
  const TreeText second("The/DT/det/2 soldiers=soldier/NNS/nsubj/3 slept=sleep/VBD/root/0", 100);
  coreference.Read(first.tree());
  coreference.Read(second.tree());
  const std::optional<Link> link = coreference.Find(second.tree(), CorePhrase(second.tree(), 1));
  ASSERT_TRUE(link);
  EXPECT_EQ(link->to.name, "soldiers");
  EXPECT_NE(link->to.count, kNone);
}

TEST(Coreference, LeavesDescriptionsThatTellWhich) {
  EXPECT_THAT(Links({kAnn,
                     "The/DT/det/2 soldiers=soldier/NNS/nsubj/5 from/IN/case/4 "
                     "Rome/NNP/nmod/2 left=leave/VBD/root/0"}),
              IsEmpty());
}

TEST(Coreference, KnowsPersonsByTheirTitle) {
  constexpr std::string_view kMinister = "The/DT/det/2 minister/NN/nsubj/3 left=leave/VBD/root/0";
  EXPECT_THAT(Links({kAnn, kMinister}), ElementsAre("The minister -> ann lee (title)"));
  EXPECT_THAT(
      Links({kAnn, "Minister/NNP/nmod:desc/2 Bo/NNP/nsubj/3/P left=leave/VBD/root/0", kMinister}),
      IsEmpty());
}

TEST(Coreference, ForgetsWhatIsLongAgo) {
  Coreference coreference;
  const TreeText first(kAnn), other(kBo),
      last(
          "The/DT/det/2 soldiers=soldier/NNS/nsubj/3 "
          "left=leave/VBD/root/0");
  coreference.Read(first.tree());
  for (size_t i = 0; i < Coreference::kKept + 1; ++i) coreference.Read(other.tree());
  coreference.Read(last.tree());
  EXPECT_FALSE(coreference.Find(last.tree(), CorePhrase(last.tree(), 1)));
}

}  // namespace
}  // namespace dossier::openie
