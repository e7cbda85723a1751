// Validate(): the log of merges and splits, and the links that stand.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "server/storage/merge_log.h"
#include "server/storage/validation.h"

namespace dossier {
namespace {

std::optional<MergeRecord> FindMerge(Validation* v, NamespaceId ns, MergeId merge) {
  const std::string key = MergeLogKey::Of(ns, merge).Encode();
  const auto value = v->Get(Family::kMergeLog, key);
  auto record = value ? DecodeMerge(key, *value) : absl::NotFoundError("");
  return record.ok() ? std::optional(*std::move(record)) : std::nullopt;
}

// A commit that the log of changes still has must be this decision.
void CheckRevision(Validation* v, const MergeLogKey& place, std::string_view key, Revision revision,
                   bool undone) {
  if (revision.valid() && revision <= v->state().trimmed) {
    return;
  }
  const std::string change_key = ChangeKey{place.ns, revision}.Encode();
  const auto value = v->Get(Family::kChange, change_key);
  const auto event = value ? DecodeChange(change_key, *value) : absl::NotFoundError("");
  if (!event.ok() || event->merge != place.merge ||
      (event->kind == ChangeKind::kUndone) != undone) {
    v->Problem(Family::kMergeLog, key,
               fmt::format("revision {} is not this decision", revision.value()));
  }
}

void CheckDecision(Validation* v, const MergeLogKey& place, std::string_view key,
                   const MergeRecord& merge) {
  CheckRevision(v, place, key, merge.made, false);
  if (merge.undone.valid()) {
    CheckRevision(v, place, key, merge.undone, true);
  }
  if (!merge.request.empty() &&
      !v->Maps(Family::kMergeLog, MergeLogKey::OfRequest(place.ns, merge.request).Encode(),
               place.merge.value())) {
    v->Problem(Family::kMergeLog, key, "its request does not lead to it");
  }
  for (const auto& [source, entity] : merge.sources) {
    if (merge.undone.valid()) {
      continue;
    }
    const auto link = v->Get(Family::kMergeLog, MergeLogKey::Of(place.ns, source).Encode());
    if (link != EncodeLink({place.merge, merge.target})) {
      v->Problem(Family::kMergeLog, key, "it stands, and a link of it does not");
    }
    if (entity.valid() && !v->Maps(Family::kMergeLog, MergeLogKey::Of(place.ns, entity).Encode(),
                                   place.merge.value())) {
      v->Problem(Family::kMergeLog, key, "an entity that it took in does not lead to it");
    }
  }
}

void CheckLink(Validation* v, const MergeLogKey& place, std::string_view key,
               std::string_view value) {
  const auto link = v->Sound(DecodeLink(key, value));
  const auto merge = link ? FindMerge(v, place.ns, link->merge) : std::nullopt;
  const auto is_source = [&](const MergeRecord::Source& s) { return s.source == place.source; };
  if (!merge || merge->undone.valid() || merge->target != link->target ||
      std::none_of(merge->sources.begin(), merge->sources.end(), is_source)) {
    v->Problem(Family::kMergeLog, key, "no decision that stands has this link");
  }
}

void CheckPointer(Validation* v, const MergeLogKey& place, std::string_view key,
                  std::string_view value) {
  const auto id = v->Sound(DecodeNumber(Family::kMergeLog, key, value));
  const auto merge = id ? FindMerge(v, place.ns, MergeId(*id)) : std::nullopt;
  const auto took_in = [&](const MergeRecord::Source& s) { return s.entity == place.entity; };
  const bool known =
      merge && (place.row == MergeRow::kRequest
                    ? merge->request == place.request
                    : !merge->undone.valid() &&
                          std::any_of(merge->sources.begin(), merge->sources.end(), took_in));
  if (!known) {
    v->Problem(Family::kMergeLog, key, "the decision that it leads to does not know it");
  }
}

}  // namespace

void ValidateMerges(Validation* v) {
  std::map<NamespaceId, uint64_t> decisions;
  v->ForAll(Family::kMergeLog, [&](std::string_view key, std::string_view value) {
    const auto place = v->Sound(MergeLogKey::Decode(key));
    if (!place) {
      return;
    }
    const NamespaceTally& tally = v->Tally(Family::kMergeLog, key, place->ns);
    if (place->row == MergeRow::kLink) {
      CheckLink(v, *place, key, value);
    } else if (place->row != MergeRow::kDecision) {
      CheckPointer(v, *place, key, value);
    } else if (const auto merge = v->Sound(DecodeMerge(key, value))) {
      ++decisions[place->ns];
      v->CheckGivenOut(Family::kMergeLog, key, place->merge.value(), tally.ids.merge);
      CheckDecision(v, *place, key, *merge);
    }
  });
  for (const auto& [ns, tally] : v->namespaces()) {
    if (decisions[ns] != tally.ids.merge) {
      v->Problem(
          Family::kMergeLog, MergeLogKey::Prefix(ns, MergeRow::kDecision),
          fmt::format("it has {} decisions, but {} were taken", decisions[ns], tally.ids.merge));
    }
  }
}

}  // namespace dossier
