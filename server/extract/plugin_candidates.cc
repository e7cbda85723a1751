// PluginHost: candidates, which wait beside what serves.
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <string>
#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/extract/plugin_host.h"

namespace dossier {
namespace {

PluginEntry AsCandidate(PluginEntry entry) {
  entry.plugin.reset();
  entry.info.state = PluginState::kCandidate;
  entry.info.generation = 0;
  entry.info.former.reset();
  return entry;
}

}  // namespace

void PluginHost::ReadCandidates() {
  for (const auto& [id, choice] : store_->candidates()) {
    PluginEntry entry = ReadInstalled(id, choice);
    if (!entry.info.reason.empty()) {
      spdlog::warn("the candidate of plugin {} cannot be tried: {}", id, entry.info.reason);
    }
    candidates_[id] = AsCandidate(std::move(entry));
  }
}

absl::StatusOr<PluginInfo> PluginHost::InstallCandidate(UnfinishedFile* bytes,
                                                        const PluginDelivery& delivery) {
  const std::lock_guard lock(change_mutex_);
  ASSIGN_OR_RETURN(PluginEntry entry, ReadDelivery(bytes, delivery));
  RETURN_IF_ERROR(store_->Keep(bytes, *entry.file));
  return Propose(std::move(entry));
}

absl::StatusOr<PluginInfo> PluginHost::ReloadCandidate(const std::string& id,
                                                       std::optional<std::string> config) {
  const std::lock_guard lock(change_mutex_);
  ASSIGN_OR_RETURN(PluginEntry entry, ReadAgain(id, std::move(config)));
  RETURN_IF_ERROR(store_->Keep(*entry.file));
  return Propose(std::move(entry));
}

absl::StatusOr<PluginInfo> PluginHost::Propose(PluginEntry entry) {
  const std::string id = entry.id();
  const auto propose = [&]() -> absl::Status {
    if (const PluginEntry* serving = set_.Find(id);
        serving != nullptr && serving->remote != nullptr) {
      return IsElsewhere(*serving);
    }
    PluginSet next = set_;
    next.Put(entry);
    std::vector<std::string> ids = {id};
    RETURN_IF_ERROR(Try(&next, &ids));
    PluginCandidates candidates = store_->candidates();
    candidates[id] = entry.choice();
    return store_->WriteCandidates(std::move(candidates));
  };
  if (const absl::Status status = propose(); !status.ok()) {
    store_->Prune();  // of what was kept for it
    return status;
  }
  const std::lock_guard list_lock(mutex_);
  const PluginEntry& candidate = candidates_[id] = AsCandidate(std::move(entry));
  spdlog::info("plugin {} {} waits as a candidate", id, candidate.info.manifest.version);
  return candidate.info;
}

absl::StatusOr<std::shared_ptr<const Plan>> PluginHost::CandidatePlan(const std::string& id) {
  const std::lock_guard lock(change_mutex_);
  const auto candidate = candidates_.find(id);
  if (candidate == candidates_.end()) {
    return absl::FailedPreconditionError(fmt::format(
        "plugin \"{}\" has no candidate: install a version or load a configuration as one first",
        id));
  }
  if (!candidate->second.info.reason.empty()) {
    return absl::FailedPreconditionError(candidate->second.info.reason);
  }
  PluginSet next = set_;
  next.Put(candidate->second);
  RETURN_IF_ERROR(loader_.MakeReady(next.Find(id)));
  return next.MakePlan(/*keep_loaded=*/true);
}

absl::Status PluginHost::PromoteCandidate(const Extractor& extractor) {
  const std::lock_guard lock(change_mutex_);
  const PluginEntry* serving = set_.Find(extractor.id);
  if (serving != nullptr && serving->loaded() && serving->info.extractor == extractor) {
    return absl::OkStatus();
  }
  const auto candidate = candidates_.find(extractor.id);
  if (candidate == candidates_.end() || candidate->second.info.extractor != extractor) {
    return absl::FailedPreconditionError(
        fmt::format("the candidate of plugin {} is not the version {} that was tried", extractor.id,
                    extractor.version));
  }
  RETURN_IF_ERROR(Replace(candidate->second).status());
  return ForgetCandidate(extractor.id);
}

absl::Status PluginHost::DropCandidate(const Extractor& extractor) {
  const std::lock_guard lock(change_mutex_);
  const auto candidate = candidates_.find(extractor.id);
  return candidate != candidates_.end() && candidate->second.info.extractor == extractor
             ? ForgetCandidate(extractor.id)
             : absl::OkStatus();
}

absl::Status PluginHost::ForgetCandidate(const std::string& id) {
  PluginCandidates candidates = store_->candidates();
  candidates.erase(id);
  RETURN_IF_ERROR(store_->WriteCandidates(std::move(candidates)));
  const std::lock_guard list_lock(mutex_);
  candidates_.erase(id);
  return absl::OkStatus();
}

}  // namespace dossier
