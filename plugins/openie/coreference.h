// What pronouns and descriptions of a document stand for: "the minister ... she", "1,200 fresh
// troops ... the troops". Conservative: a link that is not made costs less than a wrong one.
//
// Persons named in full and by a part of the name, and acronyms, are the server's to bring
// together.
#ifndef DOSSIER_PLUGINS_OPENIE_COREFERENCE_H_
#define DOSSIER_PLUGINS_OPENIE_COREFERENCE_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plugins/openie/mention.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

// What somebody may come back to: a name or a noun phrase.
struct Referent {
  enum class Sort : uint8_t { kPerson, kPeople, kBody, kThing, kThings };

  Sort sort = Sort::kThing;
  uint32_t begin = 0;  // its phrase in the document
  uint32_t end = 0;
  uint32_t sentence = 0;               // counted as they are read
  int clause = kNone;                  // the token that it depends on
  bool subject = false;                // it acts, or says something
  bool several = false;                // "Ann and Bo"
  int time = kNone;                    // row of value/1: when a meeting or the like is held
  int count = kNone;                   // row of value/1: how many they are
  int row = kNone;                     // of name/1, when it is a name
  std::string name;                    // what to file a description under
  std::string head;                    // the lemma of its noun; of a name, its words
  std::vector<std::string> modifiers;  // lemmas before the noun
  std::vector<std::string> titles;     // of a person: "minister"
};

struct Link {
  Referent to;
  double confidence = 0;
  std::string_view rule;
};

class Coreference {
 public:
  // Takes note of the sentence's referents, and finds what its pronouns stand for. Sentences come
  // in order, with offsets that rise.
  void Read(const Tree& tree);

  // What the phrase, of a sentence that was read, stands for. Pronouns are remembered for a while.
  std::optional<Link> Find(const Tree& tree, const Phrase& phrase);

  // At most as many referents of earlier sentences are kept; memory and the cost of a look-up are
  // bounded by it.
  static constexpr size_t kKept = 256;
  static constexpr size_t kKeptLinks = 4096;

 private:
  // Where a pronoun stands.
  struct Place {
    uint32_t begin = 0;
    std::vector<int> clauses;  // that it takes part in: "they want to SEE him"
    uint32_t sentences = 0;    // how many sentences back to look
  };

  std::optional<Link> FindPronoun(const Tree& tree, int pronoun);
  std::optional<Link> FindDescribed(const Tree& tree, const Phrase& phrase);
  std::optional<Link> FindTitled(const Tree& tree, const Phrase& phrase);
  std::optional<Link> FindSameHead(const Tree& tree, const Phrase& phrase);

  bool TakesPart(const Place& place, const Referent& r) const;
  template <typename Fits>
  Referent* Nearest(const Place& place, Fits fits);
  template <typename Fits>
  bool IsOnlyOne(const Place& place, const Referent& one, Fits fits) const;

  void Add(const Tree& tree, int head);
  void AddPronoun(const Tree& tree, int pronoun);

  std::deque<Referent> referents_;               // as they stand in the text
  std::deque<std::pair<uint32_t, Link>> links_;  // by where the pronoun begins
  uint32_t sentence_ = 0;
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_COREFERENCE_H_
