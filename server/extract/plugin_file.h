#ifndef DOSSIER_SERVER_EXTRACT_PLUGIN_FILE_H_
#define DOSSIER_SERVER_EXTRACT_PLUGIN_FILE_H_

#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "server/extract/manifest.h"
#include "server/extract/sealed_file.h"

namespace dossier {

// A plugin on disk whose manifest has been read and whose code has not been touched.
struct PluginFile {
  std::string name;  // of the file, as messages show it
  SealedFile copy;
  Manifest manifest;
  std::string sha256;          // of the copy, in hex
  std::string signature = {};  // as it came with the file; empty: none
};

// A plugin that keeps the rules that show without running it. Errors as SealedFile::Copy,
// FindManifestText, ParseManifest and CheckElfRules give them, with the file's name in front.
absl::StatusOr<PluginFile> OpenPluginFile(const std::filesystem::path& path);
// The same under another name.
absl::StatusOr<PluginFile> OpenPluginFile(const std::filesystem::path& path, std::string name);

// A file's name in UTF-8.
std::string DisplayName(const std::filesystem::path& path);

// The same of a sealed copy that another process opened and checked, and passed as `fd`, with what
// it knows of it.
absl::StatusOr<PluginFile> AdoptPluginFile(int fd, std::string name, std::string sha256);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PLUGIN_FILE_H_
