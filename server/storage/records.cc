#include "server/storage/records.h"

#include <initializer_list>

#include "server/base/coding.h"
#include "server/base/sha256.h"
#include "server/storage/keys.h"
#include "server/storage/record_parts.h"

namespace dossier {
namespace {

void PutNumbers(std::string* out, std::initializer_list<uint64_t> numbers) {
  for (const uint64_t number : numbers) {
    PutVarint(out, number);
  }
}

void PutVotes(std::string* out, const std::vector<Vote>& votes) {
  PutVarint(out, votes.size());
  for (const Vote& vote : votes) {
    PutString(out, vote.text);
    PutVarint(out, vote.count);
  }
}

bool GetVotes(Decoder* in, std::vector<Vote>* votes) {
  for (uint64_t left = in->Varint(); left > 0; --left) {
    Vote vote;
    vote.text = in->String();
    vote.count = in->Varint();
    if (!in->ok() || vote.count == 0 || (!votes->empty() && votes->back().text >= vote.text)) {
      return false;
    }
    votes->push_back(std::move(vote));
  }
  return in->ok();
}

// Of the counters only those that are not zero, which a bit each announces.
void PutStances(std::string* out, const StanceCounts& stances) {
  uint64_t present = 0;
  for (std::size_t i = 0; i < stances.values().size(); ++i) {
    present |= uint64_t{stances.values()[i] != 0} << i;
  }
  PutVarint(out, present);
  for (const uint64_t count : stances.values()) {
    if (count != 0) {
      PutVarint(out, count);
    }
  }
}

bool GetStances(Decoder* in, StanceCounts* stances) {
  const uint64_t present = in->Varint();
  for (std::size_t i = 0; i < stances->values().size(); ++i) {
    if ((present >> i & 1) != 0) {
      stances->values()[i] = in->Varint();
      if (stances->values()[i] == 0) {
        return false;
      }
    }
  }
  return in->ok() && present >> stances->values().size() == 0;
}

// An object's number with its kind in the lowest bit: short, unlike ObjectId::bits() of a literal.
uint64_t ShortBits(ObjectId object) {
  return object.is_literal() ? object.literal().value() << 1 | 1 : object.entity().value() << 1;
}

ObjectId FromShortBits(uint64_t bits) {
  return (bits & 1) != 0 ? ObjectId(TermId(bits >> 1)) : ObjectId(EntityId(bits >> 1));
}

void PutMetadata(std::string* out, const Document& document) {
  for (const std::string* field : {&document.id, &document.uri, &document.title, &document.source,
                                   &document.published, &document.language}) {
    PutString(out, *field);
  }
}

void GetMetadata(Decoder* in, Document* document) {
  for (std::string* field : {&document->id, &document->uri, &document->title, &document->source,
                             &document->published, &document->language}) {
    *field = in->String();
  }
}

bool GetRuns(Decoder* in, std::vector<RunId>* runs) {
  uint64_t run = 0;
  for (uint64_t left = in->Varint(); left > 0; --left) {
    const uint64_t step = in->Varint();
    if (!in->ok() || step == 0 || run + step < run) {
      return false;
    }
    run += step;
    runs->push_back(RunId(run));
  }
  return in->ok();
}

}  // namespace

std::string EncodeNumber(uint64_t number) {
  std::string out;
  PutVarint(&out, number);
  return out;
}

absl::StatusOr<uint64_t> DecodeNumber(Family family, std::string_view key, std::string_view value) {
  return DecodeRecord<uint64_t>(family, key, value, [](Decoder* in, uint64_t* number) {
    *number = in->Varint();
    return true;
  });
}

std::string EncodeDatabaseState(const DatabaseState& state) {
  std::string out;
  PutNumbers(&out, {state.last.value(), state.trimmed.value(), state.last_namespace.value()});
  return out;
}

absl::StatusOr<DatabaseState> DecodeDatabaseState(std::string_view key, std::string_view value) {
  return DecodeRecord<DatabaseState>(Family::kMeta, key, value,
                                     [](Decoder* in, DatabaseState* state) {
                                       state->last = Revision(in->Varint());
                                       state->trimmed = Revision(in->Varint());
                                       state->last_namespace = NamespaceId(in->Varint32());
                                       return state->trimmed <= state->last;
                                     });
}

std::string EncodeIdCounters(const IdCounters& counters) {
  std::string out;
  PutNumbers(&out, {counters.entity, counters.term, counters.triple, counters.document,
                    counters.run, counters.merge});
  return out;
}

absl::StatusOr<IdCounters> DecodeIdCounters(std::string_view key, std::string_view value) {
  return DecodeRecord<IdCounters>(Family::kMeta, key, value, [](Decoder* in, IdCounters* counters) {
    for (uint64_t* counter : {&counters->entity, &counters->term, &counters->triple,
                              &counters->document, &counters->run, &counters->merge}) {
      *counter = in->Varint();
    }
    return true;
  });
}

std::string EncodeTotals(const Totals& totals) {
  std::string out;
  PutNumbers(&out, {totals.documents, totals.triples, totals.evidence, totals.entities,
                    totals.mentions, totals.text_bytes});
  return out;
}

absl::StatusOr<Totals> DecodeTotals(std::string_view key, std::string_view value) {
  return DecodeRecord<Totals>(Family::kMeta, key, value, [](Decoder* in, Totals* totals) {
    for (uint64_t* total : {&totals->documents, &totals->triples, &totals->evidence,
                            &totals->entities, &totals->mentions, &totals->text_bytes}) {
      *total = in->Varint();
    }
    return true;
  });
}

std::string EncodeTerm(const TermRecord& term) {
  return EncodeNumber(term.references).append(term.bytes);
}

absl::StatusOr<TermRecord> DecodeTerm(std::string_view key, std::string_view value) {
  return DecodeRecord<TermRecord>(Family::kTerm, key, value, [](Decoder* in, TermRecord* term) {
    term->references = in->Varint();
    term->bytes = in->Rest();
    return term->references > 0;
  });
}

std::string EncodeTriple(const TripleRecord& triple) {
  std::string out;
  PutNumbers(&out, {triple.triple.subject.value(), triple.triple.predicate.value(),
                    ShortBits(triple.triple.object), triple.documents, triple.figures});
  PutStances(&out, triple.stances);
  return out;
}

absl::StatusOr<TripleRecord> DecodeTriple(std::string_view key, std::string_view value) {
  return DecodeRecord<TripleRecord>(
      Family::kTriple, key, value, [](Decoder* in, TripleRecord* record) {
        record->triple.subject = EntityId(in->Varint());
        record->triple.predicate = TermId(in->Varint());
        const uint64_t object = in->Varint();
        record->triple.object = FromShortBits(object);
        record->documents = in->Varint();
        record->figures = in->Varint();
        return GetStances(in, &record->stances) && record->triple.subject.valid() &&
               record->triple.predicate.valid() && object > 1;
      });
}

bool IsSpokenAgainst(const TripleRecord& record) {
  return record.stances.at(Polarity::kNegative, Modality::kAsserted) > 0 ||
         record.stances.at(Polarity::kNegative, Modality::kReported) > 0 ||
         record.stances.at(Polarity::kPositive, Modality::kDenied) > 0;
}

bool StandsIn(Family index, const TripleRecord& record) {
  switch (index) {
    case Family::kAgainst:
      return IsSpokenAgainst(record);
    case Family::kFigures:
      return record.figures > 0;
    default:
      return true;
  }
}

std::string EncodeEntity(const Entity& entity) {
  std::string out;
  PutString(&out, entity.key);
  PutVarint(&out, entity.mentions);
  PutVotes(&out, entity.names);
  PutVotes(&out, entity.types);
  return out;
}

absl::StatusOr<Entity> DecodeEntity(std::string_view key, std::string_view value) {
  return DecodeRecord<Entity>(Family::kEntity, key, value, [](Decoder* in, Entity* entity) {
    entity->key = in->String();
    entity->mentions = in->Varint();
    return GetVotes(in, &entity->names) && GetVotes(in, &entity->types);
  });
}

std::string EncodeDocument(const DocumentRecord& document) {
  std::string out;
  PutMetadata(&out, document.document);
  PutString(&out, document.text_sha256);
  PutString(&out, document.fingerprint);
  PutNumbers(&out, {document.text_bytes, document.revision.value(), document.triples,
                    document.evidence, document.mentions, document.runs.size()});
  uint64_t previous = 0;
  for (const RunId run : document.runs) {
    PutVarint(&out, run.value() - previous);
    previous = run.value();
  }
  return out;
}

absl::StatusOr<DocumentRecord> DecodeDocument(std::string_view key, std::string_view value) {
  return DecodeRecord<DocumentRecord>(
      Family::kDocument, key, value, [](Decoder* in, DocumentRecord* record) {
        GetMetadata(in, &record->document);
        record->text_sha256 = in->String();
        record->fingerprint = in->String();
        record->text_bytes = in->Varint();
        record->revision = Revision(in->Varint());
        record->triples = in->Varint();
        record->evidence = in->Varint();
        record->mentions = in->Varint();
        return GetRuns(in, &record->runs) && record->text_sha256.size() == kSha256Bytes &&
               record->fingerprint.size() == kSha256Bytes;
      });
}

std::string EncodeChange(const ChangeEvent& event) {
  std::string out(1, static_cast<char>(event.kind));
  PutVarint(&out, event.document.value());
  PutString(&out, event.document_id);
  PutVarint(&out, event.merge.value());
  PutNumbers(&out, {event.triples_added, event.triples_removed, event.evidence_added,
                    event.evidence_removed});
  return out;
}

absl::StatusOr<ChangeEvent> DecodeChange(std::string_view key, std::string_view value) {
  return DecodeRecord<ChangeEvent>(
      Family::kChange, key, value, [](Decoder* in, ChangeEvent* event) {
        event->kind = static_cast<ChangeKind>(in->Byte());
        event->document = DocumentNumber(in->Varint());
        event->document_id = in->String();
        event->merge = MergeId(in->Varint());
        for (uint64_t* number : {&event->triples_added, &event->triples_removed,
                                 &event->evidence_added, &event->evidence_removed}) {
          *number = in->Varint();
        }
        return event->kind >= ChangeKind::kAdded && event->kind <= ChangeKind::kPromoted;
      });
}

std::string LiteralBytes(const Literal& literal) {
  return std::string(1, static_cast<char>(literal.type)).append(literal.value);
}

absl::StatusOr<Literal> ParseLiteral(std::string_view key, std::string_view bytes) {
  return DecodeRecord<Literal>(Family::kTerm, key, bytes, [](Decoder* in, Literal* literal) {
    literal->type = static_cast<LiteralType>(in->Byte());
    literal->value = in->Rest();
    return literal->type <= LiteralType::kTime;
  });
}

std::string ExtractorBytes(const Extractor& extractor) {
  std::string out;
  PutString(&out, extractor.id);
  PutString(&out, extractor.version);
  PutString(&out, extractor.sha256);
  PutString(&out, extractor.config_hash);
  return out;
}

absl::StatusOr<Extractor> ParseExtractor(std::string_view key, std::string_view bytes) {
  return DecodeRecord<Extractor>(Family::kTerm, key, bytes, [](Decoder* in, Extractor* extractor) {
    extractor->id = in->String();
    extractor->version = in->String();
    extractor->sha256 = in->String();
    extractor->config_hash = in->String();
    return true;
  });
}

std::string DocumentFingerprint(const Document& document, std::string_view text_sha256) {
  std::string bytes;
  PutMetadata(&bytes, document);
  return Sha256(bytes.append(text_sha256));
}

}  // namespace dossier
