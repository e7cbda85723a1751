// Fuzz target: a rule file as a stranger would write it.
#include <string>

#include "plugins/rules/parser.h"
#include "tests/fuzz/fuzz_target.h"

bool dossier::TryInput(std::string_view input) {
  if (sdk::FindInvalidUtf8(input) != input.npos) return false;
  const sdk::TextFile file("my.rules", std::string(input));
  sdk::FileFaults faults(file);
  rules::ParseRules(file, &faults);
  return faults.empty();
}
