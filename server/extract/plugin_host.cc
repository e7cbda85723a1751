#include "server/extract/plugin_host.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <optional>
#include <system_error>
#include <utility>

#include "server/base/sha256.h"
#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/config_schema.h"
#include "server/extract/plugin_file.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

absl::StatusOr<std::vector<fs::path>> ListFiles(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    if (it->path().filename().string().front() != '.' && !fs::is_directory(it->path())) {
      files.push_back(it->path());
    }
  }
  if (error) {
    return absl::Status(
        absl::ErrnoToStatusCode(error.value()),
        fmt::format("cannot read the plugin folder {}: {}", folder.string(), error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Loads one file. Fills `info` as far as it gets.
absl::StatusOr<ActivePlugin> LoadPlugin(const fs::path& path, const PluginHost::Options& options,
                                        PluginInfo* info) {
  ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(path));
  info->manifest = file.manifest;
  info->extractor = {file.manifest.id, file.manifest.version, file.sha256, ""};
  BackendOptions backend_options;
  backend_options.carrier =
      options.in_process.contains(file.manifest.id) ? Carrier::kInProcess : Carrier::kWorker;
  backend_options.limits = options.limits;
  const auto given = options.configs.find(file.manifest.id);
  if (given != options.configs.end()) {
    backend_options.readable_files = FilesNamedIn(given->second);
  }
  ASSIGN_OR_RETURN(backend_options.config,
                   CompleteConfig(file.manifest.config_schema,
                                  given == options.configs.end() ? "{}" : given->second));
  info->extractor.config_hash = Sha256Hex(backend_options.config);
  ASSIGN_OR_RETURN(std::shared_ptr<ExtractorBackend> backend,
                   options.make_backend(std::move(file), backend_options));
  return ActivePlugin{info->manifest, info->extractor, std::move(backend)};
}

// The plugins that have been loaded and, for each, which info is its.
struct Candidates {
  std::vector<ActivePlugin> plugins;
  std::vector<std::size_t> infos;

  void Remove(std::size_t i) {
    plugins.erase(plugins.begin() + static_cast<std::ptrdiff_t>(i));
    infos.erase(infos.begin() + static_cast<std::ptrdiff_t>(i));
  }
};

void Refuse(std::string reason, PluginInfo* info) {
  info->state = PluginState::kRefused;
  info->reason = std::move(reason);
}

// Refuses plugins until the rest makes a plan: one that goes may take others with it.
std::shared_ptr<const Plan> MakePlan(Candidates candidates, std::vector<PluginInfo>* infos) {
  while (true) {
    std::vector<PlanFault> faults = FindPlanFaults(candidates.plugins);
    if (faults.empty()) {
      return *Plan::Make(std::move(candidates.plugins));
    }
    for (auto fault = faults.rbegin(); fault != faults.rend(); ++fault) {
      Refuse(std::move(fault->text), &(*infos)[candidates.infos[fault->plugin]]);
      candidates.Remove(fault->plugin);
    }
  }
}

void LogInfos(const std::vector<PluginInfo>& infos, const PluginHost::Options& options) {
  for (const PluginInfo& info : infos) {
    if (info.state == PluginState::kLoaded) {
      spdlog::info("plugin {} {} loaded from {}", info.manifest.id, info.manifest.version,
                   info.file);
    } else {
      spdlog::warn("plugin file {} refused: {}", info.file, info.reason);
    }
  }
  for (const auto& [id, config] : options.configs) {
    if (std::none_of(infos.begin(), infos.end(),
                     [&](const PluginInfo& info) { return info.manifest.id == id; })) {
      spdlog::warn("there is a configuration for plugin {}, but no such plugin", id);
    }
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<PluginHost>> PluginHost::Start(const Options& options) {
  ASSIGN_OR_RETURN(const std::vector<fs::path> files, ListFiles(options.folder));
  std::vector<PluginInfo> infos;
  Candidates candidates;
  for (const fs::path& path : files) {
    PluginInfo& info = infos.emplace_back();
    info.file = EscapeForDisplay(path.filename().string());
    absl::StatusOr<ActivePlugin> plugin = LoadPlugin(path, options, &info);
    if (!plugin.ok()) {
      Refuse(std::string(plugin.status().message()), &info);
      continue;
    }
    info.state = PluginState::kLoaded;
    candidates.plugins.push_back(*std::move(plugin));
    candidates.infos.push_back(infos.size() - 1);
  }
  auto plan = MakePlan(std::move(candidates), &infos);
  LogInfos(infos, options);
  return std::unique_ptr<PluginHost>(new PluginHost(std::move(plan), std::move(infos)));
}

std::shared_ptr<const Plan> PluginHost::plan() const {
  const std::lock_guard lock(mutex_);
  return plan_;
}

std::vector<PluginInfo> PluginHost::List() const {
  const std::lock_guard lock(mutex_);
  return infos_;
}

}  // namespace dossier
