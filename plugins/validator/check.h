// A check is one promise of plugins/abi/dossier_plugin.h and the function that puts a plugin to
// the test of it.
#ifndef DOSSIER_PLUGINS_VALIDATOR_CHECK_H_
#define DOSSIER_PLUGINS_VALIDATOR_CHECK_H_

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "plugins/validator/instance.h"
#include "plugins/validator/isolated_run.h"
#include "plugins/validator/material.h"
#include "plugins/validator/texts.h"
#include "server/extract/library.h"

namespace dossier::validator {

// What the author asks for.
struct Settings {
  std::filesystem::path plugin;
  std::vector<std::filesystem::path> providers;
  std::vector<Sample> texts;             // the author's own, beside ours
  std::string config = "{}";             // a JSON object
  uint64_t seed = 1;                     // not 0
  uint32_t rounds = 300;                 // of the fuzz check
  std::chrono::seconds time_limit{120};  // of processor time, for one check
};

// What a check works with, in the process that is its own.
class Trial {
 public:
  Trial(const Settings& settings, Report* report) : settings_(settings), report_(*report) {}

  const Settings& settings() const { return settings_; }
  Report& report() { return report_; }

  // Half the time limit has passed: a check that repeats something may stop here.
  bool half_time() const;

  // Each loads what it needs on first use. An error is the check's failure.
  absl::StatusOr<const Library*> Load();
  absl::StatusOr<std::unique_ptr<Instance>> MakeInstance(HostAge age = HostAge::kToday);
  absl::StatusOr<const MaterialSource*> Source();

  // Our ordinary texts and the author's, with their layers.
  absl::StatusOr<std::vector<Material>> OrdinaryMaterial();

 private:
  const Settings& settings_;
  Report& report_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  const Library* library_ = nullptr;
  std::optional<MaterialSource> source_;
};

struct Check {
  std::string_view name;
  std::string_view promise;  // what a plugin does that passes
  // What must have passed for this one to make sense; empty: nothing.
  std::string_view needs;
  // OK, or what the plugin did instead.
  absl::Status (*run)(Trial& trial);
};

// In the order in which they are run and listed.
const std::vector<Check>& AllChecks();

// The checks, by file.
absl::Status CheckElf(Trial& trial);
absl::Status CheckManifest(Trial& trial);
absl::Status CheckLoad(Trial& trial);
absl::Status CheckScanTime(Trial& trial);

absl::Status CheckCreate(Trial& trial);
absl::Status CheckBadConfig(Trial& trial);
absl::Status CheckLifecycle(Trial& trial);
absl::Status CheckManners(Trial& trial);

absl::Status CheckOutput(Trial& trial);
absl::Status CheckDeclared(Trial& trial);
absl::Status CheckOddTexts(Trial& trial);
absl::Status CheckLargeText(Trial& trial);
absl::Status CheckMissingLayers(Trial& trial);
absl::Status CheckEmptyLayers(Trial& trial);

absl::Status CheckDeterminism(Trial& trial);
absl::Status CheckThreads(Trial& trial);
absl::Status CheckMemory(Trial& trial);

absl::Status CheckStop(Trial& trial);
absl::Status CheckRefusingSink(Trial& trial);
absl::Status CheckOldHost(Trial& trial);
absl::Status CheckFutureHost(Trial& trial);

absl::Status CheckFuzz(Trial& trial);

// The plugin's bytes, and the manifest in them. Runs nothing of it.
absl::StatusOr<SealedFile> ReadPlugin(const std::filesystem::path& path);
absl::StatusOr<Manifest> ReadManifest(const std::filesystem::path& path);

// An error with this text.
absl::Status Failure(std::string text);

// What is wrong with an answer, whoever asked: an unknown status, an error without a text, output
// that the host refuses. OK for an answer that says OK, or an error properly.
absl::Status CheckAnswer(const Answer& answer, std::string_view sample);

// The processor time that this process has used.
std::chrono::nanoseconds ProcessorTime();

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_CHECK_H_
