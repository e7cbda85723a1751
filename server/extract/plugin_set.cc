#include "server/extract/plugin_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dossier {

PluginChoice PluginEntry::choice() const {
  return {info.extractor.sha256, info.manifest.version, !info.installed, given_config};
}

bool PluginEntry::SameAs(const PluginEntry& other) const {
  return info.extractor.sha256 == other.info.extractor.sha256 &&
         info.extractor.config_hash == other.info.extractor.config_hash;
}

void Refuse(std::string reason, PluginEntry* entry) {
  entry->info.state = PluginState::kRefused;
  entry->info.reason = std::move(reason);
}

absl::Status IsElsewhere(const PluginEntry& entry) {
  return absl::FailedPreconditionError(
      fmt::format("plugin {} serves at {}, as the server's configuration says: change that, and "
                  "start the server again",
                  entry.id(), entry.info.file));
}

const PluginEntry* PluginSet::Find(std::string_view id) const {
  const auto came_far = [](const PluginEntry& entry) {
    return std::pair(entry.loaded(), entry.info.reason.empty());
  };
  const PluginEntry* found = nullptr;
  for (const PluginEntry& entry : entries_) {
    if (entry.id() == id && !entry.stands_back &&
        (found == nullptr || came_far(entry) > came_far(*found))) {
      found = &entry;
    }
  }
  return found;
}

PluginEntry* PluginSet::Find(std::string_view id) {
  return const_cast<PluginEntry*>(std::as_const(*this).Find(id));
}

const PluginEntry* PluginSet::FindInFolder(std::string_view id, std::string_view sha256) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const PluginEntry& entry) {
    return entry.id() == id && !entry.info.installed && entry.file && entry.file->sha256 == sha256;
  });
  return found == entries_.end() ? nullptr : &*found;
}

const PluginEntry* PluginSet::FindLoaded(std::string_view id,
                                         const std::filesystem::path& path) const {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const PluginEntry& entry) {
    return entry.loaded() && (entry.path == path || entry.id() == id);
  });
  return found == entries_.end() ? nullptr : &*found;
}

PluginEntry* PluginSet::FindRemote(std::string_view address) {
  const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const PluginEntry& entry) {
    return entry.remote != nullptr && entry.remote->address() == address;
  });
  return found == entries_.end() ? nullptr : &*found;
}

void PluginSet::SetFormer(const PluginRecords& records) {
  for (PluginEntry& entry : entries_) {
    const auto record = records.find(entry.id());
    entry.info.former =
        record == records.end() || entry.stands_back ? std::nullopt : record->second.former;
  }
}

void PluginSet::Displace(std::string_view id, const std::filesystem::path& path,
                         const std::string& reason) {
  std::erase_if(entries_, [&](const PluginEntry& entry) {
    return entry.id() == id && (entry.info.installed || entry.path == path);
  });
  for (PluginEntry& entry : entries_) {
    if (entry.id() == id) {
      entry.stands_back = true;
      entry.plugin.reset();
      entry.info.generation = 0;
      Refuse(reason, &entry);
    }
  }
}

void PluginSet::Put(PluginEntry entry) {
  Displace(entry.id(), entry.path,
           fmt::format("it stands back: {} {} was asked for instead", entry.id(),
                       entry.info.manifest.version));
  entries_.push_back(std::move(entry));
}

void PluginSet::TakeOut(std::string_view id) {
  Displace(id, "", fmt::format("it stands back: {} was removed; a rollback brings it back", id));
}

absl::StatusOr<std::shared_ptr<const Plan>> PluginSet::MakePlan(bool keep_loaded) {
  std::vector<PluginEntry*> ready;
  std::vector<ActivePlugin> plugins;
  for (PluginEntry& entry : entries_) {
    if (entry.plugin) {
      ready.push_back(&entry);
      plugins.push_back(*entry.plugin);
    }
  }
  while (true) {
    std::vector<PlanFault> faults = FindPlanFaults(plugins);
    if (faults.empty()) {
      break;
    }
    for (auto fault = faults.rbegin(); fault != faults.rend(); ++fault) {
      const auto at = static_cast<std::ptrdiff_t>(fault->plugin);
      if (keep_loaded && ready[fault->plugin]->loaded() && !ready[fault->plugin]->optional) {
        return absl::FailedPreconditionError(fault->text);
      }
      Refuse(std::move(fault->text), ready[fault->plugin]);
      ready.erase(ready.begin() + at);
      plugins.erase(plugins.begin() + at);
    }
  }
  for (PluginEntry* entry : ready) {
    entry->info.state = PluginState::kLoaded;
    entry->info.reason.clear();
  }
  std::vector<std::string> absent;
  for (const PluginEntry& entry : entries_) {
    if (entry.info.state == PluginState::kUnreachable) {
      absent.push_back(entry.info.reason);
    }
  }
  return Plan::Make(std::move(plugins), std::move(absent));
}

}  // namespace dossier
