#include "server/extract/plugin_host.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <set>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/extract/plan_probe.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;

absl::Status NoSuchPlugin(const std::string& id) {
  return absl::NotFoundError(fmt::format("there is no plugin \"{}\"", id));
}

absl::Status IsElsewhere(const PluginEntry& entry) {
  return absl::FailedPreconditionError(
      fmt::format("plugin {} serves at {}, as the server's configuration says: change that, and "
                  "start the server again",
                  entry.id(), entry.info.file));
}

std::string Text(const absl::Status& status) { return std::string(status.message()); }

void Log(const PluginInfo& info) {
  if (info.state == PluginState::kLoaded) {
    spdlog::info("plugin {} {} loaded from {}", info.manifest.id, info.manifest.version, info.file);
  } else {
    spdlog::warn("plugin file {} refused: {}", info.file, info.reason);
  }
}

// What the record of a plugin becomes when `now` takes the place of `before`, if anything did
// serve. What was rolled back from is not kept: whoever asks twice must not go there again.
PluginRecord NextRecord(const PluginRecords& records, const PluginEntry* before,
                        const PluginEntry& now) {
  PluginRecord next;
  if (const auto found = records.find(now.id()); found != records.end()) {
    next = found->second;
  }
  if (before != nullptr && before->loaded() && !before->SameAs(now)) {
    next.former = before->choice();
  }
  next.current = now.choice();
  return next;
}

}  // namespace

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
        entry.info.generation = ++host->generations_;
      }
    }
  }
  for (const std::shared_ptr<RemotePlugin>& remote : host->options_.remotes) {
    PluginEntry& entry = set.entries().emplace_back(host->loader_.OpenRemote(*remote));
    entry.info.generation = entry.loaded() ? ++host->generations_ : 0;
  }
  ASSIGN_OR_RETURN(std::shared_ptr<const Plan> plan, set.MakePlan(/*keep_loaded=*/false));
  set.SetFormer(host->store_->records());
  for (const PluginEntry& entry : set.entries()) {
    Log(entry.info);
  }
  for (const auto& [id, config] : host->options_.configs) {
    if (set.Find(id) == nullptr) {
      spdlog::warn("there is a configuration for plugin {}, but no such plugin", id);
    }
  }
  host->Swap(std::move(set), std::move(plan));
  return host;
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
  return infos;
}

PluginInfo PluginHost::InfoOf(const PluginEntry& entry) const {
  PluginInfo info = entry.info;
  if (!entry.stands_back) {
    info.draining = static_cast<std::size_t>(
        std::count_if(retired_.begin(), retired_.end(), [&](const auto& retired) {
          return retired.first == entry.id() && !retired.second.expired();
        }));
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
  std::copy_if(set_.entries().begin(), set_.entries().end(), std::back_inserter(next.entries()),
               [](const PluginEntry& entry) { return entry.info.installed || entry.remote; });
  return next;
}

absl::StatusOr<std::unique_ptr<UnfinishedFile>> PluginHost::BeginInstall() const {
  if (options_.keys.empty() && !options_.install_unsigned) {
    return absl::FailedPreconditionError(
        "this server listens beyond its own machine and knows nobody who may sign plugins: name "
        "their keys with --plugin-key, or put the file into the plugin folder and reload that");
  }
  return store_->NewFile();
}

absl::StatusOr<PluginInfo> PluginHost::Install(UnfinishedFile* bytes,
                                               const PluginDelivery& delivery) {
  const std::lock_guard lock(change_mutex_);
  ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(bytes->path(), delivery.sha256 + ".so"));
  if (file.sha256 != delivery.sha256) {
    return FieldError("sha256",
                      fmt::format("is not that of the bytes that came, which is {}", file.sha256));
  }
  file.signature = delivery.signature;
  ASSIGN_OR_RETURN(PluginEntry entry, loader_.Admit(std::move(file)));
  entry.info.installed = true;
  const PluginEntry* serving = set_.Find(entry.id());
  entry.given_config = delivery.config;
  if (!delivery.config && serving != nullptr) {
    entry.given_config = serving->given_config;
  }
  RETURN_IF_ERROR(loader_.Configure(&entry));
  if (serving != nullptr && serving->loaded() && serving->info.installed &&
      serving->SameAs(entry)) {
    const std::lock_guard list_lock(mutex_);
    return InfoOf(*serving);
  }
  RETURN_IF_ERROR(store_->Keep(bytes, *entry.file));
  return Replace(std::move(entry));
}

absl::StatusOr<PluginInfo> PluginHost::Reload(const std::string& id,
                                              std::optional<std::string> config) {
  const std::lock_guard lock(change_mutex_);
  const PluginEntry* serving = set_.Find(id);
  if (serving == nullptr || (!serving->file && !serving->remote)) {
    return NoSuchPlugin(id);
  }
  if (serving->remote) {
    return IsElsewhere(*serving);
  }
  PluginEntry entry = *serving;
  if (!serving->info.installed) {
    entry = loader_.OpenInFolder(serving->path);
    if (!entry.file) {
      return absl::FailedPreconditionError(entry.info.reason);
    }
    if (entry.id() != id) {
      return absl::FailedPreconditionError(
          fmt::format("{} has become plugin {}; reload the plugin folder instead", entry.info.file,
                      entry.id()));
    }
  }
  entry.given_config = config ? std::move(config) : serving->given_config;
  RETURN_IF_ERROR(loader_.Configure(&entry));
  return Replace(std::move(entry));
}

absl::StatusOr<PluginInfo> PluginHost::Rollback(const std::string& id) {
  const std::lock_guard lock(change_mutex_);
  PluginRecords records = store_->records();
  const auto record = records.find(id);
  if (record == records.end() && set_.Find(id) == nullptr) {
    return NoSuchPlugin(id);
  }
  if (record == records.end() || !record->second.former) {
    return absl::FailedPreconditionError(
        fmt::format("plugin {} has no former version or configuration to go back to", id));
  }
  ASSIGN_OR_RETURN(PluginEntry entry, ReadChoice(id, *record->second.former));
  RETURN_IF_ERROR(loader_.Configure(&entry));
  record->second = {entry.choice(), std::nullopt};
  PluginSet next = set_;
  next.Put(std::move(entry));
  RETURN_IF_ERROR(Adopt(std::move(next), {id}, std::move(records)));
  const std::lock_guard list_lock(mutex_);
  return InfoOf(*set_.Find(id));
}

absl::Status PluginHost::Remove(const std::string& id) {
  const std::lock_guard lock(change_mutex_);
  PluginRecords records = store_->records();
  const PluginEntry* serving = set_.Find(id);
  if (serving == nullptr) {
    return records.contains(id) ? absl::OkStatus() : NoSuchPlugin(id);
  }
  if (serving->remote) {
    return IsElsewhere(*serving);
  }
  PluginRecord& record = records[id];
  record.current = std::nullopt;
  if (serving->loaded()) {
    record.former = serving->choice();
    if (!serving->info.installed) {
      RETURN_IF_ERROR(store_->Keep(*serving->file));
    }
  }
  PluginSet next = set_;
  next.TakeOut(id);
  RETURN_IF_ERROR(Adopt(std::move(next), {}, std::move(records)));
  spdlog::info("plugin {} removed", id);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<PluginInfo>> PluginHost::ReloadFolder() {
  const std::lock_guard lock(change_mutex_);
  ASSIGN_OR_RETURN(PluginSet next, ReadFolder());
  PluginRecords records = store_->records();
  std::vector<std::string> ids;
  for (PluginEntry& entry : next.entries()) {
    if (entry.plugin || entry.stands_back || entry.info.installed || entry.remote) {
      continue;
    }
    Screen(next, &entry);
    const PluginEntry* before = set_.FindLoaded(entry.id(), entry.path);
    if (!entry.loaded() && before != nullptr) {
      return absl::FailedPreconditionError(entry.info.reason);
    }
    if (!entry.loaded()) {
      continue;
    }
    ids.push_back(entry.id());
    if (before != nullptr && before->id() == entry.id()) {
      RETURN_IF_ERROR(store_->Keep(*before->file));
      records[entry.id()] = NextRecord(records, before, entry);
    }
  }
  RETURN_IF_ERROR(Adopt(std::move(next), ids, std::move(records)));
  std::vector<PluginInfo> infos;
  const std::lock_guard list_lock(mutex_);
  for (const std::string& id : ids) {
    infos.push_back(InfoOf(*set_.Find(id)));
  }
  return infos;
}

void PluginHost::Screen(const PluginSet& next, PluginEntry* entry) const {
  if (!entry->info.reason.empty()) {
    return;
  }
  const PluginEntry* other = next.Find(entry->id());
  if (other != entry && other->loaded()) {
    Refuse(fmt::format("another plugin of the id {}, {}, is there already", entry->id(),
                       other->info.file),
           entry);
  } else if (const absl::Status status = loader_.MakeThrowAway(entry); !status.ok()) {
    Refuse(Text(status), entry);
  }
}

absl::StatusOr<PluginInfo> PluginHost::Replace(PluginEntry entry) {
  const std::string id = entry.id();
  const PluginEntry* serving = set_.Find(id);
  if (serving != nullptr && serving->remote) {
    return IsElsewhere(*serving);
  }
  PluginRecords records = store_->records();
  records[id] = NextRecord(records, serving, entry);
  if (serving != nullptr && serving->loaded() && !serving->info.installed) {
    RETURN_IF_ERROR(store_->Keep(*serving->file));
  }
  PluginSet next = set_;
  next.Put(std::move(entry));
  RETURN_IF_ERROR(Adopt(std::move(next), {id}, std::move(records)));
  const std::lock_guard lock(mutex_);
  return InfoOf(*set_.Find(id));
}

absl::Status PluginHost::Try(PluginSet next, const std::vector<std::string>& ids) const {
  for (const std::string& id : ids) {
    RETURN_IF_ERROR(loader_.MakeThrowAway(next.Find(id)));
  }
  ASSIGN_OR_RETURN(const std::shared_ptr<const Plan> plan, next.MakePlan(/*keep_loaded=*/true));
  for (const std::string& id : ids) {
    RETURN_IF_ERROR(ProbePlan(*plan, id, options_.probe_limit));
  }
  return absl::OkStatus();
}

absl::Status PluginHost::Adopt(PluginSet next, const std::vector<std::string>& ids,
                               PluginRecords records) {
  const auto prepare = [&]() -> absl::StatusOr<std::shared_ptr<const Plan>> {
    RETURN_IF_ERROR(Try(next, ids));
    for (const std::string& id : ids) {
      PluginEntry* entry = next.Find(id);
      RETURN_IF_ERROR(loader_.MakeReady(entry));
      entry->info.generation = ++generations_;
    }
    ASSIGN_OR_RETURN(std::shared_ptr<const Plan> plan, next.MakePlan(/*keep_loaded=*/true));
    RETURN_IF_ERROR(store_->Write(std::move(records)));
    next.SetFormer(store_->records());
    return plan;
  };
  absl::StatusOr<std::shared_ptr<const Plan>> plan = prepare();
  if (!plan.ok()) {
    store_->Prune();  // of what was kept for this change
    return plan.status();
  }
  for (const std::string& id : ids) {
    Log(next.Find(id)->info);
  }
  Swap(std::move(next), *std::move(plan));
  return absl::OkStatus();
}

void PluginHost::Swap(PluginSet next, std::shared_ptr<const Plan> plan) {
  const std::lock_guard lock(mutex_);
  std::erase_if(retired_, [](const auto& retired) { return retired.second.expired(); });
  if (plan_ != nullptr) {
    for (const ActivePlugin& plugin : plan_->plugins()) {
      const auto& now = plan->plugins();
      if (std::none_of(now.begin(), now.end(), [&](const ActivePlugin& other) {
            return other.backend == plugin.backend;
          })) {
        retired_.emplace_back(plugin.manifest.id, plugin.backend);
      }
    }
  }
  std::swap(set_, next);
  plan_.swap(plan);
}

}  // namespace dossier
