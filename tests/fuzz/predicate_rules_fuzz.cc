// Fuzz target: a file of predicate rules as a stranger would write it, then its lines looked up as
// predicates and names.
#include "server/query/predicate_rules.h"
#include "tests/fuzz/fuzz_target.h"

namespace {

void LookUp(const dossier::PredicateRules& rules, std::string_view text) {
  static_cast<void>(rules.Normal(text));
  static_cast<void>(rules.Spellings(text));
  static_cast<void>(rules.Words(text));
  static_cast<void>(rules.events().KindOf(text));
  if (const auto telling = rules.events().Find(text)) {
    static_cast<void>(rules.events().Predicates(telling->event));
  }
  if (const auto office = rules.FindOffice(text)) {
    static_cast<void>(rules.OfficeNames(*office));
    static_cast<void>(rules.Title(*office));
  }
}

}  // namespace

bool dossier::TryInput(std::string_view input) {
  PredicateRules rules;
  const bool accepted = rules.Add(input, "rules.txt").ok();
  while (!input.empty()) {
    const std::string_view line = input.substr(0, input.find('\n'));
    LookUp(rules, line);
    const std::string_view values =
        line.substr(line.find(": ") == line.npos ? 0 : line.find(": ") + 2);
    LookUp(rules, values.substr(0, values.find(',')));
    input.remove_prefix(line.size() == input.size() ? line.size() : line.size() + 1);
  }
  return accepted;
}
