#include "server/storage/merge_log.h"

#include <utility>

#include "server/base/coding.h"
#include "server/storage/family.h"
#include "server/storage/keys.h"
#include "server/storage/record_parts.h"

namespace dossier {
namespace {

bool GetSource(Decoder* in, MergeRecord::Source* source) {
  source->source.key = in->String();
  source->source.name = in->String();
  source->source.document = in->String();
  source->entity = EntityId(in->Varint());
  return in->ok() && !source->source.key.empty();
}

bool GetMerge(Decoder* in, MergeRecord* merge) {
  merge->kind = static_cast<MergeKind>(in->Byte());
  merge->made = Revision(in->Varint());
  merge->undone = Revision(in->Varint());
  merge->request = in->String();
  merge->note = in->String();
  merge->target = in->String();
  for (uint64_t left = in->Varint(); left > 0; --left) {
    if (!GetSource(in, &merge->sources.emplace_back())) {
      return false;
    }
  }
  return merge->kind >= MergeKind::kMerge && merge->kind <= MergeKind::kSplit &&
         !merge->target.empty() && !merge->sources.empty();
}

}  // namespace

std::string MergeLogKey::Prefix(NamespaceId ns, MergeRow row) {
  std::string key = KeyPrefix(ns);
  key.push_back(static_cast<char>(row));
  return key;
}

std::string MergeLogKey::Prefix(NamespaceId ns, std::string_view source_key) {
  std::string key = Prefix(ns, MergeRow::kLink);
  PutString(&key, source_key);
  return key;
}

std::string MergeLogKey::Encode() const {
  std::string key = Prefix(ns, row);
  switch (row) {
    case MergeRow::kDecision:
      AppendId(&key, merge);
      break;
    case MergeRow::kLink:
      PutString(&key, source.key);
      PutString(&key, source.name);
      key.append(source.document);
      break;
    case MergeRow::kEntity:
      AppendId(&key, entity);
      break;
    case MergeRow::kRequest:
      key.append(request);
      break;
  }
  return key;
}

absl::StatusOr<MergeLogKey> MergeLogKey::Decode(std::string_view key) {
  Decoder in(key);
  MergeLogKey result;
  result.ns = NamespaceId(in.Fixed32());
  result.row = static_cast<MergeRow>(in.Byte());
  bool valid = result.ns.valid();
  switch (result.row) {
    case MergeRow::kDecision:
      result.merge = MergeId(in.Fixed64());
      valid = valid && result.merge.valid();
      break;
    case MergeRow::kLink:
      result.source.key = in.String();
      result.source.name = in.String();
      result.source.document = in.Rest();
      valid = valid && !result.source.key.empty();
      break;
    case MergeRow::kEntity:
      result.entity = EntityId(in.Fixed64());
      valid = valid && result.entity.valid();
      break;
    case MergeRow::kRequest:
      result.request = in.Rest();
      valid = valid && !result.request.empty();
      break;
    default:
      valid = false;
  }
  // A length that another encoding would have written shorter makes another key of the same row.
  if (!valid || !in.done() || result.Encode() != key) {
    return DamagedRecord(Family::kMergeLog, key, "the key is malformed");
  }
  return result;
}

std::string EncodeMerge(const MergeRecord& merge) {
  std::string out(1, static_cast<char>(merge.kind));
  PutVarint(&out, merge.made.value());
  PutVarint(&out, merge.undone.value());
  PutString(&out, merge.request);
  PutString(&out, merge.note);
  PutString(&out, merge.target);
  PutVarint(&out, merge.sources.size());
  for (const auto& [source, entity] : merge.sources) {
    PutString(&out, source.key);
    PutString(&out, source.name);
    PutString(&out, source.document);
    PutVarint(&out, entity.value());
  }
  return out;
}

absl::StatusOr<MergeRecord> DecodeMerge(std::string_view key, std::string_view value) {
  return DecodeRecord<MergeRecord>(Family::kMergeLog, key, value, GetMerge);
}

std::string EncodeLink(const LinkRecord& link) {
  std::string out;
  PutVarint(&out, link.merge.value());
  return out.append(link.target);
}

absl::StatusOr<LinkRecord> DecodeLink(std::string_view key, std::string_view value) {
  return DecodeRecord<LinkRecord>(Family::kMergeLog, key, value, [](Decoder* in, LinkRecord* link) {
    link->merge = MergeId(in->Varint());
    link->target = in->Rest();
    return link->merge.valid() && !link->target.empty();
  });
}

}  // namespace dossier
