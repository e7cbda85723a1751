#ifndef DOSSIER_SERVER_QUERY_EVENT_RULES_H_
#define DOSSIER_SERVER_QUERY_EVENT_RULES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dossier {

// "troop" for "troops". For comparing words, not for showing them.
std::string_view Singular(std::string_view word);

// Who takes part in the event that a predicate tells of.
enum class EventPart : uint8_t { kSubject, kObject };

// Kinds of events that statements tell of in many words: "send troops", "troops arrive", "the
// presence of troops". Part of PredicateRules.
class EventRules {
 public:
  struct Telling {
    std::string_view event;  // its name; lives as long as the rules
    EventPart part = EventPart::kSubject;
    bool placed = false;  // the object is where
  };

  // REQUIRES: at least two values: the event's name, then predicates. A predicate tells of one
  // event: the first line that has it counts.
  void AddPredicates(EventPart part, const std::vector<std::string>& values);
  // REQUIRES: at least two values: the kind's name, then nouns for it.
  void AddKind(const std::vector<std::string>& values);

  // What a predicate tells of: as it is listed, or, where the subject takes part, with a
  // preposition of place behind it.
  std::optional<Telling> Find(std::string_view predicate) const;
  // Every predicate that Find() finds this event for.
  std::vector<std::string> Predicates(std::string_view event) const;

  // What kind of thing a name is of by its noun, the last word or the one before "of": "people"
  // for "fresh troops". Empty when no rule tells.
  std::string KindOf(std::string_view name) const;

 private:
  struct Entry {
    std::string event;
    EventPart part = EventPart::kSubject;
  };

  std::map<std::string, Entry, std::less<>> predicates_;
  std::map<std::string, std::string, std::less<>> kinds_;  // by noun, in the singular
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_EVENT_RULES_H_
