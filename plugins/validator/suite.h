#ifndef DOSSIER_PLUGINS_VALIDATOR_SUITE_H_
#define DOSSIER_PLUGINS_VALIDATOR_SUITE_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "plugins/validator/check.h"

namespace dossier::validator {

enum class Verdict : uint8_t { kPassed, kFailed, kSkipped };

struct Result {
  const Check* check = nullptr;
  Verdict verdict = Verdict::kPassed;
  Outcome outcome;  // of a check that was skipped: why
};

// Whether the plugin can be put to the test at all: the file and the providers can be read, and
// every layer that it requires can come from somewhere. What else is wrong with it is for the
// checks to tell.
absl::Status CheckSettings(const Settings& settings);

// Runs `checks`, each in a process of its own, in their order; whatever they need runs before them.
// Tells each result as it comes. REQUIRES: this process has one thread.
void RunSuite(const Settings& settings, const std::vector<const Check*>& checks,
              const std::function<void(const Result&)>& tell);

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_SUITE_H_
