// The changes of the plugins: each makes a set, tries it and puts it in place.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/extract/plan_probe.h"
#include "server/extract/plugin_host.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxFailures = 16;

absl::Status NoSuchPlugin(const std::string& id) {
  return absl::NotFoundError(fmt::format("there is no plugin \"{}\"", id));
}

std::string Text(const absl::Status& status) { return std::string(status.message()); }

// Whether it is the same version with the same text of a configuration: what a file of it held
// before cannot be gone back to.
bool SameChoice(const PluginEntry& a, const PluginEntry& b) {
  return a.info.extractor.sha256 == b.info.extractor.sha256 && a.info.config == b.info.config;
}

// What the record of a plugin becomes when `now` takes the place of `before`, if anything did
// serve. What was rolled back from is not kept: whoever asks twice must not go there again.
PluginRecord NextRecord(const PluginRecords& records, const PluginEntry* before,
                        const PluginEntry& now) {
  PluginRecord next;
  if (const auto found = records.find(now.id()); found != records.end()) {
    next = found->second;
  }
  if (before != nullptr && before->loaded() && !SameChoice(*before, now)) {
    next.former = before->choice();
  }
  next.current = now.choice();
  return next;
}

}  // namespace

absl::StatusOr<std::unique_ptr<UnfinishedFile>> PluginHost::BeginInstall() const {
  if (options_.keys.empty() && !options_.install_unsigned) {
    return absl::FailedPreconditionError(
        "this server listens beyond its own machine and knows nobody who may sign plugins: name "
        "their keys with --plugin-key, or put the file into the plugin folder and reload that");
  }
  return store_->NewFile();
}

absl::StatusOr<PluginEntry> PluginHost::ReadDelivery(UnfinishedFile* bytes,
                                                     const PluginDelivery& delivery) const {
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
  return entry;
}

absl::StatusOr<PluginInfo> PluginHost::Install(UnfinishedFile* bytes,
                                               const PluginDelivery& delivery) {
  const std::lock_guard lock(change_mutex_);
  ASSIGN_OR_RETURN(PluginEntry entry, ReadDelivery(bytes, delivery));
  const PluginEntry* serving = set_.Find(entry.id());
  if (serving != nullptr && serving->loaded() && serving->info.installed &&
      serving->SameAs(entry)) {
    return Serving(entry.id());
  }
  RETURN_IF_ERROR(store_->Keep(bytes, *entry.file));
  absl::StatusOr<PluginInfo> installed = Replace(entry);
  RememberFailure(entry, installed.status());
  return installed;
}

// An operator who did not see the answer finds the reason in the list.
void PluginHost::RememberFailure(const PluginEntry& entry, const absl::Status& status) {
  const std::lock_guard lock(mutex_);
  std::erase_if(failures_, [&](const PluginInfo& info) { return info.manifest.id == entry.id(); });
  if (status.ok()) {
    return;
  }
  spdlog::warn("plugin {} {} was not installed: {}", entry.id(), entry.info.manifest.version,
               Text(status));
  PluginInfo& failure = failures_.emplace_back(entry.info);
  failure.state = PluginState::kRefused;
  failure.reason = "it was not installed: " + Text(status);
  if (failures_.size() > kMaxFailures) {
    failures_.pop_front();
  }
}

PluginInfo PluginHost::Serving(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  return InfoOf(*set_.Find(id));
}

absl::StatusOr<PluginInfo> PluginHost::Reload(const std::string& id,
                                              std::optional<std::string> config) {
  const std::lock_guard lock(change_mutex_);
  const PluginEntry* serving = set_.FindRemote(id);
  if (serving == nullptr) {
    serving = set_.Find(id);
  }
  if (serving != nullptr && serving->remote != nullptr) {
    return config ? IsElsewhere(*serving) : ReloadRemote(*serving);
  }
  ASSIGN_OR_RETURN(PluginEntry entry, ReadAgain(id, std::move(config)));
  return Replace(std::move(entry));
}

absl::StatusOr<PluginEntry> PluginHost::ReadAgain(const std::string& id,
                                                  std::optional<std::string> config) const {
  const PluginEntry* serving = set_.Find(id);
  if (serving != nullptr && serving->remote != nullptr) {
    return IsElsewhere(*serving);
  }
  if (serving == nullptr || !serving->file) {
    return NoSuchPlugin(id);
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
  return entry;
}

absl::StatusOr<PluginInfo> PluginHost::ReloadRemote(const PluginEntry& serving) {
  PluginEntry entry = loader_.OpenRemote(serving.remote, StopToken());
  if (!entry.loaded()) {
    return entry.info.state == PluginState::kUnreachable
               ? absl::UnavailableError(entry.info.reason)
               : absl::FailedPreconditionError(entry.info.reason);
  }
  const std::string id = entry.id();
  PluginSet next = set_;
  *next.FindRemote(serving.remote->address()) = std::move(entry);
  RETURN_IF_ERROR(Adopt(std::move(next), {id}, store_->records()));
  return Serving(id);
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
  return Serving(id);
}

absl::Status PluginHost::Remove(const std::string& id) {
  const std::lock_guard lock(change_mutex_);
  PluginRecords records = store_->records();
  const PluginEntry* serving = set_.Find(id);
  if (serving == nullptr) {
    return records.contains(id) ? absl::OkStatus() : NoSuchPlugin(id);
  }
  if (serving->remote != nullptr) {
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
  const PluginSet former = set_;
  ASSIGN_OR_RETURN(PluginSet next, ReadFolder());
  PluginRecords records = store_->records();
  std::vector<std::string> ids;
  for (PluginEntry& entry : next.entries()) {
    if (entry.plugin || entry.stands_back || entry.info.installed || entry.remote != nullptr) {
      continue;
    }
    const PluginEntry* other = next.Find(entry.id());
    const bool second = entry.info.reason.empty() && other != &entry;
    if (second) {
      Refuse(fmt::format("another plugin of the id {}, {}, is there already", entry.id(),
                         other->info.file),
             &entry);
    }
    // What would serve no longer without it.
    const PluginEntry* before = former.FindLoaded(second ? "" : entry.id(), entry.path);
    if (!entry.info.reason.empty() && before != nullptr) {
      return absl::FailedPreconditionError(entry.info.reason);
    }
    if (!entry.info.reason.empty()) {
      continue;
    }
    ids.push_back(entry.id());
    entry.optional = before == nullptr;
    if (before != nullptr && before->id() == entry.id()) {
      RETURN_IF_ERROR(store_->Keep(*before->file));
      records[entry.id()] = NextRecord(records, before, entry);
    }
  }
  RETURN_IF_ERROR(Adopt(std::move(next), std::move(ids), std::move(records)));
  return LoadedSince(former);
}

std::vector<PluginInfo> PluginHost::LoadedSince(const PluginSet& former) const {
  const std::lock_guard lock(mutex_);
  std::vector<PluginInfo> infos;
  for (const PluginEntry& entry : set_.entries()) {
    const PluginEntry* before = former.Find(entry.id());
    if (entry.loaded() && (before == nullptr || !before->loaded() ||
                           before->info.generation != entry.info.generation)) {
      infos.push_back(InfoOf(entry));
    }
  }
  return infos;
}

absl::StatusOr<PluginInfo> PluginHost::Replace(PluginEntry entry) {
  const std::string id = entry.id();
  const PluginEntry* serving = set_.Find(id);
  if (serving != nullptr && serving->remote != nullptr) {
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
  return Serving(id);
}

absl::Status PluginHost::Try(PluginSet* next, std::vector<std::string>* ids) const {
  PluginSet trial = *next;
  // True when the change goes on without the plugin.
  const auto give_up = [&](const std::string& id, const absl::Status& status) {
    if (!trial.Find(id)->optional) {
      return false;
    }
    for (PluginSet* set : {&trial, next}) {
      PluginEntry* const entry = set->Find(id);
      Refuse(Text(status), entry);
      entry->plugin.reset();
    }
    return true;
  };
  std::vector<std::string> good;
  for (const std::string& id : *ids) {
    if (const absl::Status status = loader_.MakeThrowAway(trial.Find(id)); status.ok()) {
      good.push_back(id);
    } else if (!give_up(id, status)) {
      return status;
    }
  }
  for (std::size_t i = 0; i < good.size();) {
    ASSIGN_OR_RETURN(const std::shared_ptr<const Plan> plan, trial.MakePlan(/*keep_loaded=*/true));
    const absl::Status status = ProbePlan(*plan, good[i], options_.probe_limit);
    if (status.ok()) {
      ++i;
    } else if (give_up(good[i], status)) {
      good.erase(good.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      return status;
    }
  }
  *ids = std::move(good);
  return absl::OkStatus();
}

absl::Status PluginHost::Adopt(PluginSet next, std::vector<std::string> ids,
                               PluginRecords records) {
  const auto prepare = [&]() -> absl::StatusOr<std::shared_ptr<const Plan>> {
    RETURN_IF_ERROR(Try(&next, &ids));
    for (const std::string& id : ids) {
      PluginEntry* entry = next.Find(id);
      RETURN_IF_ERROR(loader_.MakeReady(entry));
      Number(entry);
    }
    ASSIGN_OR_RETURN(std::shared_ptr<const Plan> plan, next.MakePlan(/*keep_loaded=*/true));
    if (records != store_->records()) {
      RETURN_IF_ERROR(store_->Write(std::move(records)));
    }
    next.SetFormer(store_->records());
    return plan;
  };
  absl::StatusOr<std::shared_ptr<const Plan>> plan = prepare();
  if (!plan.ok()) {
    store_->Prune();  // of what was kept for this change
    return plan.status();
  }
  for (PluginEntry& entry : next.entries()) {
    entry.optional = false;
  }
  for (const std::string& id : ids) {
    LogPlugin(next.Find(id)->info);
  }
  Swap(std::move(next), *std::move(plan));
  return absl::OkStatus();
}

}  // namespace dossier
