#include "server/rpc/to_proto.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <variant>

#include "server/base/utf8.h"
#include "server/query/external_id.h"
#include "server/rpc/status_mapping.h"

namespace dossier {
namespace {

// A client's id comes back in an error too, however long it is; this much of it is enough.
constexpr std::size_t kMaxEchoBytes = 1024;

void SetStances(const StanceCounts& stances, v1::Triple* proto) {
  for (int polarity = v1::POLARITY_POSITIVE; polarity <= v1::POLARITY_NEGATIVE; ++polarity) {
    for (int modality = v1::MODALITY_ASSERTED; modality <= v1::MODALITY_DENIED; ++modality) {
      const uint64_t count =
          stances.at(static_cast<Polarity>(polarity), static_cast<Modality>(modality));
      if (count > 0) {
        v1::StanceCount& stance = *proto->add_stances();
        stance.set_polarity(static_cast<v1::Polarity>(polarity));
        stance.set_modality(static_cast<v1::Modality>(modality));
        stance.set_evidence_count(count);
      }
    }
  }
}

void SetQualifier(const Qualifier& qualifier, QuoteView quote, v1::Qualifier* proto) {
  proto->set_role(static_cast<v1::Role>(qualifier.role));
  if (!qualifier.span.empty()) {
    ToProto(qualifier.span, proto->mutable_span());
  }
  proto->set_text(std::move(quote.text));
  if (quote.entity != EntityView()) {
    ToProto(std::move(quote.entity), proto->mutable_entity());
  }
  if (qualifier.time) {
    ToProto(*qualifier.time, proto->mutable_time());
  }
  if (qualifier.quantity) {
    ToProto(*qualifier.quantity, proto->mutable_quantity());
  }
}

void SetAttribution(const Attribution& attribution, QuoteView quote, v1::Attribution* proto) {
  if (!attribution.span.empty()) {
    ToProto(attribution.span, proto->mutable_span());
  }
  proto->set_text(std::move(quote.text));
  if (quote.entity != EntityView()) {
    ToProto(std::move(quote.entity), proto->mutable_entity());
  }
}

// Where the statement and its parts stand, and in which words.
void SetQuotes(EvidenceView* view, v1::Evidence* proto) {
  const Evidence& evidence = view->evidence;
  if (!evidence.sentence.empty()) {
    ToProto(evidence.sentence, proto->mutable_sentence_span());
  }
  if (!evidence.subject.empty()) {
    ToProto(evidence.subject, proto->mutable_subject_span());
  }
  if (!evidence.predicate.empty()) {
    ToProto(evidence.predicate, proto->mutable_predicate_span());
  }
  if (!evidence.object.empty()) {
    ToProto(evidence.object, proto->mutable_object_span());
  }
  proto->set_sentence(std::move(view->sentence));
  proto->set_subject_text(std::move(view->subject));
  proto->set_predicate_text(std::move(view->predicate));
  proto->set_object_text(std::move(view->object));
}

void SetCommitted(const IngestResult& result, v1::Committed* proto) {
  proto->set_status(static_cast<v1::CommitStatus>(static_cast<int>(result.status) + 1));
  ToProto(result.revision, proto->mutable_revision());
  proto->set_mention_count(result.mentions);
  proto->set_triple_count(result.triples);
  proto->set_evidence_count(result.evidence);
  for (const std::string& warning : result.warnings) {
    proto->add_warnings(warning);
  }
}

}  // namespace

void ToProto(Span span, v1::Span* proto) {
  proto->set_begin(span.begin);
  proto->set_end(span.end);
}

void ToProto(Revision revision, v1::Revision* proto) { proto->set_number(revision.value()); }

void ToProto(const TimeInterval& time, v1::TimeInterval* proto) {
  proto->set_from(time.from);
  proto->set_to(time.to);
}

void ToProto(const Quantity& quantity, v1::Quantity* proto) {
  proto->set_value(quantity.value);
  proto->set_high(quantity.high);
  proto->set_unit(quantity.unit);
  proto->set_bound(static_cast<v1::Bound>(quantity.bound));
}

void ToProto(const Extractor& extractor, v1::Run* proto) {
  proto->set_extractor_id(extractor.id);
  proto->set_version(extractor.version);
  proto->set_sha256(extractor.sha256);
  proto->set_config_hash(extractor.config_hash);
}

void ToProto(Literal literal, v1::Literal* proto) {
  proto->set_type(static_cast<v1::LiteralType>(static_cast<int>(literal.type) + 1));
  proto->set_value(std::move(literal.value));
}

void ToProto(EntityView view, v1::EntityRef* proto) {
  proto->set_id(ExternalId(view.id));
  proto->set_name(std::move(view.name));
  proto->set_type(std::move(view.type));
}

void ToProto(EntityDetails view, v1::Entity* proto) {
  proto->set_id(ExternalId(view.entity.id));
  proto->set_name(std::move(view.entity.name));
  proto->set_type(std::move(view.entity.type));
  for (Vote& name : view.names) {
    v1::Alias& alias = *proto->add_aliases();
    alias.set_name(std::move(name.text));
    alias.set_mention_count(name.count);
  }
  proto->set_mention_count(view.mentions);
}

void ToProto(TripleView view, v1::Triple* proto) {
  proto->set_id(ExternalId(view.id));
  ToProto(std::move(view.subject), proto->mutable_subject());
  proto->set_predicate(std::move(view.predicate));
  if (EntityView* entity = std::get_if<EntityView>(&view.object)) {
    ToProto(std::move(*entity), proto->mutable_entity());
  } else {
    ToProto(std::move(std::get<Literal>(view.object)), proto->mutable_literal());
  }
  proto->set_evidence_count(view.stances.total());
  proto->set_document_count(view.documents);
  SetStances(view.stances, proto);
}

void ToProto(NeighborView view, v1::Neighbor* proto) {
  proto->set_direction(static_cast<v1::Direction>(view.direction));
  ToProto(view.entity(), proto->mutable_entity());
  ToProto(std::move(view.triple), proto->mutable_triple());
}

void ToProto(EvidenceView view, v1::Evidence* proto) {
  SetQuotes(&view, proto);
  const Evidence& evidence = view.evidence;
  proto->set_document_id(std::move(view.document_id));
  proto->set_polarity(static_cast<v1::Polarity>(evidence.polarity));
  proto->set_modality(static_cast<v1::Modality>(evidence.modality));
  proto->set_confidence(evidence.confidence);
  if (evidence.time) {
    ToProto(*evidence.time, proto->mutable_time());
  }
  if (evidence.quantity) {
    ToProto(*evidence.quantity, proto->mutable_quantity());
  }
  for (std::size_t i = 0; i < evidence.qualifiers.size(); ++i) {
    SetQualifier(evidence.qualifiers[i], std::move(view.qualifiers[i]), proto->add_qualifiers());
  }
  for (std::size_t i = 0; i < evidence.attributions.size(); ++i) {
    SetAttribution(evidence.attributions[i], std::move(view.attributions[i]),
                   proto->add_attributions());
  }
  proto->set_rule(evidence.rule);
  if (evidence.revision.valid()) {
    ToProto(evidence.revision, proto->mutable_revision());
  }
  ToProto(view.extractor, proto->mutable_run());
  ToProto(std::move(view.triple), proto->mutable_triple());
}

void ToProto(MentionView view, v1::Mention* proto) {
  Mention& mention = view.mention;
  ToProto(mention.span, proto->mutable_span());
  proto->set_text(std::move(view.text));
  proto->set_kind(static_cast<v1::MentionKind>(mention.kind));
  ToProto(std::move(view.entity), proto->mutable_entity());
  proto->set_rule(std::move(mention.rule));
  proto->set_confidence(mention.confidence);
  proto->set_name(std::move(mention.name));
  proto->set_document_id(std::move(view.document_id));
  proto->set_context(std::move(view.context));
  ToProto(view.extractor, proto->mutable_run());
  for (const MergeId merge : view.merges) {
    proto->add_merge_ids(ExternalId(merge));
  }
}

void ToProto(MergeView view, v1::Merge* proto) {
  MergeRecord& record = view.record;
  proto->set_id(ExternalId(view.id));
  proto->set_kind(static_cast<v1::MergeKind>(record.kind));
  if (view.entity.id.valid()) {
    ToProto(std::move(view.entity), proto->mutable_entity());
  }
  for (auto& [source, entity] : record.sources) {
    v1::MergeSource& from = *proto->add_sources();
    from.set_name_form(std::move(source.key));
    from.set_name(std::move(source.name));
    from.set_document_id(std::move(source.document));
    from.set_entity_id(ExternalId(entity));
  }
  proto->set_request_id(std::move(record.request));
  proto->set_note(std::move(record.note));
  ToProto(record.made, proto->mutable_made());
  if (record.undone.valid()) {
    ToProto(record.undone, proto->mutable_undone());
  }
}

void ToProto(StatementView view, v1::Statement* proto) {
  ToProto(std::move(view.evidence), proto->mutable_evidence());
  proto->set_title(std::move(view.title));
  proto->set_source(std::move(view.source));
  proto->set_published(std::move(view.published));
}

void ToProto(OriginView view, v1::Origin* proto) {
  if (view.source.id.valid()) {
    ToProto(std::move(view.source), proto->mutable_source());
  }
  proto->set_same_source(view.same_source);
  proto->set_copied_text(view.copied_text);
  proto->set_document_count(view.documents);
  proto->set_evidence_count(view.evidence);
  for (StatementView& statement : view.statements) {
    ToProto(std::move(statement), proto->add_statements());
  }
}

void ToProto(ConflictView view, v1::Conflict* proto) {
  proto->set_kind(static_cast<v1::ConflictKind>(view.kind));
  if (view.entity.id.valid()) {
    ToProto(std::move(view.entity), proto->mutable_entity());
  }
  proto->set_predicate(std::move(view.predicate));
  proto->set_object(std::move(view.object));
  for (ConflictSide& side : view.sides) {
    v1::ConflictSide& to = *proto->add_sides();
    to.set_answer(std::move(side.answer));
    to.set_document_count(side.documents);
    to.set_evidence_count(side.evidence);
    for (StatementView& statement : side.statements) {
      ToProto(std::move(statement), to.add_statements());
    }
  }
  proto->set_truncated(!view.complete);
}

void ToProto(DocumentView view, v1::StoredDocument* proto) {
  v1::Document& document = *proto->mutable_document();
  document.set_id(std::move(view.document.id));
  document.set_uri(std::move(view.document.uri));
  document.set_title(std::move(view.document.title));
  document.set_source(std::move(view.document.source));
  document.set_published(std::move(view.document.published));
  document.set_language(std::move(view.document.language));
  document.set_text(std::move(view.document.text));
  proto->set_text_bytes(view.text_bytes);
  proto->set_text_sha256(std::move(view.text_sha256));
  ToProto(view.revision, proto->mutable_revision());
  proto->set_mention_count(view.mentions);
  proto->set_triple_count(view.triples);
  proto->set_evidence_count(view.evidence);
}

void ToProto(const BackendState& state, v1::Plugin* proto) {
  switch (state.carrier) {
    case Carrier::kInProcess:
      proto->set_carrier(v1::CARRIER_IN_PROCESS);
      break;
    case Carrier::kWorker:
      proto->set_carrier(v1::CARRIER_WORKER);
      break;
    case Carrier::kRemote:
      proto->set_carrier(v1::CARRIER_REMOTE);
      break;
  }
  if (state.quarantined) {
    proto->set_state(v1::PLUGIN_STATE_QUARANTINED);
  } else if (state.unreachable) {
    proto->set_state(v1::PLUGIN_STATE_UNREACHABLE);
  }
  proto->set_reason(state.reason);
  proto->set_restarts(state.restarts);
  for (const SetAsideDocument& document : state.set_aside) {
    v1::SetAsideDocument* to = proto->add_set_aside();
    to->set_namespace_(document.name_space);
    to->set_document_id(document.document_id);
    to->set_reason(document.reason);
  }
}

void ToProto(ReextractionView view, v1::Reextraction* proto) {
  const ReextractionRecord& record = view.record;
  proto->set_id(std::move(view.id));
  proto->set_plugin_id(record.plugin);
  for (const Extractor& extractor : record.extractors) {
    ToProto(extractor, proto->add_extractors());
  }
  proto->mutable_document_ids()->Assign(view.documents.begin(), view.documents.end());
  proto->set_documents_read(record.read);
  proto->set_documents_failed(record.failed);
  proto->set_triples_added(record.found.added);
  proto->set_triples_removed(record.found.removed);
  proto->set_triples_changed(record.found.changed);
  if (record.promoted.valid()) {
    ToProto(record.promoted, proto->mutable_promoted());
  }
}

namespace {

v1::PluginState ToProto(PluginState state) {
  switch (state) {
    case PluginState::kLoaded:
      return v1::PLUGIN_STATE_ACTIVE;
    case PluginState::kUnreachable:
      return v1::PLUGIN_STATE_UNREACHABLE;
    case PluginState::kCandidate:
      return v1::PLUGIN_STATE_CANDIDATE;
    case PluginState::kRefused:
      break;
  }
  return v1::PLUGIN_STATE_REFUSED;
}

}  // namespace

void ToProto(const PluginInfo& info, v1::Plugin* proto) {
  const Manifest& manifest = info.manifest;
  proto->set_id(manifest.id);
  proto->set_version(manifest.version);
  proto->set_description(manifest.description);
  proto->set_license(manifest.license);
  proto->set_file(info.file);
  proto->set_sha256(info.extractor.sha256);
  proto->set_state(ToProto(info.state));
  proto->set_reason(info.reason);
  if (!manifest.id.empty()) {
    proto->set_abi(fmt::format("{}.{}", manifest.abi_major, manifest.abi_minor));
  }
  proto->mutable_required_layers()->Assign(manifest.requires_layers.begin(),
                                           manifest.requires_layers.end());
  proto->mutable_provided_layers()->Assign(manifest.provides.begin(), manifest.provides.end());
  proto->mutable_languages()->Assign(manifest.languages.begin(), manifest.languages.end());
  proto->set_installed(info.installed);
  proto->set_config(info.config);
  proto->set_config_hash(info.extractor.config_hash);
  proto->set_config_schema(manifest.config_schema);
  proto->set_generation(info.generation);
  proto->set_draining_generations(static_cast<uint32_t>(info.draining.size()));
  proto->mutable_draining()->Assign(info.draining.begin(), info.draining.end());
  for (const ConfigFile& file : info.files) {
    v1::ConfigFile* to = proto->add_config_files();
    to->set_place(file.place);
    to->set_path(file.path);
    to->set_sha256(file.sha256);
  }
  if (info.former) {
    proto->mutable_former()->set_version(info.former->version);
    proto->mutable_former()->set_sha256(info.former->sha256);
    if (info.former->config) {
      proto->mutable_former()->set_config(*info.former->config);
    }
  }
}

v1::IngestResponse ToIngestResponse(uint64_t index, const std::string& document_id,
                                    const absl::StatusOr<IngestResult>& result) {
  v1::IngestResponse response;
  response.set_index(index);
  response.set_document_id(std::string(Utf8Prefix(document_id, kMaxEchoBytes)));
  if (result.ok()) {
    SetCommitted(*result, response.mutable_committed());
  } else {
    *response.mutable_error() = ToRpcStatus(result.status());
  }
  return response;
}

}  // namespace dossier
