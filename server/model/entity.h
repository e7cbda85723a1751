#ifndef DOSSIER_SERVER_MODEL_ENTITY_H_
#define DOSSIER_SERVER_MODEL_ENTITY_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// A name or a type and how many mentions carry it.
struct Vote {
  std::string text;
  uint64_t count = 0;

  friend bool operator==(const Vote&, const Vote&) = default;
};

// A thing that documents speak of: a function of the mentions that resolve to it and nothing else,
// so that taking a document away takes exactly its share away.
struct Entity {
  std::string key;          // what resolution identifies it by; unique in the namespace
  std::vector<Vote> names;  // as the texts spell it; sorted by text; no zero counts
  std::vector<Vote> types;  // PERSON, ORG, ...; sorted by text; no zero counts
  uint64_t mentions = 0;

  // The commonest of the names that spell the key (whose NameForm() it is), or else of all names;
  // among equals the first in byte order. So "NIS" does not outdo the name that it is short for.
  std::string_view preferred_name() const;
  // The commonest; among equals the first in byte order. Empty when there is none.
  std::string_view type() const;

  friend bool operator==(const Entity&, const Entity&) = default;
};

// Adds `delta` votes for `text`; an entry that reaches zero goes. REQUIRES: no count below zero.
void AddVotes(std::vector<Vote>* votes, std::string_view text, int64_t delta);

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_ENTITY_H_
