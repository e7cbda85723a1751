// The files that a plugin's configuration names, as they were when it was read.
//
// A string that the manifest's config_schema marks with "format": "file" is the path of a file.
// What the file holds is as much of the configuration as its path: its hash goes into the
// configuration's, and the plugin is given the path of a copy, so that every process of a
// generation reads the same, however late it is started and whatever happened to the file by then.
#ifndef DOSSIER_SERVER_EXTRACT_CONFIG_FILES_H_
#define DOSSIER_SERVER_EXTRACT_CONFIG_FILES_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

struct ConfigFile {
  std::string place;   // in the configuration, a JSON pointer: "/lists/0"
  std::string path;    // as the configuration has it
  std::string sha256;  // of what it held, in hex

  friend bool operator==(const ConfigFile&, const ConfigFile&) = default;
};

// The strings of `config` that `schema` marks as paths of files, in the order of their places,
// without hashes. Both are JSON objects; an empty schema marks nothing. It is followed through
// `properties` and `items`.
std::vector<ConfigFile> FilesNamedIn(std::string_view schema, std::string_view config);

// Copies of files in a folder of their own, which goes with the object. Immutable.
class ConfigFiles {
 public:
  static constexpr std::string_view kPrefix = ".files-";  // of the folder's name
  static constexpr std::size_t kMaxBytes = std::size_t{1} << 30;

  // Copies those of `named` that are regular files and can be read; the others are left out: the
  // plugin finds out by itself. The folder is made in `folder`. RESOURCE_EXHAUSTED for a file of
  // more than kMaxBytes; other errors are the system's. Blocks.
  static absl::StatusOr<std::shared_ptr<const ConfigFiles>> Copy(
      const std::vector<ConfigFile>& named, const std::filesystem::path& folder);
  ~ConfigFiles();
  ConfigFiles(const ConfigFiles&) = delete;
  ConfigFiles& operator=(const ConfigFiles&) = delete;

  // Those that were copied, with their hashes.
  const std::vector<ConfigFile>& files() const { return files_; }
  // Their copies, in the same order.
  const std::vector<std::filesystem::path>& copies() const { return copies_; }

  // `config` with the copies in place of the files.
  std::string NameCopies(std::string_view config) const;
  // `text` with the files in place of the copies: what a plugin said of a copy.
  std::string NameFiles(std::string text) const;

 private:
  explicit ConfigFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

  absl::Status Add(const ConfigFile& file);

  const std::filesystem::path folder_;
  std::vector<ConfigFile> files_;
  std::vector<std::filesystem::path> copies_;
};

// What evidence names a configuration by: the SHA-256, in hex, of its text; where it names files,
// of the text and then, for each, of a line feed, the place, a space and the file's hash.
std::string ConfigHash(std::string_view config, const std::vector<ConfigFile>& files);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_CONFIG_FILES_H_
