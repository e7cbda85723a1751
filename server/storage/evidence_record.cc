// The bytes of evidence and mentions, which are most of a database: flags for what is absent, small
// numbers, spans relative to each other.
#include <cassert>
#include <cmath>
#include <optional>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/storage/keys.h"
#include "server/storage/record_parts.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

// The first byte of an evidence.
constexpr unsigned kNegative = 0x01;
constexpr int kModalityShift = 1;  // three bits
constexpr unsigned kModalityMask = 0x07;
constexpr unsigned kHasTime = 0x10;
constexpr unsigned kHasQuantity = 0x20;
constexpr unsigned kHasQualifiers = 0x40;
constexpr unsigned kHasAttributions = 0x80;

// The first byte of a qualifier: its role in four bits, kHasTime, kHasQuantity and:
constexpr unsigned kRoleMask = 0x0f;
constexpr unsigned kHasEntity = 0x40;
constexpr unsigned kQualifierBits = kRoleMask | kHasTime | kHasQuantity | kHasEntity;

// The first byte of a quantity: its bound in three bits and:
constexpr unsigned kBoundMask = 0x07;
constexpr unsigned kIsRange = 0x08;
constexpr unsigned kValueIsWhole = 0x10;
constexpr unsigned kHighIsWhole = 0x20;
constexpr unsigned kQuantityBits = kBoundMask | kIsRange | kValueIsWhole | kHighIsWhole;

void PutFlags(std::string* out, unsigned flags) { out->push_back(static_cast<char>(flags)); }

// Whether `value` is a natural number that a double holds exactly; those are kept as varints.
bool IsWhole(double value) {
  constexpr double kLimit = 9007199254740992;  // 2^53
  return value >= 0 && value < kLimit && !std::signbit(value) && std::floor(value) == value;
}

void PutNumber(std::string* out, double value) {
  if (IsWhole(value)) {
    PutVarint(out, static_cast<uint64_t>(value));
  } else {
    PutDouble(out, value);
  }
}

// False for what PutNumber() would have written otherwise, so that every value has one encoding.
bool GetNumber(Decoder* in, bool whole, double* value) {
  *value = whole ? static_cast<double>(in->Varint()) : in->Double();
  return in->ok() && std::isfinite(*value) && IsWhole(*value) == whole;
}

void PutQuantity(std::string* out, const Quantity& quantity) {
  assert(std::isfinite(quantity.value) && std::isfinite(quantity.high));
  unsigned flags = static_cast<unsigned>(quantity.bound);
  flags |= IsWhole(quantity.value) ? kValueIsWhole : 0;
  if (quantity.high != quantity.value) {
    flags |= kIsRange;
    flags |= IsWhole(quantity.high) ? kHighIsWhole : 0;
  }
  PutFlags(out, flags);
  PutNumber(out, quantity.value);
  if ((flags & kIsRange) != 0) {
    PutNumber(out, quantity.high);
  }
  PutString(out, quantity.unit);
}

bool GetQuantity(Decoder* in, Quantity* quantity) {
  const unsigned flags = in->Byte();
  quantity->bound = static_cast<Bound>(flags & kBoundMask);
  if ((flags & ~kQuantityBits) != 0 || quantity->bound < Bound::kExact ||
      quantity->bound > Bound::kAbout ||
      !GetNumber(in, (flags & kValueIsWhole) != 0, &quantity->value)) {
    return false;
  }
  quantity->high = quantity->value;
  if ((flags & kIsRange) != 0 && !GetNumber(in, (flags & kHighIsWhole) != 0, &quantity->high)) {
    return false;
  }
  quantity->unit = in->String();
  return in->ok();
}

// The end of an interval that equals its beginning is left out; a byte tells.
void PutTime(std::string* out, const TimeInterval& time) {
  const bool moment = time.from == time.to;
  PutVarint(out, moment ? 1 : 0);
  PutString(out, time.from);
  if (!moment) {
    PutString(out, time.to);
  }
}

bool GetTime(Decoder* in, TimeInterval* time) {
  const uint8_t moment = in->Byte();
  time->from = in->String();
  time->to = moment == 1 ? time->from : std::string(in->String());
  return in->ok() && moment <= 1;
}

void PutQualifier(std::string* out, SpanWriter* spans, const Qualifier& qualifier) {
  unsigned flags = static_cast<unsigned>(qualifier.role);
  flags |= qualifier.entity.valid() ? kHasEntity : 0;
  flags |= qualifier.time ? kHasTime : 0;
  flags |= qualifier.quantity ? kHasQuantity : 0;
  PutFlags(out, flags);
  spans->Put(qualifier.span);
  if (qualifier.entity.valid()) {
    PutVarint(out, qualifier.entity.value());
    PutVarint(out, qualifier.mention);
  }
  if (qualifier.time) {
    PutTime(out, *qualifier.time);
  }
  if (qualifier.quantity) {
    PutQuantity(out, *qualifier.quantity);
  }
}

bool GetQualifier(Decoder* in, SpanReader* spans, Qualifier* qualifier) {
  const unsigned flags = in->Byte();
  qualifier->role = static_cast<Role>(flags & kRoleMask);
  if ((flags & ~kQualifierBits) != 0 || qualifier->role < Role::kTime ||
      qualifier->role > Role::kOther || !spans->Get(&qualifier->span)) {
    return false;
  }
  if ((flags & kHasEntity) != 0) {
    qualifier->entity = EntityId(in->Varint());
    qualifier->mention = in->Varint32();
    if (!qualifier->entity.valid()) {
      return false;
    }
  }
  if ((flags & kHasTime) != 0 && !GetTime(in, &qualifier->time.emplace())) {
    return false;
  }
  return (flags & kHasQuantity) == 0 || GetQuantity(in, &qualifier->quantity.emplace());
}

unsigned Flags(const Evidence& evidence) {
  unsigned flags = static_cast<unsigned>(evidence.modality) << kModalityShift;
  flags |= evidence.polarity == Polarity::kNegative ? kNegative : 0;
  flags |= evidence.time ? kHasTime : 0;
  flags |= evidence.quantity ? kHasQuantity : 0;
  flags |= evidence.qualifiers.empty() ? 0 : kHasQualifiers;
  flags |= evidence.attributions.empty() ? 0 : kHasAttributions;
  return flags;
}

bool GetQualifiers(Decoder* in, SpanReader* spans, std::vector<Qualifier>* qualifiers) {
  for (uint64_t left = in->Varint(); left > 0; --left) {
    if (!GetQualifier(in, spans, &qualifiers->emplace_back())) {
      return false;
    }
  }
  return !qualifiers->empty();
}

bool GetAttributions(Decoder* in, SpanReader* spans, std::vector<Attribution>* attributions) {
  for (uint64_t left = in->Varint(); left > 0; --left) {
    Attribution& attribution = attributions->emplace_back();
    if (!spans->Get(&attribution.span)) {
      return false;
    }
    attribution.entity = EntityId(in->Varint());
    attribution.mention = attribution.entity.valid() ? in->Varint32() : 0;
  }
  return !attributions->empty();
}

}  // namespace

bool GetEvidence(Decoder* in, Evidence* evidence) {
  const unsigned flags = in->Byte();
  evidence->polarity = (flags & kNegative) != 0 ? Polarity::kNegative : Polarity::kPositive;
  evidence->modality = static_cast<Modality>(flags >> kModalityShift & kModalityMask);
  if (evidence->modality < Modality::kAsserted || evidence->modality > Modality::kDenied) {
    return false;
  }
  evidence->revision = Revision(in->Varint());
  SpanReader spans(in);
  if (!GetConfidence(in, &evidence->confidence) || !spans.Get(&evidence->sentence)) {
    return false;
  }
  spans.MoveTo(evidence->sentence.begin);
  if (!spans.Get(&evidence->subject) || !spans.Get(&evidence->predicate) ||
      !spans.Get(&evidence->object)) {
    return false;
  }
  evidence->subject_mention = in->Varint32();
  if (const uint64_t object = in->Varint(); object > 0) {
    evidence->object_mention = static_cast<uint32_t>(object - 1);
    if (*evidence->object_mention != object - 1) {
      return false;
    }
  }
  evidence->rule = in->String();
  if ((flags & kHasTime) != 0 && !GetTime(in, &evidence->time.emplace())) {
    return false;
  }
  if ((flags & kHasQuantity) != 0 && !GetQuantity(in, &evidence->quantity.emplace())) {
    return false;
  }
  if ((flags & kHasQualifiers) != 0 && !GetQualifiers(in, &spans, &evidence->qualifiers)) {
    return false;
  }
  return (flags & kHasAttributions) == 0 || GetAttributions(in, &spans, &evidence->attributions);
}

std::string EncodeEvidence(const Evidence& evidence) {
  std::string out;
  PutFlags(&out, Flags(evidence));
  PutVarint(&out, evidence.revision.value());
  PutConfidence(&out, evidence.confidence);
  SpanWriter spans(&out);
  spans.Put(evidence.sentence);
  spans.MoveTo(evidence.sentence.begin);
  spans.Put(evidence.subject);
  spans.Put(evidence.predicate);
  spans.Put(evidence.object);
  PutVarint(&out, evidence.subject_mention);
  PutVarint(&out, evidence.object_mention ? uint64_t{*evidence.object_mention} + 1 : 0);
  PutString(&out, evidence.rule);
  if (evidence.time) {
    PutTime(&out, *evidence.time);
  }
  if (evidence.quantity) {
    PutQuantity(&out, *evidence.quantity);
  }
  if (!evidence.qualifiers.empty()) {
    PutVarint(&out, evidence.qualifiers.size());
    for (const Qualifier& qualifier : evidence.qualifiers) {
      PutQualifier(&out, &spans, qualifier);
    }
  }
  if (!evidence.attributions.empty()) {
    PutVarint(&out, evidence.attributions.size());
    for (const Attribution& attribution : evidence.attributions) {
      spans.Put(attribution.span);
      PutVarint(&out, attribution.entity.value());
      if (attribution.entity.valid()) {
        PutVarint(&out, attribution.mention);
      }
    }
  }
  return out;
}

absl::StatusOr<Evidence> DecodeEvidence(std::string_view key, std::string_view value) {
  return DecodeRecord<Evidence>(Family::kEvidence, key, value, GetEvidence);
}

std::string EncodeMention(const Mention& mention) {
  std::string out(1, static_cast<char>(mention.kind));
  SpanWriter(&out).Put(mention.span);
  PutConfidence(&out, mention.confidence);
  PutString(&out, mention.type);
  PutString(&out, mention.name);
  PutString(&out, mention.key);
  return out.append(mention.rule);
}

bool GetMention(Decoder* in, Mention* mention) {
  mention->kind = static_cast<MentionKind>(in->Byte());
  SpanReader spans(in);
  if (!spans.Get(&mention->span) || !GetConfidence(in, &mention->confidence)) {
    return false;
  }
  mention->type = in->String();
  mention->name = in->String();
  mention->key = in->String();
  mention->rule = in->Rest();
  return mention->kind >= MentionKind::kName && mention->kind <= MentionKind::kPronoun;
}

absl::StatusOr<Mention> DecodeMention(std::string_view key, std::string_view value) {
  ASSIGN_OR_RETURN(const MentionKey place, MentionKey::Decode(key));
  ASSIGN_OR_RETURN(Mention mention,
                   DecodeRecord<Mention>(Family::kMention, key, value, GetMention));
  mention.entity = place.entity;
  return mention;
}

}  // namespace dossier
