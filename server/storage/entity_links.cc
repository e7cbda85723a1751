#include "server/storage/entity_links.h"

#include <algorithm>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"

namespace dossier {
namespace {

int Particularity(const LinkSource& source) {
  return (source.name.empty() ? 0 : 2) + (source.document.empty() ? 0 : 1);
}

bool Concerns(const LinkSource& source, std::string_view folded_name, std::string_view document) {
  return (source.name.empty() || source.name == folded_name) &&
         (source.document.empty() || source.document == document);
}

}  // namespace

absl::StatusOr<bool> EntityLinks::Any() {
  if (!any_) {
    const std::string all = MergeLogKey::Prefix(ns_, MergeRow::kLink);
    const auto cursor = snapshot_->Scan(Family::kMergeLog, all, PrefixEnd(all));
    any_ = cursor->Valid();
    RETURN_IF_ERROR(cursor->status());
  }
  return *any_;
}

absl::StatusOr<std::vector<EntityLinks::Link>*> EntityLinks::Load(const std::string& key) {
  const auto known = links_.find(key);
  if (known != links_.end()) {
    return &known->second;
  }
  ASSIGN_OR_RETURN(const bool any, Any());
  std::vector<Link> links;
  if (any) {
    const std::string prefix = MergeLogKey::Prefix(ns_, key);
    const auto cursor = snapshot_->Scan(Family::kMergeLog, prefix, PrefixEnd(prefix));
    for (; cursor->Valid(); cursor->Next()) {
      ASSIGN_OR_RETURN(MergeLogKey row, MergeLogKey::Decode(cursor->key()));
      ASSIGN_OR_RETURN(LinkRecord record, DecodeLink(cursor->key(), cursor->value()));
      links.push_back({std::move(row.source), std::move(record)});
    }
    RETURN_IF_ERROR(cursor->status());
  }
  return &links_.emplace(key, std::move(links)).first->second;
}

absl::StatusOr<const std::vector<EntityLinks::Link>*> EntityLinks::LinksFrom(
    const std::string& key) {
  return Load(key);
}

absl::StatusOr<std::vector<EntityLinks::Link>> EntityLinks::Way(std::string key,
                                                                std::string_view name,
                                                                std::string_view document) {
  const std::string folded_name = FoldName(name);
  std::vector<Link> way;
  for (;;) {
    ASSIGN_OR_RETURN(const std::vector<Link>* links, Load(key));
    const Link* best = nullptr;
    for (const Link& link : *links) {
      if (Concerns(link.source, folded_name, document) &&
          (best == nullptr || Particularity(link.source) > Particularity(best->source))) {
        best = &link;
      }
    }
    // Whoever makes links sees to it that no way comes back; damage must not make it endless.
    if (best == nullptr || std::any_of(way.begin(), way.end(), [&](const Link& link) {
          return link.source.key == best->record.target;
        })) {
      return way;
    }
    key = best->record.target;
    way.push_back(*best);
  }
}

absl::StatusOr<std::string> EntityLinks::Follow(std::string key, std::string_view name,
                                                std::string_view document) {
  ASSIGN_OR_RETURN(const bool any, Any());
  if (!any && links_.empty()) {
    return key;
  }
  ASSIGN_OR_RETURN(const std::vector<Link> way, Way(key, name, document));
  return way.empty() ? std::move(key) : way.back().record.target;
}

absl::Status EntityLinks::Set(Link link) {
  RETURN_IF_ERROR(Clear(link.source));
  links_[link.source.key].push_back(std::move(link));
  return absl::OkStatus();
}

absl::Status EntityLinks::Clear(const LinkSource& source) {
  ASSIGN_OR_RETURN(std::vector<Link> * links, Load(source.key));
  std::erase_if(*links, [&](const Link& link) { return link.source == source; });
  return absl::OkStatus();
}

absl::StatusOr<std::optional<EntityId>> FindMergedEntity(const GraphReader& graph, EntityId id,
                                                         EntityLinks* links) {
  const std::string pointer = MergeLogKey::Of(graph.ns(), id).Encode();
  ASSIGN_OR_RETURN(const auto number, graph.snapshot()->Get(Family::kMergeLog, pointer));
  if (!number) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(const uint64_t merge, DecodeNumber(Family::kMergeLog, pointer, *number));
  const std::string key = MergeLogKey::Of(graph.ns(), MergeId(merge)).Encode();
  ASSIGN_OR_RETURN(const auto value, graph.snapshot()->Get(Family::kMergeLog, key));
  if (!value) {
    return DamagedRecord(Family::kMergeLog, pointer, "it leads to no decision");
  }
  ASSIGN_OR_RETURN(const MergeRecord record, DecodeMerge(key, *value));
  ASSIGN_OR_RETURN(const std::string end, links->Follow(record.target, "", ""));
  return graph.FindEntity(end);
}

}  // namespace dossier
