#include "server/extract/plugin_host.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::milliseconds kMaxRetryPause = std::chrono::minutes(1);

std::string Text(const absl::Status& status) { return std::string(status.message()); }

}  // namespace

void LogPlugin(const PluginInfo& info) {
  if (info.state == PluginState::kLoaded) {
    spdlog::info("plugin {} {} loaded from {}", info.manifest.id, info.manifest.version, info.file);
  } else if (info.state == PluginState::kUnreachable) {
    spdlog::warn("{}; it is asked again", info.reason);
  } else {
    spdlog::warn("plugin file {} refused: {}", info.file, info.reason);
  }
}

absl::StatusOr<std::unique_ptr<PluginHost>> PluginHost::Start(Options options) {
  std::unique_ptr<PluginHost> host(new PluginHost(std::move(options)));
  ASSIGN_OR_RETURN(host->store_, PluginStore::Open(host->options_.store));
  for (const auto& [id, record] : host->store_->records()) {
    if (record.current && !record.current->from_folder) {
      host->set_.entries().push_back(host->ReadInstalled(id, *record.current));
    }
  }
  ASSIGN_OR_RETURN(PluginSet set, host->ReadFolder());
  for (PluginEntry& entry : set.entries()) {
    if (entry.file && !entry.stands_back && entry.info.reason.empty()) {
      if (const absl::Status status = host->loader_.MakeReady(&entry); !status.ok()) {
        Refuse(Text(status), &entry);
      } else {
        host->Number(&entry);
      }
    }
  }
  for (const std::shared_ptr<RemotePlugin>& remote : host->options_.remotes) {
    host->Number(&set.entries().emplace_back(host->loader_.OpenRemote(remote, StopToken())));
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const Plan> plan, set.MakePlan(/*keep_loaded=*/false));
  set.SetFormer(host->store_->records());
  for (const PluginEntry& entry : set.entries()) {
    LogPlugin(entry.info);
  }
  for (const auto& [id, config] : host->options_.configs) {
    if (set.Find(id) == nullptr) {
      spdlog::warn("there is a configuration for plugin {}, but no such plugin", id);
    }
  }
  host->Swap(std::move(set), std::move(plan));
  host->ReadCandidates();
  if (!host->options_.remotes.empty()) {
    host->retry_ = std::jthread(
        [host = host.get()](const std::stop_token& stop) { host->RetryRemotes(stop); });
  }
  return host;
}

void PluginHost::Number(PluginEntry* entry) {
  if (entry->plugin) {
    entry->info.generation = entry->plugin->generation = ++generations_;
  }
}

std::shared_ptr<const Plan> PluginHost::plan() const {
  const std::lock_guard lock(mutex_);
  return plan_;
}

std::vector<PluginInfo> PluginHost::List() const {
  const std::lock_guard lock(mutex_);
  std::vector<PluginInfo> infos;
  for (const PluginEntry& entry : set_.entries()) {
    infos.push_back(InfoOf(entry));
  }
  for (const auto& [id, candidate] : candidates_) {
    infos.push_back(candidate.info);
  }
  infos.insert(infos.end(), failures_.begin(), failures_.end());
  return infos;
}

PluginInfo PluginHost::InfoOf(const PluginEntry& entry) const {
  PluginInfo info = entry.info;
  if (!entry.stands_back) {
    info.draining = drain_.Generations(entry.id());
  }
  return info;
}

PluginEntry PluginHost::ReadInstalled(const std::string& id, const PluginChoice& choice) const {
  absl::StatusOr<PluginEntry> entry = ReadChoice(id, choice);
  const absl::Status status = entry.ok() ? loader_.Configure(&*entry) : entry.status();
  if (!entry.ok()) {
    entry = PluginEntry();
    entry->info.file = choice.sha256 + ".so";
    entry->info.manifest.id = id;
    entry->info.installed = true;
  }
  if (!status.ok()) {
    Refuse(Text(status), &*entry);
  }
  return *std::move(entry);
}

absl::StatusOr<PluginEntry> PluginHost::ReadChoice(const std::string& id,
                                                   const PluginChoice& choice) const {
  ASSIGN_OR_RETURN(PluginFile file, store_->OpenFile(choice.sha256));
  ASSIGN_OR_RETURN(PluginEntry entry, loader_.Admit(std::move(file)));
  entry.info.installed = true;
  if (const PluginEntry* same = set_.FindInFolder(id, choice.sha256);
      same != nullptr && choice.from_folder) {
    entry.path = same->path;
    entry.info.file = same->info.file;
    entry.info.installed = false;
  }
  entry.given_config = choice.config;
  return entry;
}

PluginEntry PluginHost::ReadFile(const fs::path& path) const {
  PluginEntry entry = loader_.OpenInFolder(path);
  if (!entry.file) {
    return entry;
  }
  const auto record = store_->records().find(entry.id());
  if (record != store_->records().end()) {
    if (!record->second.current || !record->second.current->from_folder) {
      entry.stands_back = true;
      Refuse(fmt::format("it stands back: {} was {} by request", entry.id(),
                         record->second.current ? "installed" : "removed"),
             &entry);
      return entry;
    }
    entry.given_config = record->second.current->config;
  }
  if (const absl::Status status = loader_.Configure(&entry); !status.ok()) {
    Refuse(Text(status), &entry);
  }
  return entry;
}

absl::StatusOr<PluginSet> PluginHost::ReadFolder() const {
  ASSIGN_OR_RETURN(const std::vector<fs::path> files, loader_.ListFolder());
  PluginSet next;
  for (const fs::path& path : files) {
    PluginEntry entry = ReadFile(path);
    const auto running = std::find_if(set_.entries().begin(), set_.entries().end(),
                                      [&](const PluginEntry& other) { return other.path == path; });
    const bool unchanged = running != set_.entries().end() && running->plugin &&
                           entry.info.reason.empty() && running->SameAs(entry);
    next.entries().push_back(unchanged ? *running : std::move(entry));
  }
  std::copy_if(
      set_.entries().begin(), set_.entries().end(), std::back_inserter(next.entries()),
      [](const PluginEntry& entry) { return entry.info.installed || entry.remote != nullptr; });
  return next;
}

void PluginHost::Swap(PluginSet next, std::shared_ptr<const Plan> plan) {
  const std::lock_guard lock(mutex_);
  if (plan_ != nullptr) {
    drain_.Add(plan_, *plan);
  }
  std::swap(set_, next);
  plan_.swap(plan);
}

void PluginHost::RetryRemotes(const std::stop_token& stop) {
  const StopToken until(stop, StopToken::Clock::time_point::max());
  std::chrono::milliseconds pause = options_.retry_pause;
  for (until.Sleep(pause); !until.stopped(); until.Sleep(pause)) {
    pause = AskUnreachable(until) ? options_.retry_pause : std::min(2 * pause, kMaxRetryPause);
  }
}

bool PluginHost::AskUnreachable(const StopToken& stop) {
  bool all_answer = true;
  for (const std::shared_ptr<RemotePlugin>& remote : options_.remotes) {
    {
      const std::lock_guard lock(mutex_);
      if (set_.FindRemote(remote->address())->info.state != PluginState::kUnreachable) {
        continue;
      }
    }
    PluginEntry entry = loader_.OpenRemote(remote, stop);
    if (entry.info.state == PluginState::kUnreachable) {
      all_answer = false;
    } else {
      const std::lock_guard lock(change_mutex_);
      Join(std::move(entry));
    }
  }
  return all_answer;
}

void PluginHost::Join(PluginEntry entry) {
  PluginSet next = set_;
  PluginEntry* const place = next.FindRemote(entry.remote->address());
  if (place->info.state != PluginState::kUnreachable) {
    return;  // a reload was faster
  }
  Number(&entry);
  entry.optional = true;
  *place = std::move(entry);
  absl::StatusOr<std::shared_ptr<const Plan>> plan = next.MakePlan(/*keep_loaded=*/true);
  if (!plan.ok()) {  // it takes the place of one that serves
    Refuse(Text(plan.status()), place);
    place->plugin.reset();
    plan = next.MakePlan(/*keep_loaded=*/true);
  }
  place->optional = false;
  LogPlugin(place->info);
  Swap(std::move(next), *std::move(plan));
}

}  // namespace dossier
