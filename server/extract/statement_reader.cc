#include "server/extract/statement_reader.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/c_string.h"

namespace dossier {
namespace {

constexpr uint32_t kMaxParts = 256;  // qualifiers, attributions or arguments of one statement

enum class Empty { kAllowed, kRefused };

absl::Status Invalid(std::string message) { return absl::InvalidArgumentError(std::move(message)); }

// ABI 1.0 is the smallest that a plugin can have been built with.
template <class Struct>
absl::Status CheckSize(const Struct& value) {
  return value.size < sizeof(Struct) ? Invalid("its size field is too small") : absl::OkStatus();
}

absl::StatusOr<Span> ReadSpan(std::string_view field, uint32_t begin, uint32_t end,
                              std::string_view text, Empty empty = Empty::kAllowed) {
  if (begin > end || end > text.size()) {
    return Invalid(fmt::format("{} [{}, {}) is out of range; the text has {} bytes", field, begin,
                               end, text.size()));
  }
  if (!IsCharacterBoundary(text, begin) || !IsCharacterBoundary(text, end)) {
    return Invalid(fmt::format("{} [{}, {}) cuts a character", field, begin, end));
  }
  if (empty == Empty::kRefused && begin == end) {
    return Invalid(fmt::format("{} is empty at {}", field, begin));
  }
  return Span{begin, end};
}

absl::StatusOr<std::string> CheckString(std::string_view field, std::string_view value,
                                        Empty empty = Empty::kAllowed) {
  if (value.size() > kMaxTermBytes) {
    return Invalid(fmt::format("{} is {} bytes long; at most {} are allowed", field, value.size(),
                               kMaxTermBytes));
  }
  if (value.empty() && empty == Empty::kRefused) {
    return Invalid(fmt::format("{} is empty", field));
  }
  if (FindInvalidUtf8(value) || value.find('\0') != std::string_view::npos) {
    return Invalid(fmt::format("{} is not UTF-8 or has a NUL", field));
  }
  return std::string(value);
}

absl::StatusOr<std::string> ReadString(std::string_view field, dossier_str value,
                                       Empty empty = Empty::kAllowed) {
  if (value.data == nullptr && value.size != 0) {
    return Invalid(fmt::format("{} is NULL with a size of {}", field, value.size));
  }
  return CheckString(field, FromC(value), empty);
}

// Enumerators run from `first` to `last` without a gap.
template <class Enum>
absl::StatusOr<Enum> ReadEnum(std::string_view field, uint32_t value, Enum first, Enum last) {
  if (value < static_cast<uint32_t>(first) || value > static_cast<uint32_t>(last)) {
    return Invalid(fmt::format("{} {} is unknown", field, value));
  }
  return static_cast<Enum>(value);
}

absl::StatusOr<double> ReadConfidence(double value) {
  if (!(value >= 0 && value <= 1)) {  // also when it is not a number
    return Invalid(fmt::format("confidence {} is not between 0 and 1", value));
  }
  return value;
}

absl::StatusOr<std::optional<MentionIndex>> ReadMentionId(std::string_view field, uint32_t id,
                                                          const StatementContext& context) {
  if (id == DOSSIER_NONE) {
    return std::nullopt;
  }
  if (id >= context.mention_count) {
    return Invalid(
        fmt::format("{} {} is unknown; there are {} mentions", field, id, context.mention_count));
  }
  return id;
}

absl::StatusOr<std::optional<TimeInterval>> ReadTime(const dossier_time* time) {
  if (time == nullptr) {
    return std::nullopt;
  }
  RETURN_IF_ERROR(CheckSize(*time));
  TimeInterval interval;
  ASSIGN_OR_RETURN(interval.from, ReadString("time.from", time->from));
  ASSIGN_OR_RETURN(interval.to, ReadString("time.to", time->to));
  if (interval.from.empty() && interval.to.empty()) {
    return Invalid("time has neither end");
  }
  for (const std::string& end : {interval.from, interval.to}) {
    if (!end.empty() && !IsIsoTime(end)) {
      return Invalid(fmt::format("time \"{}\" is not an ISO 8601 date or UTC time", end));
    }
  }
  // Dates compare as text; of a date and a time, the common day decides.
  if (!interval.to.empty() && interval.from.substr(0, 10) > interval.to.substr(0, 10)) {
    return Invalid(fmt::format("time from {} to {} is reversed", interval.from, interval.to));
  }
  return interval;
}

absl::StatusOr<std::optional<Quantity>> ReadQuantity(const dossier_quantity* quantity) {
  if (quantity == nullptr) {
    return std::nullopt;
  }
  RETURN_IF_ERROR(CheckSize(*quantity));
  if (!std::isfinite(quantity->value) || !std::isfinite(quantity->high) ||
      quantity->high < quantity->value) {
    return Invalid(fmt::format("quantity {} to {} is not finite or reversed", quantity->value,
                               quantity->high));
  }
  Quantity copy;
  copy.value = quantity->value;
  copy.high = quantity->high;
  ASSIGN_OR_RETURN(copy.unit, ReadString("quantity.unit", quantity->unit));
  ASSIGN_OR_RETURN(copy.bound,
                   ReadEnum("quantity.bound", quantity->bound, Bound::kExact, Bound::kAbout));
  return copy;
}

absl::StatusOr<ExtractedQualifier> ReadPart(const dossier_qualifier& qualifier,
                                            const StatementContext& context) {
  ExtractedQualifier copy;
  ASSIGN_OR_RETURN(copy.role,
                   ReadEnum("qualifier.role", qualifier.role, Role::kTime, Role::kOther));
  ASSIGN_OR_RETURN(copy.span, ReadSpan("qualifier", qualifier.begin, qualifier.end, context.text));
  ASSIGN_OR_RETURN(copy.mention, ReadMentionId("qualifier.mention", qualifier.mention, context));
  ASSIGN_OR_RETURN(copy.time, ReadTime(qualifier.time));
  ASSIGN_OR_RETURN(copy.quantity, ReadQuantity(qualifier.quantity));
  return copy;
}

absl::StatusOr<ExtractedAttribution> ReadPart(const dossier_attribution& attribution,
                                              const StatementContext& context) {
  ExtractedAttribution copy;
  ASSIGN_OR_RETURN(copy.span,
                   ReadSpan("attribution", attribution.begin, attribution.end, context.text));
  ASSIGN_OR_RETURN(copy.mention,
                   ReadMentionId("attribution.mention", attribution.mention, context));
  return copy;
}

// The qualifiers or attributions of a triple.
template <class Copy, class Part>
absl::Status ReadParts(std::string_view field, const Part* const* parts, uint32_t count,
                       const StatementContext& context, std::vector<Copy>* copies) {
  if (count > kMaxParts || (count > 0 && parts == nullptr)) {
    return Invalid(fmt::format("{} {}: at most {} are allowed and the array must not be NULL",
                               count, field, kMaxParts));
  }
  for (uint32_t i = 0; i < count; ++i) {
    if (parts[i] == nullptr) {
      return Invalid(fmt::format("{} {} is NULL", field, i));
    }
    RETURN_IF_ERROR(CheckSize(*parts[i]));
    ASSIGN_OR_RETURN(Copy copy, ReadPart(*parts[i], context));
    copies->push_back(std::move(copy));
  }
  return absl::OkStatus();
}

// The literal object: its type, its span, and its value or else the words of its span.
absl::Status ReadLiteral(const dossier_triple& triple, const StatementContext& context,
                         ExtractedTriple* copy) {
  ASSIGN_OR_RETURN(copy->literal.type, ReadEnum("literal_type", triple.literal_type,
                                                LiteralType::kNone, LiteralType::kTime));
  if (copy->literal.type == LiteralType::kNone) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(copy->literal_span,
                   ReadSpan("literal", triple.literal_begin, triple.literal_end, context.text));
  ASSIGN_OR_RETURN(copy->literal.value, ReadString("literal", triple.literal));
  if (copy->literal.value.empty()) {
    ASSIGN_OR_RETURN(
        copy->literal.value,
        CheckString("literal", Slice(context.text, copy->literal_span), Empty::kRefused));
  }
  return absl::OkStatus();
}

uint64_t ByteSize(const std::optional<TimeInterval>& time) {
  return time ? time->from.size() + time->to.size() : 0;
}

uint64_t ByteSize(const std::optional<Quantity>& quantity) {
  return quantity ? quantity->unit.size() : 0;
}

}  // namespace

absl::StatusOr<ExtractedMention> ReadMention(const dossier_mention& mention,
                                             const StatementContext& context) {
  RETURN_IF_ERROR(CheckSize(mention));
  ExtractedMention copy;
  ASSIGN_OR_RETURN(copy.span, ReadSpan("the mention", mention.begin, mention.end, context.text,
                                       Empty::kRefused));
  ASSIGN_OR_RETURN(copy.kind,
                   ReadEnum("kind", mention.kind, MentionKind::kName, MentionKind::kPronoun));
  ASSIGN_OR_RETURN(copy.type, ReadString("type", mention.type));
  ASSIGN_OR_RETURN(copy.name, ReadString("name", mention.name));
  if (copy.name.empty()) {
    ASSIGN_OR_RETURN(copy.name, CheckString("name", Slice(context.text, copy.span)));
  }
  ASSIGN_OR_RETURN(copy.antecedent, ReadMentionId("antecedent", mention.antecedent, context));
  if (copy.antecedent) {
    ASSIGN_OR_RETURN(copy.confidence, ReadConfidence(mention.confidence));
    ASSIGN_OR_RETURN(copy.rule, ReadString("rule", mention.rule));
  }
  return copy;
}

absl::StatusOr<ExtractedTriple> ReadTriple(const dossier_triple& triple,
                                           const StatementContext& context) {
  RETURN_IF_ERROR(CheckSize(triple));
  ExtractedTriple copy;
  ASSIGN_OR_RETURN(copy.sentence, ReadSpan("the statement", triple.begin, triple.end, context.text,
                                           Empty::kRefused));
  ASSIGN_OR_RETURN(const auto subject, ReadMentionId("subject", triple.subject, context));
  if (!subject) {
    return Invalid("subject is missing");
  }
  copy.subject = *subject;
  ASSIGN_OR_RETURN(copy.object, ReadMentionId("object", triple.object, context));
  if (!copy.object) {
    RETURN_IF_ERROR(ReadLiteral(triple, context, &copy));
  }
  ASSIGN_OR_RETURN(copy.predicate, ReadString("predicate", triple.predicate, Empty::kRefused));
  ASSIGN_OR_RETURN(copy.predicate_span, ReadSpan("predicate", triple.predicate_begin,
                                                 triple.predicate_end, context.text));
  ASSIGN_OR_RETURN(copy.polarity,
                   ReadEnum("polarity", triple.polarity, Polarity::kPositive, Polarity::kNegative));
  ASSIGN_OR_RETURN(copy.modality,
                   ReadEnum("modality", triple.modality, Modality::kAsserted, Modality::kDenied));
  ASSIGN_OR_RETURN(copy.confidence, ReadConfidence(triple.confidence));
  ASSIGN_OR_RETURN(copy.time, ReadTime(triple.time));
  ASSIGN_OR_RETURN(copy.quantity, ReadQuantity(triple.quantity));
  RETURN_IF_ERROR(ReadParts("qualifiers", triple.qualifiers, triple.qualifier_count, context,
                            &copy.qualifiers));
  RETURN_IF_ERROR(ReadParts("attributions", triple.attributions, triple.attribution_count, context,
                            &copy.attributions));
  ASSIGN_OR_RETURN(copy.rule, ReadString("rule", triple.rule));
  return copy;
}

absl::StatusOr<ExtractedProposition> ReadProposition(const dossier_proposition& proposition,
                                                     const StatementContext& context) {
  RETURN_IF_ERROR(CheckSize(proposition));
  if (proposition.argument_count > kMaxParts ||
      (proposition.argument_count > 0 && proposition.arguments == nullptr)) {
    return Invalid(
        fmt::format("{} arguments: at most {} are allowed and the array must not be NULL",
                    proposition.argument_count, kMaxParts));
  }
  ExtractedProposition copy;
  ASSIGN_OR_RETURN(copy.sentence, ReadSpan("the sentence", proposition.begin, proposition.end,
                                           context.text, Empty::kRefused));
  ASSIGN_OR_RETURN(copy.confidence, ReadConfidence(proposition.confidence));
  ASSIGN_OR_RETURN(copy.relation, ReadString("relation", proposition.relation));
  for (uint32_t i = 0; i < proposition.argument_count; ++i) {
    ASSIGN_OR_RETURN(std::string argument, ReadString("argument", proposition.arguments[i]));
    copy.arguments.push_back(std::move(argument));
  }
  return copy;
}

uint64_t ByteSize(const ExtractedMention& mention) {
  return sizeof(mention) + mention.type.size() + mention.name.size() + mention.rule.size();
}

uint64_t ByteSize(const ExtractedTriple& triple) {
  uint64_t bytes = sizeof(triple) + triple.literal.value.size() + triple.predicate.size() +
                   triple.rule.size() + ByteSize(triple.time) + ByteSize(triple.quantity) +
                   triple.attributions.size() * sizeof(ExtractedAttribution);
  for (const ExtractedQualifier& qualifier : triple.qualifiers) {
    bytes += sizeof(qualifier) + ByteSize(qualifier.time) + ByteSize(qualifier.quantity);
  }
  return bytes;
}

uint64_t ByteSize(const ExtractedProposition& proposition) {
  uint64_t bytes = sizeof(proposition) + proposition.relation.size();
  for (const std::string& argument : proposition.arguments) {
    bytes += sizeof(argument) + argument.size();
  }
  return bytes;
}

}  // namespace dossier
