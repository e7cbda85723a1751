#include "server/ingest/shadows.h"

#include <utility>

#include "server/base/status_macros.h"
#include "server/ingest/statement.h"
#include "server/storage/keys.h"

namespace dossier {

std::vector<ShadowRun> ToShadow(const std::vector<PreparedRun>& runs) {
  std::vector<ShadowRun> shadow;
  for (const PreparedRun& run : runs) {
    ShadowRun& to = shadow.emplace_back();
    to.extractor = run.extractor;
    for (const PreparedMention& prepared : run.mentions) {
      Mention& mention = to.mentions.emplace_back(prepared.mention);
      mention.entity = EntityId();
      mention.key = prepared.entity_key;
    }
    const std::vector<MentionPlace> places = PlacesOf(run);
    for (const ExtractedTriple& triple : run.triples) {
      ShadowTriple& statement = to.triples.emplace_back();
      statement.predicate = triple.predicate;
      if (!triple.object) {
        statement.literal = triple.literal;
      }
      statement.evidence = ToEvidence(triple, places);
    }
  }
  return shadow;
}

std::vector<PreparedRun> FromShadow(const std::vector<ShadowRun>& runs) {
  std::vector<PreparedRun> prepared;
  for (const ShadowRun& run : runs) {
    PreparedRun& to = prepared.emplace_back();
    to.extractor = run.extractor;
    for (Mention mention : run.mentions) {
      std::string key = std::exchange(mention.key, std::string());
      to.mentions.push_back({std::move(key), std::move(mention)});
    }
    for (const ShadowTriple& statement : run.triples) {
      ExtractedTriple& triple = to.triples.emplace_back(FromEvidence(statement.evidence));
      triple.predicate = statement.predicate;
      triple.literal = statement.literal.value_or(Literal());
    }
  }
  return prepared;
}

absl::StatusOr<Shadows> Shadows::Open(std::shared_ptr<const Snapshot> snapshot, NamespaceId ns) {
  Shadows shadows(std::move(snapshot), ns);
  const std::string prefix = ReextractionKey::Prefix(ns);
  auto cursor = shadows.snapshot_->Scan(Family::kReextraction, prefix, PrefixEnd(prefix));
  for (; cursor->Valid(); cursor->Next()) {
    ASSIGN_OR_RETURN(ReextractionRecord record, DecodeReextraction(cursor->key(), cursor->value()));
    if (!record.promoted.valid()) {
      shadows.records_[std::string(cursor->key().substr(prefix.size()))] = {record, record};
    }
  }
  RETURN_IF_ERROR(cursor->status());
  return shadows;
}

absl::Status Shadows::Forget(DocumentNumber document, WriteBatch* batch) {
  for (auto& [id, slot] : records_) {
    const std::string key = ReextractionKey::Of(ns_, id, document).Encode();
    ASSIGN_OR_RETURN(const auto value, snapshot_->Get(Family::kReextraction, key));
    if (value) {
      ASSIGN_OR_RETURN(const ShadowDocument shadow, DecodeShadow(key, *value));
      Discount(shadow, &slot.now);
      batch->Delete(Family::kReextraction, key);
    }
  }
  return absl::OkStatus();
}

void Shadows::Write(WriteBatch* batch) const {
  for (const auto& [id, slot] : records_) {
    if (slot.before != slot.now) {
      batch->Put(Family::kReextraction, ReextractionKey::Of(ns_, id).Encode(),
                 EncodeReextraction(slot.now));
    }
  }
}

}  // namespace dossier
