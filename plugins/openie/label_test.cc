#include "plugins/openie/label.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "plugins/openie/phrase.h"
#include "plugins/openie/sentence.h"
#include "plugins/openie/tree_text.h"

namespace dossier::openie {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;

std::string Words(const Tree& tree, const Phrase& phrase) {
  std::vector<int> tokens;
  for (int i = phrase.begin; i < phrase.end; ++i) tokens.push_back(i);
  return Join(tree, tokens);
}

// "subject | predicate [at time] [by source]"
std::vector<std::string> Read(std::string_view line, bool heading = false) {
  const TreeText text(line);
  const Tree& tree = text.tree();
  Clauses clauses = ReadSentence(tree);
  const Label label = FindLabel(tree, heading);
  AttributeToLabel(label, &clauses);
  std::vector<std::string> out;
  for (const Frame& frame : clauses.frames) {
    std::vector<Statement> statements;
    RenderStatements(tree, clauses, frame, &statements);
    ApplyLabel(label, &statements);
    for (const Statement& s : statements) {
      std::string shown = Words(tree, s.subject) + " | " + s.predicate;
      for (const Qualifier& q : s.qualifiers) {
        if (q.role == Role::kTime) shown += " at " + Words(tree, q.phrase);
      }
      for (int source : frame.sources) shown += " by " + std::string(tree[source].text);
      out.push_back(shown);
    }
  }
  return out;
}

TEST(Label, TellsWhen) {
  EXPECT_THAT(Read("-/NFP/punct/5 May/NNP/obl/6/T 3/CD/nummod/2/T :/:/punct/2 Aides/NNS/nsubj/6 "
                   "left=leave/VBD/root/0"),
              ElementsAre("Aides | leave at May 3"));
}

TEST(Label, TellsWhoSpeaks) {
  EXPECT_THAT(Read("Oslo/NNP/root/0/O :/:/punct/4 Ships=ship/NNS/nsubj/4 "
                   "left=leave/VBD/parataxis/1"),
              ElementsAre("Ships | leave by Oslo"));
  EXPECT_THAT(Read("Ships=ship/NNS/nsubj/2 left=leave/VBD/root/0 port/NN/obj/2 :/:/punct/5 "
                   "Oslo/NNP/appos/3/O",
                   true),
              ElementsAre("Ships | leave by Oslo"));
}

TEST(Label, IsNotEveryColon) {
  EXPECT_THAT(Read("Ships=ship/NNS/nsubj/2 left=leave/VBD/root/0 two/CD/nummod/4 ports/NNS/obj/2 "
                   ":/:/punct/6 Oslo/NNP/appos/4/O and/CC/cc/8 Riga/NNP/conj/6/O"),
              Contains("Ships | leave"));
  EXPECT_TRUE(FindLabel(TreeText(":/:/root/0").tree(), true).empty());
  EXPECT_TRUE(FindLabel(TreeText("Oslo/NNP/root/0/O :/:/punct/1").tree(), true).empty());
}

}  // namespace
}  // namespace dossier::openie
