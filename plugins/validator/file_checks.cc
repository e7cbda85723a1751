// Checks of the file, before and while it is loaded.
#include <fmt/format.h>

#include "plugins/validator/check.h"
#include "server/base/status_macros.h"
#include "server/extract/elf_image.h"
#include "server/extract/elf_rules.h"

namespace dossier::validator {

absl::StatusOr<SealedFile> ReadPlugin(const std::filesystem::path& path) {
  constexpr std::size_t kMaxBytes = std::size_t{1} << 30;
  return SealedFile::Copy(path, kMaxBytes);
}

absl::StatusOr<Manifest> ReadManifest(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const SealedFile file, ReadPlugin(path));
  ASSIGN_OR_RETURN(const std::string_view text, FindManifestText(file.bytes()));
  return ParseManifest(text);
}

absl::Status CheckElf(Trial& trial) {
  ASSIGN_OR_RETURN(const SealedFile file, ReadPlugin(trial.settings().plugin));
  return CheckElfRules(file.bytes());
}

absl::Status CheckManifest(Trial& trial) {
  ASSIGN_OR_RETURN(const Manifest manifest, ReadManifest(trial.settings().plugin));
  trial.report().Note(fmt::format("{} {}", manifest.id, manifest.version));
  return absl::OkStatus();
}

absl::Status CheckLoad(Trial& trial) {
  trial.report().Doing("loading");
  return trial.Load().status();
}

absl::Status CheckScanTime(Trial& trial) {
  constexpr std::chrono::milliseconds kLimit{100};
  const auto start = ProcessorTime();
  RETURN_IF_ERROR(trial.Load().status());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(ProcessorTime() - start);
  const std::string figure = fmt::format("{} ms", took.count());
  trial.report().Note(figure);
  return took <= kLimit ? absl::OkStatus()
                        : Failure(fmt::format("reading and loading it takes {} of processor time; "
                                              "move work from static constructors to create()",
                                              figure));
}

}  // namespace dossier::validator
