#include "server/rpc/from_proto.h"

#include <fmt/format.h>

#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/model/evidence.h"
#include "server/model/triple.h"
#include "server/query/external_id.h"
#include "server/query/read_context.h"

namespace dossier {
namespace {

// The numbers of the model's enumerations are those of the protocol, which a test proves.
template <class Model>
absl::StatusOr<Model> ToEnum(const std::string& field, int number, bool known) {
  if (number == 0 || !known) {
    return FieldError(field, fmt::format("is {}, which names nothing", number));
  }
  return static_cast<Model>(number);
}

absl::StatusOr<Literal> ToLiteral(const v1::Literal& literal) {
  switch (literal.type()) {
    case v1::LITERAL_TYPE_NONE:
      return Literal{LiteralType::kNone, ""};
    case v1::LITERAL_TYPE_TEXT:
      return Literal{LiteralType::kText, literal.value()};
    case v1::LITERAL_TYPE_NUMBER:
      return Literal{LiteralType::kNumber, literal.value()};
    case v1::LITERAL_TYPE_TIME:
      return Literal{LiteralType::kTime, literal.value()};
    default:
      return FieldError("type", fmt::format("is {}, which names nothing", literal.type()));
  }
}

template <class T>
absl::StatusOr<T> InField(std::string_view field, absl::StatusOr<T> result) {
  return result.ok() ? std::move(result) : dossier::InField(field, result.status());
}

constexpr int kMaxMergedEntities = 100;
constexpr std::size_t kMaxRequestIdBytes = 128;
constexpr std::size_t kMaxNoteBytes = 4096;
constexpr std::size_t kMaxReextractionIdBytes = 128;
constexpr int kMaxReextractionDocuments = 10'000;

// What a merge and a split have in common.
template <class Request>
absl::Status CheckRemarks(const Request& request) {
  RETURN_IF_ERROR(CheckRequestId(request.request_id()));
  if (request.note().size() > kMaxNoteBytes) {
    return FieldError("note", fmt::format("is longer than {} bytes", kMaxNoteBytes));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckTerm(std::string_view field, std::string_view term) {
  if (term.size() > kMaxTermBytes) {
    return FieldError(
        field, fmt::format("is {} bytes long; at most {} are allowed", term.size(), kMaxTermBytes));
  }
  return absl::OkStatus();
}

absl::Status CheckRequestId(std::string_view request_id) {
  return request_id.size() <= kMaxRequestIdBytes
             ? absl::OkStatus()
             : FieldError("request_id", fmt::format("is {} bytes long; at most {} are allowed",
                                                    request_id.size(), kMaxRequestIdBytes));
}

absl::Status CheckNamespace(std::string_view name_space) {
  if (name_space.size() > kMaxNamespaceBytes) {
    return FieldError("namespace", fmt::format("is {} bytes long; at most {} are allowed",
                                               name_space.size(), kMaxNamespaceBytes));
  }
  return absl::OkStatus();
}

Document TakeDocument(v1::Document* document) {
  return {.id = std::move(*document->mutable_id()),
          .uri = std::move(*document->mutable_uri()),
          .title = std::move(*document->mutable_title()),
          .source = std::move(*document->mutable_source()),
          .published = std::move(*document->mutable_published()),
          .language = std::move(*document->mutable_language()),
          .text = std::move(*document->mutable_text())};
}

absl::StatusOr<EntitySelector> ToSelector(const v1::EntitySelector& selector) {
  switch (selector.selector_case()) {
    case v1::EntitySelector::kId: {
      const absl::StatusOr<EntityId> id = ParseEntityId(selector.id());
      if (!id.ok()) {
        return BlameField("id", id.status());
      }
      return *id;
    }
    case v1::EntitySelector::kName:
      if (FoldName(selector.name()).empty()) {
        return FieldError("name", "is empty");
      }
      RETURN_IF_ERROR(CheckTerm("name", selector.name()));
      return selector.name();
    case v1::EntitySelector::SELECTOR_NOT_SET:
      break;
  }
  return FieldError("selector", "is unset; give an id or a name");
}

absl::StatusOr<EvidenceFilter> ToFilter(const v1::EvidenceFilter& filter) {
  std::vector<Polarity> polarities;
  for (const int number : filter.polarities()) {
    ASSIGN_OR_RETURN(polarities.emplace_back(),
                     ToEnum<Polarity>(fmt::format("filter.polarities[{}]", polarities.size()),
                                      number, v1::Polarity_IsValid(number)));
  }
  std::vector<Modality> modalities;
  for (const int number : filter.modalities()) {
    ASSIGN_OR_RETURN(modalities.emplace_back(),
                     ToEnum<Modality>(fmt::format("filter.modalities[{}]", modalities.size()),
                                      number, v1::Modality_IsValid(number)));
  }
  absl::StatusOr<EvidenceFilter> result =
      EvidenceFilter::Create(polarities, modalities, filter.min_confidence());
  if (!result.ok()) {
    return BlameField("filter.min_confidence", result.status());
  }
  if (filter.has_time()) {
    ASSIGN_OR_RETURN(TimeInterval time, InField("filter.time", ToTimeInterval(filter.time())));
    result->SetTime(std::move(time));
  }
  return result;
}

absl::StatusOr<TripleQuery> ToPattern(const v1::MatchTriplesRequest& request) {
  TripleQuery pattern;
  if (request.has_subject()) {
    ASSIGN_OR_RETURN(pattern.subject, InField("subject", ToSelector(request.subject())));
  }
  RETURN_IF_ERROR(CheckTerm("predicate", request.predicate()));
  pattern.predicate = request.predicate();
  if (request.has_entity()) {
    ASSIGN_OR_RETURN(pattern.object, InField("entity", ToSelector(request.entity())));
  } else if (request.has_literal()) {
    RETURN_IF_ERROR(CheckTerm("literal.value", request.literal().value()));
    ASSIGN_OR_RETURN(pattern.object, InField("literal", ToLiteral(request.literal())));
  }
  return pattern;
}

absl::StatusOr<EvidenceScope> ToScope(const v1::ListEvidenceRequest& request) {
  switch (request.scope_case()) {
    case v1::ListEvidenceRequest::kTripleId: {
      const absl::StatusOr<TripleId> id = ParseTripleId(request.triple_id());
      if (!id.ok()) {
        return BlameField("triple_id", id.status());
      }
      return *id;
    }
    case v1::ListEvidenceRequest::kDocumentId:
      if (request.document_id().empty()) {
        return FieldError("document_id", "is empty");
      }
      return request.document_id();
    case v1::ListEvidenceRequest::SCOPE_NOT_SET:
      break;
  }
  return EvidenceScope();
}

absl::StatusOr<MentionScope> ToScope(const v1::ListMentionsRequest& request) {
  switch (request.scope_case()) {
    case v1::ListMentionsRequest::kEntityId: {
      const absl::StatusOr<EntityId> id = ParseEntityId(request.entity_id());
      if (!id.ok()) {
        return BlameField("entity_id", id.status());
      }
      return *id;
    }
    case v1::ListMentionsRequest::kDocumentId:
      if (!request.document_id().empty()) {
        return request.document_id();
      }
      return FieldError("document_id", "is empty");
    case v1::ListMentionsRequest::SCOPE_NOT_SET:
      break;
  }
  return FieldError("scope", "is missing: give entity_id or document_id");
}

absl::StatusOr<NeighborsRequest> ToNeighbors(const v1::NeighborsRequest& request) {
  NeighborsRequest result;
  ASSIGN_OR_RETURN(result.entity, InField("entity", ToSelector(request.entity())));
  if (!v1::Direction_IsValid(request.direction())) {
    return FieldError("direction", fmt::format("is {}, which names nothing", request.direction()));
  }
  result.direction = static_cast<Direction>(request.direction());
  RETURN_IF_ERROR(CheckTerm("predicate", request.predicate()));
  result.predicate = request.predicate();
  ASSIGN_OR_RETURN(result.filter, ToFilter(request.filter()));
  return result;
}

absl::StatusOr<TimeInterval> ToTimeInterval(const v1::TimeInterval& time) {
  for (const auto& [field, text] : {std::pair("from", &time.from()), std::pair("to", &time.to())}) {
    if (!text->empty() && !IsIsoTime(*text)) {
      return FieldError(field, fmt::format("is \"{}\"; write a date (2024-10-18) or a UTC time "
                                           "(2024-10-18T06:30:00Z), or leave it empty",
                                           Utf8Prefix(*text, 100)));
    }
  }
  const TimeInterval interval{time.from(), time.to()};
  if (!Overlaps({interval.from, ""}, {"", interval.to})) {
    return FieldError("to", fmt::format("is {}, before from, which is {}", time.to(), time.from()));
  }
  return interval;
}

absl::StatusOr<ConflictQuery> ToConflictQuery(const v1::ListConflictsRequest& request) {
  ConflictQuery query;
  if (request.has_entity()) {
    ASSIGN_OR_RETURN(query.entity, InField("entity", ToSelector(request.entity())));
  }
  RETURN_IF_ERROR(CheckTerm("predicate", request.predicate()));
  query.predicate = request.predicate();
  if (request.has_time()) {
    ASSIGN_OR_RETURN(query.time, InField("time", ToTimeInterval(request.time())));
  }
  for (int i = 0; i < request.kinds_size(); ++i) {
    const int number = request.kinds(i);
    ASSIGN_OR_RETURN(const ConflictKind kind,
                     ToEnum<ConflictKind>(fmt::format("kinds[{}]", i), number,
                                          v1::ConflictKind_IsValid(number)));
    query.kinds.insert(kind);
  }
  if (!(request.min_confidence() >= 0 && request.min_confidence() <= 1)) {
    return FieldError("min_confidence",
                      fmt::format("is {}; it must be from 0 to 1", request.min_confidence()));
  }
  query.min_confidence = request.min_confidence();
  return query;
}

absl::StatusOr<EntityOrder> ToOrder(const v1::MergeEntitiesRequest& request) {
  RETURN_IF_ERROR(CheckRemarks(request));
  MergeOrder order{request.request_id(), request.note(), EntityId(), {}};
  const absl::StatusOr<EntityId> into = ParseEntityId(request.into_id());
  RETURN_IF_ERROR(BlameField("into_id", into.status()));
  order.into = *into;
  if (request.from_ids().empty() || request.from_ids_size() > kMaxMergedEntities) {
    return FieldError("from_ids", fmt::format("has {} ids: give 1 to {}", request.from_ids_size(),
                                              kMaxMergedEntities));
  }
  for (int i = 0; i < request.from_ids_size(); ++i) {
    const absl::StatusOr<EntityId> from = ParseEntityId(request.from_ids(i));
    RETURN_IF_ERROR(BlameField(fmt::format("from_ids[{}]", i), from.status()));
    order.from.push_back(*from);
  }
  return order;
}

absl::StatusOr<EntityOrder> ToOrder(const v1::SplitEntityRequest& request) {
  RETURN_IF_ERROR(CheckRemarks(request));
  SplitOrder order{request.request_id(), request.note(), EntityId(), {}, {}};
  const absl::StatusOr<EntityId> entity = ParseEntityId(request.entity_id());
  RETURN_IF_ERROR(BlameField("entity_id", entity.status()));
  order.entity = *entity;
  for (int i = 0; i < request.names_size(); ++i) {
    if (FoldName(request.names(i)).empty()) {
      return FieldError(fmt::format("names[{}]", i), "is empty");
    }
  }
  for (int i = 0; i < request.document_ids_size(); ++i) {
    if (request.document_ids(i).empty()) {
      return FieldError(fmt::format("document_ids[{}]", i), "is empty");
    }
  }
  if (request.names().empty() && request.document_ids().empty()) {
    return FieldError("names", "is missing: give names or document_ids of the mentions that part");
  }
  order.names.assign(request.names().begin(), request.names().end());
  order.documents.assign(request.document_ids().begin(), request.document_ids().end());
  return order;
}

absl::StatusOr<EntityOrder> ToOrder(const v1::UndoMergeRequest& request) {
  const absl::StatusOr<MergeId> merge = ParseMergeId(request.merge_id());
  RETURN_IF_ERROR(BlameField("merge_id", merge.status()));
  return UndoOrder{*merge};
}

absl::Status CheckReextractionId(std::string_view id) {
  if (id.empty()) {
    return FieldError("reextraction_id", "is empty");
  }
  if (id.size() > kMaxReextractionIdBytes) {
    return FieldError("reextraction_id", fmt::format("has {} bytes, of at most {}", id.size(),
                                                     kMaxReextractionIdBytes));
  }
  return absl::OkStatus();
}

absl::StatusOr<ReextractionOrder> TakeOrder(v1::ReextractRequest* request) {
  RETURN_IF_ERROR(CheckNamespace(request->namespace_()));
  RETURN_IF_ERROR(CheckReextractionId(request->reextraction_id()));
  if (request->document_ids_size() > kMaxReextractionDocuments) {
    return FieldError("document_ids",
                      fmt::format("are {}, of at most {}", request->document_ids_size(),
                                  kMaxReextractionDocuments));
  }
  ReextractionOrder order;
  order.name = {std::move(*request->mutable_namespace_()),
                std::move(*request->mutable_reextraction_id())};
  order.plugin = std::move(*request->mutable_plugin_id());
  for (int i = 0; i < request->document_ids_size(); ++i) {
    std::string& id = *request->mutable_document_ids(i);
    if (id.empty() || id.size() > kMaxDocumentIdBytes) {
      return FieldError(fmt::format("document_ids[{}]", i),
                        id.empty() ? "is empty" : "is too long to be an id");
    }
    order.documents.push_back(std::move(id));
  }
  return order;
}

absl::StatusOr<PageRequest> ToPage(int32_t page_size, const std::string& page_token) {
  const absl::StatusOr<std::size_t> items = PageItems(page_size);
  if (!items.ok()) {
    return BlameField("page_size", items.status());
  }
  return PageRequest{.token = page_token, .max_items = *items};
}

}  // namespace dossier
