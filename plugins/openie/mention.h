// Noun phrases as the graph names things by them.
#ifndef DOSSIER_PLUGINS_OPENIE_MENTION_H_
#define DOSSIER_PLUGINS_OPENIE_MENTION_H_

#include <string>
#include <vector>

#include "plugins/openie/tree.h"

namespace dossier::openie {

// Tokens [begin, end) of one sentence, with the token that the others modify.
struct Phrase {
  int head = kNone;
  int begin = 0;
  int end = 0;

  bool empty() const { return begin == end; }
};

// The phrase without what follows its noun, but for "of" phrases: "3,000 fresh troops".
Phrase CorePhrase(const Tree& tree, int head);

// The phrase with the prepositional and participial phrases that say which one is meant: "3,000
// fresh troops from the north". Stops short of the dependent `cut`, when that is a token.
Phrase NounPhrase(const Tree& tree, int head, int cut);

// The row of value/1 that tells how many a phrase is of: "3,000 troops", "dozens of troops", but
// not "one of the troops". kNone when it does not count.
int CountIn(const Tree& tree, const Phrase& phrase);

// The noun that a word of count at `head` counts: TROOPS in "dozens of troops". `head` itself when
// it is no such word.
int CountedNoun(const Tree& tree, int head);

// The core of a phrase without determiner, numeral and possessive pronoun: "fresh troops", also of
// "dozens of fresh troops".
std::string FilingName(const Tree& tree, const Phrase& phrase);

// A token of the name that the phrase is a mention of: "Lee" in "the analyst Ann Lee". kNone when
// it describes.
int NameToken(const Tree& tree, const Phrase& phrase);

// The noun whose phrase ends right before `begin`, marks aside; kNone when none does.
int NounBefore(const Tree& tree, int begin);

// What the phrase at `i` stands in apposition to: the noun for a person where a person's name
// stands behind a longer phrase ("the HEAD of the union, Ann Lee,"), whatever the tree says. kNone
// when it is no apposition.
int AppositionHost(const Tree& tree, int i);

// The head of the name in apposition to a phrase that describes: LEE in "the minister, Ann Lee,".
// kNone when there is none.
int NameInApposition(const Tree& tree, const Phrase& phrase);

// The noun and the nouns that are coordinated with it, at most kMaxMembers.
inline constexpr size_t kMaxMembers = 12;
std::vector<int> Members(const Tree& tree, int head);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_MENTION_H_
