#include "client/cli/evidence_json.h"

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>

namespace dossier::cli {
namespace {

using nlohmann::ordered_json;

// "MODALITY_REPORTED" without its enumeration's name, in small letters.
std::string Word(std::string name, std::string_view prefix) {
  name.erase(0, prefix.size());
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return name;
}

ordered_json SubjectJson(const v1::Evidence& evidence) {
  const v1::EntityRef& subject = evidence.triple().subject();
  return {{"text", evidence.subject_text()},
          {"entity", subject.name()},
          {"id", subject.id()},
          {"type", subject.type()}};
}

ordered_json ObjectJson(const v1::Evidence& evidence) {
  const v1::Triple& triple = evidence.triple();
  if (triple.has_entity()) {
    return {{"text", evidence.object_text()},
            {"entity", triple.entity().name()},
            {"id", triple.entity().id()},
            {"type", triple.entity().type()}};
  }
  return {{"text", evidence.object_text()},
          {"value", triple.literal().value()},
          {"id", ""},
          {"type", Word(v1::LiteralType_Name(triple.literal().type()), "LITERAL_TYPE_")}};
}

ordered_json QualifierJson(const v1::Qualifier& qualifier) {
  ordered_json row{{"role", RoleWord(qualifier.role())}, {"text", qualifier.text()}};
  if (qualifier.has_time()) {
    row["from"] = qualifier.time().from();
    row["to"] = qualifier.time().to();
  }
  if (qualifier.has_quantity()) {
    row["value"] = qualifier.quantity().value();
  }
  return row;
}

ordered_json QuantityJson(const v1::Evidence& evidence) {
  if (!evidence.has_quantity()) {
    return nullptr;
  }
  const v1::Quantity& quantity = evidence.quantity();
  return {{"value", quantity.value()},
          {"unit", quantity.unit()},
          {"bound", BoundWord(quantity.bound())}};
}

ordered_json AttributionJson(const v1::Evidence& evidence) {
  if (evidence.attributions().empty()) {
    return nullptr;
  }
  const v1::Attribution& attribution = evidence.attributions(0);
  return {{"text", attribution.text()},
          {"entity", attribution.entity().name()},
          {"id", attribution.entity().id()}};
}

}  // namespace

std::string PolarityWord(v1::Polarity polarity) {
  return Word(v1::Polarity_Name(polarity), "POLARITY_");
}
std::string ModalityWord(v1::Modality modality) {
  return Word(v1::Modality_Name(modality), "MODALITY_");
}
std::string RoleWord(v1::Role role) { return Word(v1::Role_Name(role), "ROLE_"); }
std::string BoundWord(v1::Bound bound) { return Word(v1::Bound_Name(bound), "BOUND_"); }

std::string EvidenceJson(const v1::Evidence& evidence) {
  ordered_json qualifiers = ordered_json::array();
  for (const v1::Qualifier& qualifier : evidence.qualifiers()) {
    qualifiers.push_back(QualifierJson(qualifier));
  }
  const ordered_json row{{"document", evidence.document_id()},
                         {"subject", SubjectJson(evidence)},
                         {"predicate", evidence.triple().predicate()},
                         {"object", ObjectJson(evidence)},
                         {"qualifiers", qualifiers},
                         {"quantity", QuantityJson(evidence)},
                         {"attribution", AttributionJson(evidence)},
                         {"polarity", PolarityWord(evidence.polarity())},
                         {"modality", ModalityWord(evidence.modality())},
                         {"confidence", evidence.confidence()},
                         {"begin", evidence.sentence_span().begin()},
                         {"end", evidence.sentence_span().end()},
                         {"sentence", evidence.sentence()},
                         {"extractor", evidence.run().extractor_id()}};
  return row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace dossier::cli
