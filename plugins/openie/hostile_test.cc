// Laws that hold for any tree, however it is shaped.
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "plugins/openie/sentence.h"
#include "plugins/openie/triples.h"
#include "plugins/openie/tuples.h"

namespace dossier::openie {
namespace {

Word MakeWord(Rel rel, Pos pos, int head, int at) {
  Word word;
  word.text = word.lemma = "say";
  word.xpos = pos == Pos::kVerb ? "VBD" : "NN";
  word.rel = rel;
  word.pos = pos;
  word.head = head;
  word.begin = static_cast<uint32_t>(4 * at);
  word.end = word.begin + 3;
  return word;
}

void ExpectSound(const Tree& tree) {
  const Clauses clauses = ReadSentence(tree);
  EXPECT_LE(clauses.frames.size(), 2 * kMaxFrames);
  const auto expect_inside = [&](const Phrase& phrase) {
    EXPECT_LE(0, phrase.begin);
    EXPECT_LE(phrase.begin, phrase.end);
    EXPECT_LE(phrase.end, tree.size());
  };
  for (const Frame& frame : clauses.frames) {
    RenderTuple(tree, frame);
    EXPECT_GT(frame.confidence, 0);
    EXPECT_LT(frame.confidence, 1);
    std::vector<Statement> statements;
    RenderStatements(tree, clauses, frame, &statements);
    EXPECT_LE(statements.size(), kMaxStatements);
    for (const Statement& s : statements) {
      EXPECT_FALSE(s.subject.empty());
      EXPECT_FALSE(s.predicate.empty());
      expect_inside(s.subject);
      expect_inside(s.object);
      expect_inside(s.predicate_words);
      for (const Qualifier& q : s.qualifiers) expect_inside(q.phrase);
    }
  }
}

TEST(Hostile, EmptyTree) { ExpectSound(Tree({})); }

TEST(Hostile, DeepTrees) {
  for (Rel rel : {Rel::kCcomp, Rel::kXcomp, Rel::kConj, Rel::kRelcl, Rel::kNmod, Rel::kAdvcl}) {
    std::vector<Word> words;
    for (int i = 0; i < 10000; ++i) {
      words.push_back(MakeWord(i == 0 ? Rel::kRoot : rel, Pos::kVerb, i - 1, i));
    }
    ExpectSound(Tree(std::move(words)));
  }
}

TEST(Hostile, FlatTrees) {
  for (Rel rel : {Rel::kNsubj, Rel::kObl, Rel::kPunct, Rel::kConj, Rel::kAux, Rel::kCase}) {
    std::vector<Word> words;
    for (int i = 0; i < 10000; ++i) {
      words.push_back(MakeWord(i == 5000 ? Rel::kRoot : rel, Pos::kNoun, i == 5000 ? -1 : 5000, i));
    }
    ExpectSound(Tree(std::move(words)));
  }
}

TEST(Hostile, AHeadOutOfRangeIsARoot) {
  ExpectSound(
      Tree({MakeWord(Rel::kNsubj, Pos::kNoun, 7, 0), MakeWord(Rel::kRoot, Pos::kVerb, -9, 1)}));
}

TEST(Hostile, RandomTreesAreSoundAndReadTheSameTwice) {
  std::mt19937 random(1);
  for (int round = 0; round < 3000; ++round) {
    const int size = 1 + static_cast<int>(random() % 30);
    std::vector<Word> words;
    for (int i = 0; i < size; ++i) {
      const Rel rel = static_cast<Rel>(random() % (static_cast<unsigned>(Rel::kOther) + 1));
      const Pos pos = static_cast<Pos>(random() % (static_cast<unsigned>(Pos::kOther) + 1));
      // Heads to the left or, in a mirrored round, to the right: no cycle either way.
      const int head = i == 0 ? kNone : static_cast<int>(random() % static_cast<unsigned>(i));
      words.push_back(MakeWord(rel, pos, head, i));
    }
    if (round % 2 == 1) {
      std::vector<Word> mirrored(words.rbegin(), words.rend());
      for (int i = 0; i < size; ++i) {
        Word& word = mirrored[static_cast<size_t>(i)];
        if (word.head != kNone) word.head = size - 1 - word.head;
        word.begin = static_cast<uint32_t>(4 * i);
        word.end = word.begin + 3;
      }
      words = std::move(mirrored);
    }
    const Tree tree(words);
    ExpectSound(tree);
    const Clauses first = ReadSentence(tree), second = ReadSentence(Tree(words));
    ASSERT_EQ(first.frames.size(), second.frames.size());
    for (size_t f = 0; f < first.frames.size(); ++f) {
      EXPECT_EQ(first.frames[f].confidence, second.frames[f].confidence);
    }
  }
}

}  // namespace
}  // namespace dossier::openie
