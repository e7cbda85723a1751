#include "server/extract/plugin_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/config_schema.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSignatureEnding = ".sig";
// One is 64 bytes; more of it is read only to be refused.
constexpr std::size_t kMaxSignatureBytes = 1024;

std::string ReadSignature(fs::path path) {
  path += kSignatureEnding;
  std::ifstream file(path, std::ios::binary);
  std::string signature(kMaxSignatureBytes, '\0');
  file.read(signature.data(), static_cast<std::streamsize>(signature.size()));
  signature.resize(static_cast<std::size_t>(file.gcount()));
  return signature;
}

}  // namespace

absl::StatusOr<std::vector<fs::path>> PluginLoader::ListFolder() const {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator it(options_.folder, error), end; !error && it != end;
       it.increment(error)) {
    if (it->path().filename().string().front() != '.' && !fs::is_directory(it->path()) &&
        it->path().extension() != kSignatureEnding) {
      files.push_back(it->path());
    }
  }
  if (error) {
    return absl::ErrnoToStatus(
        error.value(), fmt::format("cannot read the plugin folder {}", options_.folder.string()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

PluginEntry PluginLoader::OpenInFolder(const fs::path& path) const {
  PluginEntry entry;
  absl::StatusOr<PluginFile> file = OpenPluginFile(path, DisplayName(path));
  if (file.ok()) {
    file->signature = ReadSignature(path);
    entry.info.manifest = file->manifest;
    entry.info.extractor = {file->manifest.id, file->manifest.version, file->sha256, ""};
    absl::StatusOr<PluginEntry> admitted = Admit(*std::move(file));
    if (admitted.ok()) {
      entry = *std::move(admitted);
    } else {
      Refuse(std::string(admitted.status().message()), &entry);
    }
  } else {
    Refuse(std::string(file.status().message()), &entry);
  }
  entry.path = path;
  entry.info.file = DisplayName(path);
  return entry;
}

absl::StatusOr<PluginEntry> PluginLoader::Admit(PluginFile file) const {
  if (const absl::Status status = options_.keys.Verify(file.copy.bytes(), file.signature);
      !status.ok()) {
    return absl::Status(status.code(),
                        fmt::format("{}: {}", file.name, std::string(status.message())));
  }
  PluginEntry entry;
  entry.info.file = file.name;
  entry.info.manifest = file.manifest;
  entry.info.extractor = {file.manifest.id, file.manifest.version, file.sha256, ""};
  entry.file = std::move(file);
  return entry;
}

PluginEntry PluginLoader::OpenRemote(std::shared_ptr<RemotePlugin> remote,
                                     const StopToken& stop) const {
  PluginEntry entry;
  entry.info.file = remote->address();
  entry.remote = std::move(remote);
  if (const absl::Status status = Connect(stop, &entry); !status.ok()) {
    Refuse(std::string(status.message()), &entry);
    if (absl::IsUnavailable(status)) {
      entry.info.state = PluginState::kUnreachable;
    }
  }
  return entry;
}

absl::Status PluginLoader::Connect(const StopToken& stop, PluginEntry* entry) const {
  ASSIGN_OR_RETURN(const RemoteDescription description, entry->remote->Describe(stop));
  const Manifest& manifest = description.manifest;
  entry->info.manifest = manifest;
  entry->info.extractor = {manifest.id, manifest.version, description.sha256, ""};
  RETURN_IF_ERROR(Configure(entry));
  BackendOptions options;
  options.config = entry->info.config;
  options.limits = options_.limits;
  ASSIGN_OR_RETURN(std::shared_ptr<ExtractorBackend> backend,
                   entry->remote->MakeBackend(manifest, options, stop));
  entry->plugin = ActivePlugin{manifest, entry->info.extractor, std::move(backend)};
  entry->info.state = PluginState::kLoaded;
  return absl::OkStatus();
}

std::string PluginLoader::ConfigOf(const PluginEntry& entry) const {
  if (entry.given_config) {
    return *entry.given_config;
  }
  const auto found = options_.configs.find(entry.id());
  return found == options_.configs.end() ? "{}" : found->second;
}

absl::Status PluginLoader::Configure(PluginEntry* entry) const {
  if (entry->given_config) {  // in one spelling, as it will be after a restart
    ASSIGN_OR_RETURN(entry->given_config, CompleteConfig("", *entry->given_config));
  }
  ASSIGN_OR_RETURN(entry->info.config,
                   CompleteConfig(entry->info.manifest.config_schema, ConfigOf(*entry)));
  ASSIGN_OR_RETURN(
      entry->files,
      ConfigFiles::Copy(ReadableFiles(*entry),
                        options_.store.empty() ? fs::temp_directory_path() : options_.store));
  entry->info.files = entry->files->files();
  entry->info.extractor.config_hash = ConfigHash(entry->info.config, entry->info.files);
  return absl::OkStatus();
}

// As the operator named them, before any default of the plugin's is filled in. What a request's
// configuration names is read only out of the plugin folder: otherwise whoever may install a plugin
// could read every file that the server can. A remote extractor's paths are of its own machine.
std::vector<ConfigFile> PluginLoader::ReadableFiles(const PluginEntry& entry) const {
  if (entry.remote != nullptr) {
    return {};
  }
  std::vector<ConfigFile> files = FilesNamedIn(entry.info.manifest.config_schema, ConfigOf(entry));
  if (entry.given_config) {
    std::error_code ignored;
    const fs::path folder = fs::canonical(options_.folder, ignored);
    std::erase_if(files, [&](const ConfigFile& file) {
      const fs::path inside = fs::canonical(file.path, ignored).lexically_relative(folder);
      return inside.empty() || *inside.begin() == "..";
    });
  }
  return files;
}

absl::Status PluginLoader::Make(Carrier carrier, PluginEntry* entry) const {
  if (entry->remote != nullptr) {
    return absl::OkStatus();
  }
  BackendOptions options;
  options.carrier = carrier;
  options.config = entry->files->NameCopies(entry->info.config);
  options.files = entry->files;
  options.limits = options_.limits;
  absl::StatusOr<std::shared_ptr<ExtractorBackend>> backend =
      options_.make_backend(*entry->file, options);
  if (!backend.ok()) {
    return absl::Status(backend.status().code(),
                        entry->files->NameFiles(std::string(backend.status().message())));
  }
  entry->plugin = ActivePlugin{entry->info.manifest, entry->info.extractor, *std::move(backend)};
  entry->info.state = PluginState::kLoaded;
  return absl::OkStatus();
}

absl::Status PluginLoader::MakeReady(PluginEntry* entry) const {
  const bool in_process = options_.in_process.contains(entry->id());
  return Make(in_process ? Carrier::kInProcess : Carrier::kWorker, entry);
}

absl::Status PluginLoader::MakeThrowAway(PluginEntry* entry) const {
  return Make(Carrier::kWorker, entry);
}

}  // namespace dossier
