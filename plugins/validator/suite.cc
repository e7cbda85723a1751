#include "plugins/validator/suite.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string_view>

#include "server/base/status_macros.h"

namespace dossier::validator {
namespace {

const Check* FindCheck(std::string_view name) {
  const auto& checks = AllChecks();
  const auto found = std::find_if(checks.begin(), checks.end(),
                                  [&](const Check& check) { return check.name == name; });
  return found == checks.end() ? nullptr : &*found;
}

class Suite {
 public:
  Suite(const Settings& settings, const std::function<void(const Result&)>& tell)
      : settings_(settings), tell_(tell) {}

  // Each check once; those that it needs before it.
  const Result& Run(const Check& check) {
    const auto done = results_.find(check.name);
    if (done != results_.end()) {
      return done->second;
    }
    Result result = {&check, Verdict::kSkipped, {}};
    const Check* needed = FindCheck(check.needs);
    const bool ready = needed == nullptr || Run(*needed).verdict == Verdict::kPassed;
    if (ready) {
      result.outcome = RunIsolated(
          [&](Report& report) {
            Trial trial(settings_, &report);
            return check.run(trial);
          },
          settings_.time_limit);
      result.verdict = result.outcome.passed ? Verdict::kPassed : Verdict::kFailed;
    } else {
      result.outcome.text = fmt::format("needs {}", needed->name);
    }
    tell_(result);
    return results_.emplace(check.name, std::move(result)).first->second;
  }

 private:
  const Settings& settings_;
  const std::function<void(const Result&)>& tell_;
  std::map<std::string_view, Result> results_;
};

}  // namespace

absl::Status CheckSettings(const Settings& settings) {
  RETURN_IF_ERROR(ReadPlugin(settings.plugin).status());
  const Outcome outcome = RunIsolated(
      [&](Report& report) -> absl::Status {
        report.Doing("loading the providers");
        // A plugin without a readable manifest requires nothing that anybody knows of.
        const absl::StatusOr<Manifest> manifest = ReadManifest(settings.plugin);
        return MaterialSource::Open(manifest.ok() ? *manifest : Manifest(), settings.providers)
            .status();
      },
      settings.time_limit);
  return outcome.passed ? absl::OkStatus() : absl::FailedPreconditionError(outcome.text);
}

void RunSuite(const Settings& settings, const std::vector<const Check*>& checks,
              const std::function<void(const Result&)>& tell) {
  Suite suite(settings, tell);
  for (const Check* check : checks) {
    suite.Run(*check);
  }
}

}  // namespace dossier::validator
