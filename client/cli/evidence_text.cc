#include "client/cli/evidence_text.h"

#include <fmt/format.h>

#include "client/cli/evidence_json.h"

namespace dossier::cli {

std::string ObjectText(const v1::Triple& triple) {
  return triple.has_entity() ? triple.entity().name() : triple.literal().value();
}

std::string IntervalText(const v1::TimeInterval& time) {
  return time.from() == time.to() ? time.from() : fmt::format("{}..{}", time.from(), time.to());
}

std::string QuantityText(const v1::Quantity& quantity) {
  std::string text = fmt::format("{}", quantity.value());
  if (quantity.high() != quantity.value()) {
    text += fmt::format(" to {}", quantity.high());
  }
  if (quantity.bound() != v1::BOUND_EXACT) {
    text = fmt::format("{} {}", BoundWord(quantity.bound()), text);
  }
  return quantity.unit().empty() ? text : fmt::format("{} {}", text, quantity.unit());
}

std::string SpeakersText(const v1::Evidence& evidence) {
  std::string text;
  for (const v1::Attribution& attribution : evidence.attributions()) {
    text += text.empty() ? "" : " citing ";
    text += attribution.has_entity() ? attribution.entity().name() : attribution.text();
  }
  return text;
}

std::string StanceText(const v1::Evidence& evidence) {
  std::string text =
      fmt::format("{}, {:.2f}", ModalityWord(evidence.modality()), evidence.confidence());
  if (!evidence.attributions().empty()) {
    text += ", says " + SpeakersText(evidence);
  }
  if (evidence.has_quantity()) {
    text += ", " + QuantityText(evidence.quantity());
  }
  if (evidence.has_time()) {
    text += ", " + IntervalText(evidence.time());
  }
  return text;
}

void PrintStatement(const v1::Statement& statement, const std::string& indent) {
  const v1::Evidence& evidence = statement.evidence();
  std::string line = evidence.document_id();
  for (const std::string& part : {statement.source(), statement.published()}) {
    line += part.empty() ? "" : ", " + part;
  }
  fmt::print("{}{}: {}\n{}  \"{}\"\n", indent, line, StanceText(evidence), indent,
             evidence.sentence());
}

}  // namespace dossier::cli
