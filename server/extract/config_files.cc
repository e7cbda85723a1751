#include "server/extract/config_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "server/base/sha256.h"
#include "server/base/status_macros.h"
#include "server/extract/file_descriptor.h"
#include "server/extract/path_error.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

bool IsFile(const Json& schema) {
  const auto format = schema.find("format");
  return format != schema.end() && *format == "file";
}

void Collect(const Json& schema, const Json& value, const Json::json_pointer& place,
             std::vector<ConfigFile>* files) {
  if (!schema.is_object()) {
    return;
  }
  if (value.is_string() && IsFile(schema)) {
    files->push_back({place.to_string(), value.get<std::string>(), ""});
  }
  if (const auto properties = schema.find("properties");
      value.is_object() && properties != schema.end() && properties->is_object()) {
    for (const auto& [name, member] : value.items()) {
      if (const auto part = properties->find(name); part != properties->end()) {
        Collect(*part, member, place / name, files);
      }
    }
  }
  if (const auto items = schema.find("items"); value.is_array() && items != schema.end()) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      Collect(*items, value[i], place / i, files);
    }
  }
}

absl::StatusOr<std::string> CopyAndHash(int from, const std::string& path, std::ostream* to) {
  Sha256Stream hash;
  std::size_t left = ConfigFiles::kMaxBytes;
  std::array<char, 1 << 16> part;
  for (;;) {
    const ssize_t count = read(from, part.data(), part.size());
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count < 0) {
      return PathError("read", path, errno);
    }
    if (count == 0) {
      return Hex(hash.Finish());
    }
    const auto size = static_cast<std::size_t>(count);
    if (size > left) {
      return absl::ResourceExhaustedError(
          fmt::format("{} is larger than {} MiB", path, ConfigFiles::kMaxBytes >> 20));
    }
    left -= size;
    hash.Add({part.data(), size});
    to->write(part.data(), count);
  }
}

}  // namespace

std::vector<ConfigFile> FilesNamedIn(std::string_view schema, std::string_view config) {
  std::vector<ConfigFile> files;
  const Json schema_json = Json::parse(schema, nullptr, /*allow_exceptions=*/false);
  const Json json = Json::parse(config, nullptr, /*allow_exceptions=*/false);
  Collect(schema_json, json, Json::json_pointer(), &files);
  return files;
}

absl::StatusOr<std::shared_ptr<const ConfigFiles>> ConfigFiles::Copy(
    const std::vector<ConfigFile>& named, const fs::path& folder) {
  if (named.empty()) {
    return std::shared_ptr<const ConfigFiles>(new ConfigFiles(fs::path()));
  }
  std::string path = (folder / (std::string(kPrefix) + "XXXXXX")).string();
  if (mkdtemp(path.data()) == nullptr) {
    return PathError("make a folder in", folder, errno);
  }
  const std::shared_ptr<ConfigFiles> copies(new ConfigFiles(path));
  for (const ConfigFile& file : named) {
    RETURN_IF_ERROR(copies->Add(file));
  }
  return copies;
}

ConfigFiles::~ConfigFiles() {
  std::error_code ignored;
  if (!folder_.empty()) {
    fs::remove_all(folder_, ignored);
  }
}

// Each copy has the file's own name, in a folder of its own: plugins name it in their messages.
absl::Status ConfigFiles::Add(const ConfigFile& file) {
  // A pipe without a writer must not block.
  const FileDescriptor from(open(file.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  struct stat about = {};
  if (from.get() < 0 || fstat(from.get(), &about) != 0 || !S_ISREG(about.st_mode)) {
    return absl::OkStatus();
  }
  const fs::path folder = folder_ / std::to_string(files_.size());
  const fs::path copy = folder / fs::path(file.path).filename();
  std::error_code error;
  fs::create_directory(folder, error);
  std::ofstream out(copy, std::ios::binary);
  ASSIGN_OR_RETURN(std::string sha256, CopyAndHash(from.get(), file.path, &out));
  out.close();
  if (error || !out) {
    return PathError("write to", copy, error ? error.value() : errno);
  }
  files_.push_back({file.place, file.path, std::move(sha256)});
  copies_.push_back(copy);
  return absl::OkStatus();
}

std::string ConfigFiles::NameCopies(std::string_view config) const {
  Json json = Json::parse(config);
  for (std::size_t i = 0; i < files_.size(); ++i) {
    json.at(Json::json_pointer(files_[i].place)) = copies_[i].string();
  }
  return json.dump();
}

std::string ConfigFiles::NameFiles(std::string text) const {
  for (std::size_t i = 0; i < files_.size(); ++i) {
    const std::string copy = copies_[i].string();
    for (std::size_t at = text.find(copy); at != text.npos; at = text.find(copy, at)) {
      text.replace(at, copy.size(), files_[i].path);
      at += files_[i].path.size();
    }
  }
  return text;
}

std::string ConfigHash(std::string_view config, const std::vector<ConfigFile>& files) {
  std::string identity(config);
  for (const ConfigFile& file : files) {
    identity += fmt::format("\n{} {}", file.place, file.sha256);
  }
  return Sha256Hex(identity);
}

}  // namespace dossier
