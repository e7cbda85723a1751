// Validate(): documents, their texts and what they contribute.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>

#include "server/base/sha256.h"
#include "server/base/utf8.h"
#include "server/storage/entity_links.h"
#include "server/storage/validation.h"

namespace dossier {
namespace {

// One document with its text, while its parts are walked.
class DocumentCheck {
 public:
  DocumentCheck(Validation* v, DocumentKey place, const DocumentRecord& record, std::string text)
      : v_(*v),
        place_(place),
        record_(record),
        text_(std::move(text)),
        links_(std::shared_ptr<const Snapshot>(std::shared_ptr<void>(), &v->snapshot()), place.ns) {
  }

  void Part(std::string_view key, std::string_view value);
  void Finish();

 private:
  void CheckEvidence(std::string_view by_doc_key, const EvidenceKey& place);
  void CheckMention(std::string_view by_doc_key, const MentionKey& place);
  void CheckPlaces(const EvidenceKey& place, const Evidence& evidence);
  void CheckEntity(std::string_view key, const Mention& mention);
  // Whether `span` is one of the text.
  bool CheckSpan(Family family, std::string_view key, Span span);
  void CheckSketch();
  void CheckRevision(Family family, std::string_view key, Revision revision);
  void Problem(std::string_view what) { v_.Problem(Family::kDocument, place_.Encode(), what); }

  Validation& v_;
  const DocumentKey place_;
  const DocumentRecord& record_;
  const std::string text_;
  EntityLinks links_;
  ByDocKey expected_;  // run, part and ordinal of the part that should come next
  std::set<uint64_t> triples_;
  std::vector<Span> sentences_;  // of its evidence
  uint64_t evidence_ = 0;
  uint64_t mentions_ = 0;
};

bool DocumentCheck::CheckSpan(Family family, std::string_view key, Span span) {
  const bool sound = span.end <= text_.size() && IsCharacterBoundary(text_, span.begin) &&
                     IsCharacterBoundary(text_, span.end);
  if (!sound) {
    v_.Problem(family, key,
               fmt::format("the span from {} to {} lies outside the text or cuts a character",
                           span.begin, span.end));
  }
  return sound;
}

// A commit that the log still has must be about this document.
void DocumentCheck::CheckRevision(Family family, std::string_view key, Revision revision) {
  if (!revision.valid() || revision > record_.revision) {
    v_.Problem(family, key,
               fmt::format("its revision {} is none of its document", revision.value()));
    return;
  }
  const bool known = family != Family::kDocument && revision == record_.revision;
  if (known || revision <= v_.state().trimmed) {
    return;
  }
  const std::string change_key = ChangeKey{place_.ns, revision}.Encode();
  const auto value = v_.Get(Family::kChange, change_key);
  const auto event = value ? DecodeChange(change_key, *value) : absl::NotFoundError("");
  const bool recorded = event.ok() && (event->kind == ChangeKind::kPromoted ||
                                       (event->document == place_.document &&
                                        event->document_id == record_.document.id &&
                                        event->kind <= ChangeKind::kReplaced));
  if (!recorded) {
    v_.Problem(family, key,
               fmt::format("revision {} did not record this document", revision.value()));
  }
}

void DocumentCheck::CheckEvidence(std::string_view by_doc_key, const EvidenceKey& place) {
  const std::string key = place.Encode();
  const auto value = v_.Get(Family::kEvidence, key);
  if (!value) {
    v_.Problem(Family::kByDoc, by_doc_key, "there is no such evidence");
    return;
  }
  ++evidence_;
  triples_.insert(place.triple.value());
  const auto evidence = DecodeEvidence(key, *value);
  if (!evidence.ok()) {
    return;  // reported with the evidence
  }
  if (CheckSpan(Family::kEvidence, key, evidence->sentence)) {
    sentences_.push_back(evidence->sentence);
  }
  for (const Span span : {evidence->subject, evidence->predicate, evidence->object}) {
    CheckSpan(Family::kEvidence, key, span);
  }
  for (const Qualifier& qualifier : evidence->qualifiers) {
    CheckSpan(Family::kEvidence, key, qualifier.span);
  }
  for (const Attribution& attribution : evidence->attributions) {
    CheckSpan(Family::kEvidence, key, attribution.span);
  }
  CheckRevision(Family::kEvidence, key, evidence->revision);
  CheckPlaces(place, *evidence);
}

// What an evidence takes for a mention must be one, of the entity that it says.
void DocumentCheck::CheckPlaces(const EvidenceKey& place, const Evidence& evidence) {
  const auto check = [&](EntityId entity, uint32_t ordinal, const char* of) {
    const MentionKey mention{place.ns, entity, place.document, place.run, ordinal};
    if (entity.valid() && !v_.Has(Family::kMention, mention.Encode())) {
      v_.Problem(Family::kEvidence, place.Encode(),
                 fmt::format("mention {} is none of the entity of its {}", ordinal, of));
    }
  };
  const std::string triple_key = TripleKey{place.ns, place.triple}.Encode();
  const auto value = v_.Get(Family::kTriple, triple_key);
  if (const auto record = value ? DecodeTriple(triple_key, *value) : absl::NotFoundError("");
      record.ok()) {
    check(record->triple.subject, evidence.subject_mention, "subject");
    const ObjectId object = record->triple.object;
    if (evidence.object_mention.has_value() == object.is_literal()) {
      v_.Problem(Family::kEvidence, place.Encode(), "its object is not what its triple has");
    } else if (!object.is_literal()) {
      check(object.entity(), *evidence.object_mention, "object");
    }
  }
  for (const Qualifier& qualifier : evidence.qualifiers) {
    check(qualifier.entity, qualifier.mention, "qualifier");
  }
  for (const Attribution& attribution : evidence.attributions) {
    check(attribution.entity, attribution.mention, "attribution");
  }
}

void DocumentCheck::CheckMention(std::string_view by_doc_key, const MentionKey& place) {
  const std::string key = place.Encode();
  const auto value = v_.Get(Family::kMention, key);
  if (!value) {
    v_.Problem(Family::kByDoc, by_doc_key, "there is no such mention");
    return;
  }
  ++mentions_;
  if (const auto mention = DecodeMention(key, *value); mention.ok()) {
    CheckSpan(Family::kMention, key, mention->span);
    CheckEntity(key, *mention);
  }
}

// The links that stand must lead a mention to the entity that it has.
void DocumentCheck::CheckEntity(std::string_view key, const Mention& mention) {
  const std::string entity_key = EntityKey{place_.ns, mention.entity}.Encode();
  const auto value = v_.Get(Family::kEntity, entity_key);
  const auto entity = value ? DecodeEntity(entity_key, *value) : absl::NotFoundError("");
  if (!entity.ok()) {
    return;  // reported with the mention or the entity
  }
  const std::string& begin = mention.key.empty() ? entity->key : mention.key;
  const auto end = v_.Sound(links_.Follow(begin, mention.name, record_.document.id));
  if (end && (*end != entity->key || mention.key == entity->key)) {
    v_.Problem(Family::kMention, key, "merges and splits lead it to another entity");
  }
}

void DocumentCheck::Part(std::string_view key, std::string_view value) {
  const auto part = ByDocKey::Decode(key);
  if (!part.ok()) {
    return;  // reported with by_doc
  }
  if (!value.empty()) {
    v_.Problem(Family::kByDoc, key, "it has a value");
  }
  if (!std::binary_search(record_.runs.begin(), record_.runs.end(), part->run)) {
    v_.Problem(Family::kByDoc, key, "its run is none of its document");
  }
  const bool goes_on = part->run == expected_.run && part->part == expected_.part;
  if (part->ordinal != (goes_on ? expected_.ordinal : 0)) {
    v_.Problem(Family::kByDoc, key, "the ordinals before it are not without gap");
  }
  expected_ = *part;
  ++expected_.ordinal;
  if (part->part == Part::kEvidence) {
    CheckEvidence(key, part->evidence());
  } else {
    CheckMention(key, part->mention());
  }
}

void DocumentCheck::CheckSketch() {
  const std::string key = place_.Encode();
  const auto value = v_.Get(Family::kSketch, key);
  if (!value) {
    Problem("its sketch does not exist");
  } else if (const auto sketch = v_.Sound(DecodeSketch(key, *value));
             sketch && *sketch != SketchDocument(text_, std::move(sentences_))) {
    v_.Problem(Family::kSketch, key, "it is not that of the document");
  }
}

void DocumentCheck::Finish() {
  NamespaceTally& tally = v_.Tally(Family::kDocument, place_.Encode(), place_.ns);
  ++tally.found.documents;
  tally.found.text_bytes += text_.size();
  v_.CheckGivenOut(Family::kDocument, place_.Encode(), place_.document.value(), tally.ids.document);
  CheckRevision(Family::kDocument, place_.Encode(), record_.revision);
  if (Sha256(text_) != record_.text_sha256 || text_.size() != record_.text_bytes) {
    Problem("its text is not the one that its record tells of");
  }
  if (DocumentFingerprint(record_.document, record_.text_sha256) != record_.fingerprint) {
    Problem("its fingerprint is not that of its text and metadata");
  }
  if (triples_.size() != record_.triples || evidence_ != record_.evidence ||
      mentions_ != record_.mentions) {
    Problem("its counters are not those of what it contributes");
  }
  CheckSketch();
  if (!v_.Maps(Family::kTermRev,
               TermRevKey{place_.ns, TermKind::kDocument, record_.document.id}.Encode(),
               place_.document.value())) {
    Problem("term_rev does not lead from its id to it");
  }
  for (const RunId run : record_.runs) {
    if (!v_.Has(Family::kByRun, ByRunKey{place_.ns, run, place_.document}.Encode())) {
      Problem(fmt::format("by_run does not list it under run {}", run.value()));
    }
    if (!v_.Has(Family::kTerm, TermKey{place_.ns, TermKind::kRun, run.value()}.Encode())) {
      Problem(fmt::format("its run {} does not exist", run.value()));
    }
  }
}

void ValidateDocumentRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(DocumentKey::Decode(Family::kDocument, key));
  const auto record = v->Sound(DecodeDocument(key, value));
  if (!place || !record) {
    return;
  }
  auto text = v->Get(Family::kText, place->Encode());
  if (!text) {
    v->Problem(Family::kDocument, key, "its text does not exist");
  }
  DocumentCheck document(v, *place, *record, std::move(text).value_or(""));
  v->ForEach(Family::kByDoc, KeyPrefix(place->ns, place->document),
             [&](std::string_view part_key, std::string_view part_value) {
               document.Part(part_key, part_value);
             });
  document.Finish();
}

void ValidateByRunRecord(Validation* v, std::string_view key, std::string_view value) {
  const auto place = v->Sound(ByRunKey::Decode(key));
  if (!place) {
    return;
  }
  const std::string document_key = DocumentKey{place->ns, place->document}.Encode();
  const auto record = v->Get(Family::kDocument, document_key);
  const auto document = record ? DecodeDocument(document_key, *record) : absl::NotFoundError("");
  if (!document.ok() ||
      !std::binary_search(document->runs.begin(), document->runs.end(), place->run)) {
    v->Problem(Family::kByRun, key, "it is no run of its document");
  }
  if (!value.empty()) {
    v->Problem(Family::kByRun, key, "it has a value");
  }
}

}  // namespace

void ValidateDocuments(Validation* v) {
  v->ForAll(Family::kDocument, [&](std::string_view key, std::string_view value) {
    ValidateDocumentRecord(v, key, value);
  });
  for (const Family family : {Family::kText, Family::kSketch}) {
    v->ForAll(family, [&](std::string_view key, std::string_view) {
      const auto place = v->Sound(DocumentKey::Decode(family, key));
      if (place && !v->Has(Family::kDocument, place->Encode())) {
        v->Problem(family, key, "its document does not exist");
      }
    });
  }
  v->ForAll(Family::kByDoc, [&](std::string_view key, std::string_view) {
    const auto part = v->Sound(ByDocKey::Decode(key));
    if (part && !v->Has(Family::kDocument, DocumentKey{part->ns, part->document}.Encode())) {
      v->Problem(Family::kByDoc, key, "its document does not exist");
    }
  });
  v->ForAll(Family::kByRun, [&](std::string_view key, std::string_view value) {
    ValidateByRunRecord(v, key, value);
  });
}

}  // namespace dossier
