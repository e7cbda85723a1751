// Validate(): the database itself, the change log, the totals.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "server/storage/history_records.h"
#include "server/storage/validation.h"

namespace dossier {
namespace {

// Namespaces come before what they have, for 0 is the id of the database.
void ValidateMetaRecord(Validation* v, std::string_view key, std::string_view value) {
  Decoder in(key);
  const NamespaceId ns(in.Fixed32());
  const std::string name(in.Rest());
  if (!in.ok()) {
    v->Problem(Family::kMeta, key, "the key is malformed");
  } else if (key == FormatVersionKey()) {
    const auto version = v->Sound(DecodeNumber(Family::kMeta, key, value));
    if (version && (*version == 0 || *version > kFormatVersion)) {
      v->Problem(Family::kMeta, key, fmt::format("unknown format version {}", *version));
    }
  } else if (key == DatabaseStateKey()) {
    v->state() = v->Sound(DecodeDatabaseState(key, value)).value_or(DatabaseState());
  } else if (key == TokenSecretKey()) {
    if (value.size() != kTokenSecretBytes) {
      v->Problem(Family::kMeta, key, "not the secret of page tokens");
    }
  } else if (key == HistorySinceKey()) {
    v->Sound(DecodeNumber(Family::kMeta, key, value));
  } else if (key.starts_with(NamespaceNamePrefix())) {
    const auto id = v->Sound(DecodeNumber(Family::kMeta, key, value));
    const NamespaceId named(static_cast<uint32_t>(id.value_or(0)));
    if (id && (!named.valid() || named.value() != *id)) {
      v->Problem(Family::kMeta, key, fmt::format("{} is no id of a namespace", *id));
    } else if (id && !v->namespaces().emplace(named, NamespaceTally()).second) {
      v->Problem(Family::kMeta, key, fmt::format("namespace {} has another name too", *id));
    }
  } else if (key == IdCountersKey(ns)) {
    v->Tally(Family::kMeta, key, ns).ids =
        v->Sound(DecodeIdCounters(key, value)).value_or(IdCounters());
  } else if (key == TotalsKey(ns)) {
    v->Tally(Family::kMeta, key, ns).totals = v->Sound(DecodeTotals(key, value)).value_or(Totals());
  } else {
    v->Problem(Family::kMeta, key, "nothing that belongs here");
  }
}

}  // namespace

void ValidateMeta(Validation* v) {
  v->ForAll(Family::kMeta, [&](std::string_view key, std::string_view value) {
    ValidateMetaRecord(v, key, value);
  });
  for (const auto& [ns, tally] : v->namespaces()) {
    v->CheckGivenOut(Family::kMeta, KeyPrefix(ns), ns.value(), v->state().last_namespace.value());
  }
}

void ValidateChanges(Validation* v) {
  constexpr uint64_t kMostRevisions = uint64_t{1} << 32;  // bounds what damage can make us allocate
  const uint64_t trimmed = v->state().trimmed.value();
  const uint64_t expected = v->state().last.value() - trimmed;
  std::vector<bool> seen;  // grows with the log, whatever the state claims
  v->ForAll(Family::kChange, [&](std::string_view key, std::string_view value) {
    const auto place = v->Sound(ChangeKey::Decode(key));
    const auto event = v->Sound(DecodeChange(key, value));
    if (!place || !event) {
      return;
    }
    NamespaceTally& tally = v->Tally(Family::kChange, key, place->ns);
    tally.triples_logged += event->triples_added - event->triples_removed;
    tally.evidence_logged += event->evidence_added - event->evidence_removed;
    v->CheckGivenOut(Family::kChange, key, event->document.value(), tally.ids.document);
    const uint64_t revision = place->revision.value();
    if (revision <= trimmed || revision - trimmed > std::min(expected, kMostRevisions)) {
      v->Problem(Family::kChange, key,
                 fmt::format("revision {} lies outside the log, which goes from {} to {}", revision,
                             trimmed + 1, trimmed + expected));
      return;
    }
    seen.resize(std::max(seen.size(), revision - trimmed));
    if (seen[revision - trimmed - 1]) {
      v->Problem(Family::kChange, key,
                 fmt::format("another namespace has revision {} too", revision));
    }
    seen[revision - trimmed - 1] = true;
  });
  for (uint64_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) {
      v->Problem(Family::kChange, "", fmt::format("revision {} is missing", trimmed + i + 1));
    }
  }
  if (seen.size() < expected) {
    v->Problem(Family::kChange, "",
               fmt::format("the revisions from {} to {} are missing", trimmed + seen.size() + 1,
                           trimmed + expected));
  }
}

void ValidateTotals(Validation* v) {
  for (const auto& [ns, tally] : v->namespaces()) {
    const auto check = [&, id = ns](const char* what, uint64_t says, uint64_t found) {
      if (says != found) {
        v->Problem(Family::kMeta, TotalsKey(id),
                   fmt::format("{} should be {} but {} were found", what, says, found));
      }
    };
    check("documents", tally.totals.documents, tally.found.documents);
    check("triples", tally.totals.triples, tally.found.triples);
    check("evidence", tally.totals.evidence, tally.found.evidence);
    check("entities", tally.totals.entities, tally.found.entities);
    check("mentions", tally.totals.mentions, tally.found.mentions);
    check("text bytes", tally.totals.text_bytes, tally.found.text_bytes);
    if (!v->state().trimmed.valid()) {
      check("triples by the change log", tally.triples_logged, tally.found.triples);
      check("evidence by the change log", tally.evidence_logged, tally.found.evidence);
    }
  }
}

}  // namespace dossier
