#include "server/storage/reextraction.h"

#include <algorithm>
#include <utility>

#include "server/base/coding.h"
#include "server/storage/family.h"
#include "server/storage/keys.h"
#include "server/storage/record_parts.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

void PutStrings(std::string* out, const std::vector<std::string>& strings) {
  PutVarint(out, strings.size());
  for (const std::string& string : strings) {
    PutString(out, string);
  }
}

// Reads a list by get(in, &item), which returns whether the item makes sense.
template <class Item, class Get>
bool GetList(Decoder* in, std::vector<Item>* items, Get get) {
  for (uint64_t left = in->Varint(); left > 0; --left) {
    if (!get(in, &items->emplace_back())) {
      return false;
    }
  }
  return true;
}

bool GetString(Decoder* in, std::string* string) {
  *string = in->String();
  return in->ok();
}

// Each more than the one before.
bool GetDocuments(Decoder* in, std::vector<DocumentNumber>* documents) {
  uint64_t previous = 0;
  return GetList(in, documents, [&](Decoder* from, DocumentNumber* document) {
    const uint64_t step = from->Varint();
    *document = DocumentNumber(previous + step);
    const bool sound = from->ok() && step > 0 && document->value() > previous;
    previous = document->value();
    return sound;
  });
}

// A part that stands as a string, read to its end.
template <class Part, class Get>
bool GetWhole(Decoder* in, Part* part, Get get) {
  Decoder inside(in->String());
  return in->ok() && get(&inside, part) && inside.done();
}

bool GetExtractor(Decoder* in, Extractor* extractor) {
  return GetWhole(in, extractor, [](Decoder* inside, Extractor* e) {
    e->id = inside->String();
    e->version = inside->String();
    e->sha256 = inside->String();
    e->config_hash = inside->String();
    return true;
  });
}

void PutFound(std::string* out, const DifferenceCounts& found) {
  PutVarint(out, found.added);
  PutVarint(out, found.removed);
  PutVarint(out, found.changed);
}

void GetFound(Decoder* in, DifferenceCounts* found) {
  found->added = in->Varint();
  found->removed = in->Varint();
  found->changed = in->Varint();
}

bool GetTriple(Decoder* in, ShadowTriple* triple) {
  triple->predicate = in->String();
  if (in->Byte() != 0) {
    Literal& literal = triple->literal.emplace();
    literal.type = static_cast<LiteralType>(in->Byte());
    literal.value = in->String();
    if (literal.type > LiteralType::kTime) {
      return false;
    }
  }
  return GetWhole(in, &triple->evidence, GetEvidence) &&
         triple->literal.has_value() != triple->evidence.object_mention.has_value();
}

// Whether all mentions that `triple` names are among `mentions`.
bool IsWithin(const ShadowTriple& triple, std::size_t mentions) {
  const Evidence& evidence = triple.evidence;
  const auto is_sound = [&](const auto& part) {
    return !part.entity.valid() || part.mention < mentions;
  };
  return evidence.subject_mention < mentions && evidence.object_mention.value_or(0) < mentions &&
         std::all_of(evidence.qualifiers.begin(), evidence.qualifiers.end(), is_sound) &&
         std::all_of(evidence.attributions.begin(), evidence.attributions.end(), is_sound);
}

bool GetRun(Decoder* in, ShadowRun* run) {
  const auto get_mention = [](Decoder* from, Mention* mention) {
    return GetWhole(from, mention, GetMention) && !mention->key.empty();
  };
  return GetExtractor(in, &run->extractor) && GetList(in, &run->mentions, get_mention) &&
         GetList(in, &run->triples, GetTriple) &&
         std::all_of(run->triples.begin(), run->triples.end(), [&](const ShadowTriple& triple) {
           return IsWithin(triple, run->mentions.size());
         });
}

}  // namespace

std::string ReextractionKey::Prefix(NamespaceId ns) {
  return KeyPrefix(ns) + static_cast<char>(ReextractionRow::kRecord);
}

std::string ReextractionKey::Prefix(NamespaceId ns, std::string_view id) {
  std::string key = KeyPrefix(ns) + static_cast<char>(ReextractionRow::kDocument);
  PutString(&key, id);
  return key;
}

std::string ReextractionKey::Encode() const {
  if (row == ReextractionRow::kRecord) {
    return Prefix(ns) + id;
  }
  std::string key = Prefix(ns, id);
  AppendId(&key, document);
  return key;
}

absl::StatusOr<ReextractionKey> ReextractionKey::Decode(std::string_view key) {
  Decoder in(key);
  ReextractionKey result;
  result.ns = NamespaceId(in.Fixed32());
  result.row = static_cast<ReextractionRow>(in.Byte());
  bool valid = result.ns.valid();
  if (result.row == ReextractionRow::kDocument) {
    result.id = in.String();
    result.document = DocumentNumber(in.Fixed64());
    valid = valid && result.document.valid();
  } else {
    result.id = in.Rest();
    valid = valid && result.row == ReextractionRow::kRecord;
  }
  // A length that another encoding would have written shorter makes another key of the same row.
  if (!valid || result.id.empty() || !in.done() || result.Encode() != key) {
    return DamagedRecord(Family::kReextraction, key, "the key is malformed");
  }
  return result;
}

void Count(const ShadowDocument& shadow, ReextractionRecord* record) {
  ++(shadow.error.empty() ? record->read : record->failed);
  record->found.added += shadow.found.added;
  record->found.removed += shadow.found.removed;
  record->found.changed += shadow.found.changed;
}

void Discount(const ShadowDocument& shadow, ReextractionRecord* record) {
  --(shadow.error.empty() ? record->read : record->failed);
  record->found.added -= shadow.found.added;
  record->found.removed -= shadow.found.removed;
  record->found.changed -= shadow.found.changed;
}

std::string EncodeReextraction(const ReextractionRecord& record) {
  std::string out;
  PutString(&out, record.plugin);
  PutVarint(&out, record.extractors.size());
  for (const Extractor& extractor : record.extractors) {
    PutString(&out, ExtractorBytes(extractor));
  }
  PutVarint(&out, record.documents.size());
  uint64_t previous = 0;
  for (const DocumentNumber document : record.documents) {
    PutVarint(&out, document.value() - previous);
    previous = document.value();
  }
  PutVarint(&out, record.promoted.value());
  PutVarint(&out, record.read);
  PutVarint(&out, record.failed);
  PutFound(&out, record.found);
  return out;
}

absl::StatusOr<ReextractionRecord> DecodeReextraction(std::string_view key,
                                                      std::string_view value) {
  return DecodeRecord<ReextractionRecord>(
      Family::kReextraction, key, value, [](Decoder* in, ReextractionRecord* record) {
        record->plugin = in->String();
        if (!GetList(in, &record->extractors, GetExtractor) ||
            !GetDocuments(in, &record->documents)) {
          return false;
        }
        record->promoted = Revision(in->Varint());
        record->read = in->Varint();
        record->failed = in->Varint();
        GetFound(in, &record->found);
        return std::is_sorted(record->extractors.begin(), record->extractors.end());
      });
}

std::string EncodeShadow(const ShadowDocument& shadow) {
  std::string out;
  PutVarint(&out, shadow.base.value());
  PutString(&out, shadow.error);
  PutFound(&out, shadow.found);
  PutStrings(&out, shadow.warnings);
  PutVarint(&out, shadow.runs.size());
  for (const ShadowRun& run : shadow.runs) {
    PutString(&out, ExtractorBytes(run.extractor));
    PutVarint(&out, run.mentions.size());
    for (const Mention& mention : run.mentions) {
      PutString(&out, EncodeMention(mention));
    }
    PutVarint(&out, run.triples.size());
    for (const ShadowTriple& triple : run.triples) {
      PutString(&out, triple.predicate);
      out.push_back(static_cast<char>(triple.literal.has_value()));
      if (triple.literal) {
        out.push_back(static_cast<char>(triple.literal->type));
        PutString(&out, triple.literal->value);
      }
      PutString(&out, EncodeEvidence(triple.evidence));
    }
  }
  return out;
}

absl::StatusOr<ShadowDocument> DecodeShadow(std::string_view key, std::string_view value) {
  return DecodeRecord<ShadowDocument>(
      Family::kReextraction, key, value, [](Decoder* in, ShadowDocument* shadow) {
        shadow->base = Revision(in->Varint());
        shadow->error = in->String();
        GetFound(in, &shadow->found);
        return GetList(in, &shadow->warnings, GetString) && GetList(in, &shadow->runs, GetRun) &&
               shadow->base.valid();
      });
}

}  // namespace dossier
