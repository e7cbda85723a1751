#include "plugins/validator/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/config_schema.h"

namespace dossier::validator {

bool Trial::half_time() const {
  return std::max<std::chrono::nanoseconds>(
             ProcessorTime(), std::chrono::steady_clock::now() - start_) > settings_.time_limit / 2;
}

absl::StatusOr<const Library*> Trial::Load() {
  if (library_ == nullptr) {
    ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(settings_.plugin));
    ASSIGN_OR_RETURN(library_, Library::Load(std::move(file)));
  }
  return library_;
}

absl::StatusOr<std::unique_ptr<Instance>> Trial::MakeInstance(HostAge age) {
  ASSIGN_OR_RETURN(const Library* library, Load());
  ASSIGN_OR_RETURN(const std::string config,
                   CompleteConfig(library->manifest().config_schema, settings_.config));
  return Instance::Make(*library, config, age);
}

absl::StatusOr<const MaterialSource*> Trial::Source() {
  if (!source_) {
    ASSIGN_OR_RETURN(const Library* library, Load());
    ASSIGN_OR_RETURN(source_, MaterialSource::Open(library->manifest(), settings_.providers));
  }
  return &*source_;
}

absl::StatusOr<std::vector<Material>> Trial::OrdinaryMaterial() {
  ASSIGN_OR_RETURN(const MaterialSource* source, Source());
  std::vector<Material> materials;
  for (const auto* samples : {&OrdinaryTexts(), &settings_.texts}) {
    for (const Sample& sample : *samples) {
      ASSIGN_OR_RETURN(Material material, source->Make(sample, settings_.seed));
      materials.push_back(std::move(material));
    }
  }
  return materials;
}

absl::Status Failure(std::string text) { return absl::FailedPreconditionError(std::move(text)); }

absl::Status CheckAnswer(const Answer& answer, std::string_view sample) {
  constexpr std::array<dossier_status, 6> kStatuses = {DOSSIER_OK,
                                                       DOSSIER_CANCELLED,
                                                       DOSSIER_INVALID_ARGUMENT,
                                                       DOSSIER_RESOURCE_EXHAUSTED,
                                                       DOSSIER_FAILED_PRECONDITION,
                                                       DOSSIER_INTERNAL};
  if (std::find(kStatuses.begin(), kStatuses.end(), answer.status) == kStatuses.end()) {
    return Failure(fmt::format("text \"{}\": process() returns {}, which is no status of the ABI",
                               sample, answer.status));
  }
  if (answer.status != DOSSIER_OK && answer.status != DOSSIER_CANCELLED && answer.error.empty()) {
    return Failure(fmt::format("text \"{}\": process() returns status {} and tells no reason",
                               sample, answer.status));
  }
  if (!answer.fault.empty()) {
    return Failure(fmt::format("text \"{}\": {}", sample, answer.fault));
  }
  if (answer.output.refused != 0) {
    return Failure(
        fmt::format("text \"{}\": the host refuses {} items of its output; the first is {}", sample,
                    answer.output.refused, answer.output.refusals.front()));
  }
  return absl::OkStatus();
}

std::chrono::nanoseconds ProcessorTime() {
  timespec now = {};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

const std::vector<Check>& AllChecks() {
  static const auto* const checks = new std::vector<Check>{
      {"elf", "is a shared object that exports its entry, needs the C library and nothing else", "",
       CheckElf},
      {"manifest", "carries a manifest that MANIFEST.md allows", "elf", CheckManifest},
      {"load", "loads, and its code says of itself what its manifest says", "manifest", CheckLoad},
      {"scan-time", "is read and loaded within 100 ms of processor time", "load", CheckScanTime},
      {"create", "makes an instance with the configuration that it is given", "load", CheckCreate},
      {"bad-config", "refuses a configuration, if it does, with a text and INVALID_ARGUMENT",
       "load", CheckBadConfig},
      {"lifecycle",
       "leaves no memory, file, thread behind when it is made and destroyed a thousand times",
       "create", CheckLifecycle},
      {"manners",
       "writes nothing to standard output and leaves signals, locale, folder, environment and "
       "children as they were",
       "create", CheckManners},
      {"output",
       "says only what the host can take: spans in the text, layers as LAYERS.md has them",
       "create", CheckOutput},
      {"declared", "says nothing that its manifest does not declare", "create", CheckDeclared},
      {"odd-texts", "reads no text at all, one byte, other scripts, NULs, endless words", "create",
       CheckOddTexts},
      {"large-text", "reads 10 MB in time linear in the text", "create", CheckLargeText},
      {"missing-layers", "does without a layer that it requires, or says FAILED_PRECONDITION",
       "create", CheckMissingLayers},
      {"empty-layers", "reads layers without rows", "create", CheckEmptyLayers},
      {"determinism", "says the same of the same text, whichever instance reads it after whatever",
       "create", CheckDeterminism},
      {"threads",
       "says the same on four threads: on one instance when it is reentrant, else on one each",
       "create", CheckThreads},
      {"memory", "takes no more memory with every document that it reads", "create", CheckMemory},
      {"stop", "ends within 100 ms of processor time once stop() says so, and works on afterwards",
       "create", CheckStop},
      {"refusing-sink", "lives with a host that refuses everything", "create", CheckRefusingSink},
      {"old-host", "reads nothing beyond ABI 1.0's structs, arrays and strings", "create",
       CheckOldHost},
      {"future-host", "takes no notice of fields that later hosts append", "create",
       CheckFutureHost},
      {"fuzz", "keeps all of this for texts and layers changed at random", "create", CheckFuzz},
  };
  return *checks;
}

}  // namespace dossier::validator
