#include <fmt/format.h>

#include <deque>
#include <optional>
#include <string>
#include <utility>

#include "server/extract/c_string.h"
#include "server/extract/wire/layer_wire.h"
#include "server/extract/wire/output_wire.h"

namespace dossier {
namespace {

// The number of an enumerator; `unset` for the one that is "never sent". The C ABI has the same
// numbers, but for literals.
uint32_t Number(int value, int unset) { return static_cast<uint32_t>(value == 0 ? unset : value); }

// The parts of a statement that the C ABI points to. Does not move.
struct CTime {
  explicit CTime(const v1::TimeInterval& message)
      : c{sizeof(c), ToC(message.from()), ToC(message.to())} {}

  dossier_time c;
};

struct CQuantity {
  explicit CQuantity(const v1::Quantity& message)
      : c{sizeof(c), Number(message.bound(), v1::BOUND_EXACT), message.value(), message.high(),
          ToC(message.unit())} {}

  dossier_quantity c;
};

struct CQualifier {
  CQualifier(const v1::ExtractedQualifier& message, uint32_t mention) {
    c.size = sizeof(c);
    c.role = Number(message.role(), v1::ROLE_OTHER);
    c.begin = message.span().begin();
    c.end = message.span().end();
    c.mention = mention;
    if (message.has_time()) {
      c.time = &time.emplace(message.time()).c;
    }
    if (message.has_quantity()) {
      c.quantity = &quantity.emplace(message.quantity()).c;
    }
  }
  CQualifier(const CQualifier&) = delete;
  CQualifier& operator=(const CQualifier&) = delete;

  std::optional<CTime> time;
  std::optional<CQuantity> quantity;
  dossier_qualifier c = {};
};

struct CAttribution {
  CAttribution(const v1::ExtractedAttribution& message, uint32_t mention)
      : c{sizeof(c), message.span().begin(), message.span().end(), mention} {}

  dossier_attribution c;
};

// Parts of a triple and what the C ABI points to.
template <class Part>
struct CParts {
  std::deque<Part> parts;
  std::vector<const decltype(Part::c)*> pointers;
};

void SetLiteral(const v1::ExtractedLiteral& literal, dossier_triple* triple) {
  triple->literal_type = Number(literal.type(), v1::LITERAL_TYPE_TEXT) - 1;
  triple->literal_begin = literal.span().begin();
  triple->literal_end = literal.span().end();
  triple->literal = ToC(literal.value());
}

// All of a triple but its mentions and parts. Borrows the message.
dossier_triple ToTriple(const v1::ExtractedTriple& message) {
  dossier_triple triple = {};
  triple.size = sizeof(triple);
  triple.begin = message.sentence().begin();
  triple.end = message.sentence().end();
  triple.object = DOSSIER_NONE;
  if (message.has_literal()) {
    SetLiteral(message.literal(), &triple);
  }
  triple.predicate = ToC(message.predicate());
  triple.predicate_begin = message.predicate_span().begin();
  triple.predicate_end = message.predicate_span().end();
  triple.polarity = Number(message.polarity(), v1::POLARITY_POSITIVE);
  triple.modality = Number(message.modality(), v1::MODALITY_ASSERTED);
  triple.confidence = message.has_confidence() ? message.confidence() : 1;
  triple.rule = ToC(message.rule());
  return triple;
}

}  // namespace

void OutputReader::Add(const v1::ExtractorOutput& part) {
  sink_->AddRefused(part.refused(), {part.refusals().begin(), part.refusals().end()});
  const auto add_each = [this](const auto& items) {
    for (const auto& item : items) {
      if (sink_->stopped()) {
        return;
      }
      Add(item);
    }
  };
  add_each(part.mentions());
  add_each(part.triples());
  add_each(part.propositions());
  add_each(part.layers());
  if (part.has_done()) {
    sink_->set_error(part.done().error());
  }
}

bool OutputReader::Resolve(uint32_t number, const char* item, uint32_t* id) {
  *id = number < ids_.size() ? ids_[number] : DOSSIER_NONE;
  if (*id != DOSSIER_NONE) {
    return true;
  }
  sink_->AddRefused(
      1, {number < ids_.size() ? fmt::format("{}: mention {} was refused", item, number)
                               : fmt::format("{}: mention {} is unknown; there are {} mentions",
                                             item, number, ids_.size())});
  return false;
}

void OutputReader::Add(const v1::ExtractedMention& message) {
  dossier_mention mention = {};
  mention.size = sizeof(mention);
  mention.begin = message.span().begin();
  mention.end = message.span().end();
  mention.kind = Number(message.kind(), v1::MENTION_KIND_NAME);
  mention.type = ToC(message.type());
  mention.name = ToC(message.name());
  mention.antecedent = DOSSIER_NONE;
  mention.confidence = message.has_confidence() ? message.confidence() : 1;
  mention.rule = ToC(message.rule());
  const bool resolved =
      !message.has_antecedent() || Resolve(message.antecedent(), "a mention", &mention.antecedent);
  ids_.push_back(resolved ? sink_->AddMention(mention) : DOSSIER_NONE);
}

template <class Messages, class Parts>
bool OutputReader::Collect(const Messages& messages, Parts* parts) {
  for (const auto& message : messages) {
    uint32_t mention = DOSSIER_NONE;
    if (message.has_mention() && !Resolve(message.mention(), "a triple", &mention)) {
      return false;
    }
    parts->pointers.push_back(&parts->parts.emplace_back(message, mention).c);
  }
  return true;
}

void OutputReader::Add(const v1::ExtractedTriple& message) {
  dossier_triple triple = ToTriple(message);
  triple.subject = DOSSIER_NONE;  // an unset one is refused by the sink
  if ((message.has_subject() && !Resolve(message.subject(), "a triple", &triple.subject)) ||
      (message.has_object_mention() &&
       !Resolve(message.object_mention(), "a triple", &triple.object))) {
    return;
  }
  CParts<CQualifier> qualifiers;
  CParts<CAttribution> attributions;
  if (!Collect(message.qualifiers(), &qualifiers) ||
      !Collect(message.attributions(), &attributions)) {
    return;
  }
  triple.qualifiers = qualifiers.pointers.data();
  triple.qualifier_count = static_cast<uint32_t>(qualifiers.pointers.size());
  triple.attributions = attributions.pointers.data();
  triple.attribution_count = static_cast<uint32_t>(attributions.pointers.size());
  const CTime time(message.time());
  const CQuantity quantity(message.quantity());
  triple.time = message.has_time() ? &time.c : nullptr;
  triple.quantity = message.has_quantity() ? &quantity.c : nullptr;
  sink_->AddTriple(triple);
}

void OutputReader::Add(const v1::ExtractedProposition& message) {
  std::vector<dossier_str> arguments;
  for (const std::string& argument : message.arguments()) {
    arguments.push_back(ToC(argument));
  }
  dossier_proposition proposition = {};
  proposition.size = sizeof(proposition);
  proposition.begin = message.sentence().begin();
  proposition.end = message.sentence().end();
  proposition.argument_count = static_cast<uint32_t>(arguments.size());
  proposition.confidence = message.has_confidence() ? message.confidence() : 1;
  proposition.relation = ToC(message.relation());
  proposition.arguments = arguments.data();
  sink_->AddProposition(proposition);
}

void OutputReader::Add(const v1::Layer& message) {
  const WireLayer layer(message);
  if (const absl::Status status = layer.Check(); !status.ok()) {
    sink_->AddRefused(1, {fmt::format("a layer: {}", std::string(status.message()))});
    return;
  }
  sink_->AddLayer(*layer.get());
}

}  // namespace dossier
