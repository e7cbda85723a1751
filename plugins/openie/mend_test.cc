#include "plugins/openie/mend.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "plugins/openie/tree_text.h"

namespace dossier::openie {
namespace {

// The words' heads, from 1; 0 is the root.
std::string Heads(std::string_view line) {
  const TreeText text(line);
  std::vector<Word> words;
  for (int i = 0; i < text.tree().size(); ++i) words.push_back(text.tree()[i]);
  Mend(&words);
  std::string heads;
  for (const Word& word : words) heads += std::to_string(word.head + 1) + " ";
  return heads;
}

TEST(Mend, HangsOfPhrasesFromTheirNoun) {
  EXPECT_EQ(Heads("They/PRP/nsubj/2 sent=send/VBD/root/0 a/DT/det/4 total/NN/obj/2 of/IN/case/7 "
                  "40/CD/nummod/7 boats/NNS/obl/2"),
            "2 0 4 2 7 7 4 ");
}

TEST(Mend, LeavesVerbsTheirOf) {
  EXPECT_EQ(Heads("They/PRP/nsubj/2 robbed=rob/VBD/root/0 Bo/NNP/obj/2 of/IN/case/5 "
                  "boats/NNS/obl/2"),
            "2 0 2 5 2 ");
  EXPECT_EQ(Heads("They/PRP/nsubj/2 died=die/VBD/root/0 of/IN/case/4 cold/NN/obl/2"), "2 0 4 2 ");
}

}  // namespace
}  // namespace dossier::openie
