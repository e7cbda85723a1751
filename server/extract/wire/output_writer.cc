#include <utility>

#include "server/extract/statement_reader.h"
#include "server/extract/wire/layer_wire.h"
#include "server/extract/wire/output_wire.h"

namespace dossier {
namespace {

constexpr std::size_t kPartBytes = 1u << 20;

// The enumerations of the model and of the wire have the same numbers, but for literals.
template <class To, class From>
To Cast(From from) {
  return static_cast<To>(static_cast<int>(from));
}

void ToWire(Span span, v1::Span* message) {
  message->set_begin(span.begin);
  message->set_end(span.end);
}

void ToWire(const TimeInterval& time, v1::TimeInterval* message) {
  message->set_from(time.from);
  message->set_to(time.to);
}

void ToWire(const Quantity& quantity, v1::Quantity* message) {
  message->set_value(quantity.value);
  message->set_high(quantity.high);
  message->set_unit(quantity.unit);
  message->set_bound(Cast<v1::Bound>(quantity.bound));
}

void ToWire(const ExtractedMention& mention, v1::ExtractedMention* message) {
  ToWire(mention.span, message->mutable_span());
  message->set_kind(Cast<v1::MentionKind>(mention.kind));
  message->set_type(mention.type);
  message->set_name(mention.name);
  if (mention.antecedent) {
    message->set_antecedent(*mention.antecedent);
    message->set_confidence(mention.confidence);
    message->set_rule(mention.rule);
  }
}

void ToWire(const ExtractedQualifier& qualifier, v1::ExtractedQualifier* message) {
  message->set_role(Cast<v1::Role>(qualifier.role));
  ToWire(qualifier.span, message->mutable_span());
  if (qualifier.mention) {
    message->set_mention(*qualifier.mention);
  }
  if (qualifier.time) {
    ToWire(*qualifier.time, message->mutable_time());
  }
  if (qualifier.quantity) {
    ToWire(*qualifier.quantity, message->mutable_quantity());
  }
}

void ToWire(const ExtractedAttribution& attribution, v1::ExtractedAttribution* message) {
  ToWire(attribution.span, message->mutable_span());
  if (attribution.mention) {
    message->set_mention(*attribution.mention);
  }
}

void SetObject(const ExtractedTriple& triple, v1::ExtractedTriple* message) {
  if (triple.object) {
    message->set_object_mention(*triple.object);
  } else if (triple.literal.type != LiteralType::kNone) {
    v1::ExtractedLiteral* literal = message->mutable_literal();
    literal->set_type(static_cast<v1::LiteralType>(static_cast<int>(triple.literal.type) + 1));
    ToWire(triple.literal_span, literal->mutable_span());
    literal->set_value(triple.literal.value);
  }
}

void ToWire(const ExtractedTriple& triple, v1::ExtractedTriple* message) {
  ToWire(triple.sentence, message->mutable_sentence());
  message->set_subject(triple.subject);
  SetObject(triple, message);
  message->set_predicate(triple.predicate);
  ToWire(triple.predicate_span, message->mutable_predicate_span());
  message->set_polarity(Cast<v1::Polarity>(triple.polarity));
  message->set_modality(Cast<v1::Modality>(triple.modality));
  message->set_confidence(triple.confidence);
  if (triple.time) {
    ToWire(*triple.time, message->mutable_time());
  }
  if (triple.quantity) {
    ToWire(*triple.quantity, message->mutable_quantity());
  }
  for (const ExtractedQualifier& qualifier : triple.qualifiers) {
    ToWire(qualifier, message->add_qualifiers());
  }
  for (const ExtractedAttribution& attribution : triple.attributions) {
    ToWire(attribution, message->add_attributions());
  }
  message->set_rule(triple.rule);
}

void ToWire(const ExtractedProposition& proposition, v1::ExtractedProposition* message) {
  ToWire(proposition.sentence, message->mutable_sentence());
  message->set_relation(proposition.relation);
  for (const std::string& argument : proposition.arguments) {
    message->add_arguments(argument);
  }
  message->set_confidence(proposition.confidence);
}

}  // namespace

// Adds items until there is no room; the first that finds some may go over it.
template <class Item, class Add>
void OutputWriter::Take(const std::vector<Item>& items, std::size_t* next, Add add) {
  while (*next < items.size() && room_ > 0) {
    const Item& item = items[(*next)++];
    ToWire(item, add());
    room_ -= std::min<std::size_t>(ByteSize(item), room_);
  }
}

bool OutputWriter::Next(v1::ExtractorOutput* part) {
  room_ = kPartBytes;
  Take(output_.mentions, &next_mention_, [&] { return part->add_mentions(); });
  Take(output_.triples, &next_triple_, [&] { return part->add_triples(); });
  Take(output_.propositions, &next_proposition_, [&] { return part->add_propositions(); });
  Take(output_.layers, &next_layer_, [&] { return part->add_layers(); });
  if (room_ == 0) {
    return false;
  }
  part->set_refused(output_.refused);
  for (const std::string& refusal : output_.refusals) {
    part->add_refusals(refusal);
  }
  part->mutable_done();
  return true;
}

}  // namespace dossier
