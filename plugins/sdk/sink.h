// Writing side: where Process() puts mentions, triples, propositions and layers.
#ifndef DOSSIER_PLUGINS_SDK_SINK_H_
#define DOSSIER_PLUGINS_SDK_SINK_H_

#include <cstdint>
#include <deque>
#include <vector>

#include "plugins/abi/dossier_plugin.h"
#include "plugins/sdk/layer_builder.h"
#include "plugins/sdk/statements.h"

namespace dossier::sdk {

// Valid during one call of Process(), on its thread. The host checks and counts what it refuses;
// a refused item does not end the call.
class Sink {
 public:
  explicit Sink(const dossier_sink* sink) : sink_(sink) {}

  // The mention's id for triples and later mentions, or kNoId when the host refused it.
  uint32_t Add(const Mention& mention);
  // True when the host took it.
  bool Add(const Triple& triple);
  bool Add(const Proposition& proposition);
  bool Add(const LayerBuilder& layer) {
    return layer.WithC([this](const dossier_layer& c_layer) {
      return sink_->layer(sink_->context, &c_layer) == DOSSIER_OK;
    });
  }

  // True once nobody waits for the result: return Status::Cancelled() soon. Ask once a sentence.
  bool stop() const { return sink_->stop(sink_->context) != 0; }

 private:
  const dossier_sink* sink_;
};

namespace internal {

inline dossier_time ToC(const TimeRange& time) {
  return {.size = sizeof(dossier_time), .from = sdk::ToC(time.from), .to = sdk::ToC(time.to)};
}

inline dossier_quantity ToC(const Quantity& quantity) {
  return {.size = sizeof(dossier_quantity),
          .bound = static_cast<uint32_t>(quantity.bound),
          .value = quantity.value,
          .high = quantity.high,
          .unit = sdk::ToC(quantity.unit)};
}

// A qualifier in C together with what it points to. Must not move once made.
struct CQualifier {
  explicit CQualifier(const Qualifier& qualifier) {
    if (qualifier.time) time = ToC(*qualifier.time);
    if (qualifier.quantity) quantity = ToC(*qualifier.quantity);
    value = {.size = sizeof(dossier_qualifier),
             .role = static_cast<uint32_t>(qualifier.role),
             .begin = qualifier.span.begin,
             .end = qualifier.span.end,
             .mention = qualifier.mention,
             .time = qualifier.time ? &time : nullptr,
             .quantity = qualifier.quantity ? &quantity : nullptr};
  }
  CQualifier(const CQualifier&) = delete;
  CQualifier& operator=(const CQualifier&) = delete;

  dossier_time time = {};
  dossier_quantity quantity = {};
  dossier_qualifier value = {};
};

}  // namespace internal

inline uint32_t Sink::Add(const Mention& mention) {
  const dossier_mention c_mention = {.size = sizeof(dossier_mention),
                                     .begin = mention.span.begin,
                                     .end = mention.span.end,
                                     .kind = static_cast<uint32_t>(mention.kind),
                                     .type = ToC(mention.type),
                                     .name = ToC(mention.name),
                                     .antecedent = mention.antecedent,
                                     .confidence = mention.confidence,
                                     .rule = ToC(mention.rule)};
  return sink_->mention(sink_->context, &c_mention);
}

inline bool Sink::Add(const Triple& triple) {
  std::deque<internal::CQualifier> qualifiers;
  std::vector<const dossier_qualifier*> qualifier_pointers;
  for (const Qualifier& qualifier : triple.qualifiers) {
    qualifier_pointers.push_back(&qualifiers.emplace_back(qualifier).value);
  }
  std::vector<dossier_attribution> attributions;
  std::vector<const dossier_attribution*> attribution_pointers;
  attributions.reserve(triple.attributions.size());
  for (const Attribution& attribution : triple.attributions) {
    attributions.push_back({.size = sizeof(dossier_attribution),
                            .begin = attribution.span.begin,
                            .end = attribution.span.end,
                            .mention = attribution.mention});
    attribution_pointers.push_back(&attributions.back());
  }
  const dossier_time time = triple.time ? internal::ToC(*triple.time) : dossier_time{};
  const dossier_quantity quantity =
      triple.quantity ? internal::ToC(*triple.quantity) : dossier_quantity{};
  const dossier_triple c_triple = {
      .size = sizeof(dossier_triple),
      .begin = triple.span.begin,
      .end = triple.span.end,
      .subject = triple.subject,
      .object = triple.object,
      .literal_type = static_cast<uint32_t>(triple.literal.type),
      .literal_begin = triple.literal.span.begin,
      .literal_end = triple.literal.span.end,
      .literal = ToC(triple.literal.value),
      .predicate = ToC(triple.predicate),
      .predicate_begin = triple.predicate_span.begin,
      .predicate_end = triple.predicate_span.end,
      .polarity = static_cast<uint32_t>(triple.polarity),
      .modality = static_cast<uint32_t>(triple.modality),
      .confidence = triple.confidence,
      .time = triple.time ? &time : nullptr,
      .quantity = triple.quantity ? &quantity : nullptr,
      .qualifier_count = static_cast<uint32_t>(qualifier_pointers.size()),
      .attribution_count = static_cast<uint32_t>(attribution_pointers.size()),
      .qualifiers = qualifier_pointers.data(),
      .attributions = attribution_pointers.data(),
      .rule = ToC(triple.rule)};
  return sink_->triple(sink_->context, &c_triple) == DOSSIER_OK;
}

inline bool Sink::Add(const Proposition& proposition) {
  std::vector<dossier_str> arguments;
  arguments.reserve(proposition.arguments.size());
  for (const std::string& argument : proposition.arguments) arguments.push_back(ToC(argument));
  const dossier_proposition c_proposition = {
      .size = sizeof(dossier_proposition),
      .begin = proposition.span.begin,
      .end = proposition.span.end,
      .argument_count = static_cast<uint32_t>(arguments.size()),
      .confidence = proposition.confidence,
      .relation = ToC(proposition.relation),
      .arguments = arguments.data()};
  return sink_->proposition(sink_->context, &c_proposition) == DOSSIER_OK;
}

}  // namespace dossier::sdk

#endif  // DOSSIER_PLUGINS_SDK_SINK_H_
