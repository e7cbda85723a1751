#include "server/extract/plugin_file.h"

#include <fmt/format.h>

#include <utility>

#include "server/base/sha256.h"
#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/elf_image.h"
#include "server/extract/elf_rules.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxPluginBytes = std::size_t{1} << 30;

absl::StatusOr<PluginFile> Open(const std::filesystem::path& path, const std::string& name) {
  ASSIGN_OR_RETURN(SealedFile copy, SealedFile::Copy(path, kMaxPluginBytes));
  ASSIGN_OR_RETURN(const std::string_view text, FindManifestText(copy.bytes()));
  ASSIGN_OR_RETURN(Manifest manifest, ParseManifest(text));
  RETURN_IF_ERROR(CheckElfRules(copy.bytes()));
  std::string sha256 = Sha256Hex(copy.bytes());
  return PluginFile{name, std::move(copy), std::move(manifest), std::move(sha256), ""};
}

}  // namespace

std::string DisplayName(const std::filesystem::path& path) {
  return EscapeForDisplay(path.filename().string());
}

absl::StatusOr<PluginFile> OpenPluginFile(const std::filesystem::path& path) {
  return OpenPluginFile(path, DisplayName(path));
}

absl::StatusOr<PluginFile> OpenPluginFile(const std::filesystem::path& path, std::string name) {
  absl::StatusOr<PluginFile> file = Open(path, name);
  if (!file.ok()) {
    return absl::Status(file.status().code(),
                        fmt::format("{}: {}", name, std::string(file.status().message())));
  }
  return file;
}

absl::StatusOr<PluginFile> AdoptPluginFile(int fd, std::string name, std::string sha256) {
  ASSIGN_OR_RETURN(SealedFile copy, SealedFile::Adopt(fd));
  ASSIGN_OR_RETURN(const std::string_view text, FindManifestText(copy.bytes()));
  ASSIGN_OR_RETURN(Manifest manifest, ParseManifest(text));
  return PluginFile{std::move(name), std::move(copy), std::move(manifest), std::move(sha256)};
}

}  // namespace dossier
