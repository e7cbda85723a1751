#ifndef DOSSIER_SERVER_QUERY_PREDICATE_RULES_H_
#define DOSSIER_SERVER_QUERY_PREDICATE_RULES_H_

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/query/event_rules.h"

namespace dossier {

// A post in an organisation, as a name tells it: "NATO chief", "Secretary General of NATO".
struct Office {
  std::size_t title = 0;  // which of the rules
  std::string of;         // folded: "nato"

  friend auto operator<=>(const Office&, const Office&) = default;
};

// What says who holds an office: "X is secretary general of NATO".
inline constexpr char kOfficePredicate[] = "be";

// What predicates have to do with each other: data/predicates.txt says which rules there are, and
// users add files of the same form. Thread-safe once made.
class PredicateRules {
 public:
  // Those of data/predicates.txt, as the server ships them.
  static PredicateRules BuiltIn();

  // Adds the rules in `text`. INVALID_ARGUMENT says `file`, line and column; some rules may then
  // have been added.
  absl::Status Add(std::string_view text, std::string_view file);

  // Without what announces it, and the first of those that say the same: "plan to deploy" is
  // "send". What no rule knows is itself.
  std::string Normal(std::string_view predicate) const;
  // Every predicate that has the same Normal(), at most kMaxSpellings; itself among them.
  std::vector<std::string> Spellings(std::string_view predicate) const;

  // A name's words, folded, each as Normal() has it, without numbers, articles and plural
  // endings: "the 1,500 North Korean soldiers" gives "korean", "north" and
  // "troops".
  std::set<std::string> Words(std::string_view name) const;

  bool OneObject(std::string_view normal) const { return one_object_.contains(normal); }
  bool OneSubject(std::string_view normal) const { return one_subject_.contains(normal); }

  const EventRules& events() const { return events_; }

  // The office that a name tells, if it tells one and of what.
  std::optional<Office> FindOffice(std::string_view name) const;
  // The names that tell this office, with its titles in lower and in upper case ("Chief").
  std::vector<std::string> OfficeNames(const Office& office) const;
  // The predicates that allow one object or one subject at a time.
  std::vector<std::string> Exclusive() const;
  // The title that an office is shown under.
  const std::string& Title(const Office& office) const { return offices_[office.title].front(); }

 private:
  using WordSet = std::set<std::string, std::less<>>;

  // What is wrong with the rule; empty: it is added.
  std::string AddRule(std::string_view rule, const std::vector<std::string>& values);
  void AddSame(const std::vector<std::string>& values);
  void AddOffice(const std::vector<std::string>& values);
  std::string Root(std::string_view word) const;

  std::map<std::string, std::string, std::less<>> first_;                 // of a word's class
  std::map<std::string, std::vector<std::string>, std::less<>> classes_;  // by their first
  std::vector<std::string> announces_;                                    // longest first
  WordSet one_object_;
  WordSet one_subject_;
  WordSet no_office_;
  EventRules events_;
  std::vector<std::vector<std::string>> offices_;
};

inline constexpr std::size_t kMaxSpellings = 1000;

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_PREDICATE_RULES_H_
