// Requests as the model sees them. Every function checks what it converts; errors are FieldErrors,
// with paths from the message that is given.
#ifndef DOSSIER_SERVER_RPC_FROM_PROTO_H_
#define DOSSIER_SERVER_RPC_FROM_PROTO_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/document_service.pb.h"
#include "dossier/v1/graph_service.pb.h"
#include "dossier/v1/types.pb.h"
#include "server/ingest/merge_entities.h"
#include "server/ingest/reextraction_commit.h"
#include "server/model/document.h"
#include "server/query/entity_selector.h"
#include "server/query/evidence_filter.h"
#include "server/query/list_conflicts.h"
#include "server/query/list_evidence.h"
#include "server/query/list_mentions.h"
#include "server/query/match_triples.h"
#include "server/query/neighbors.h"
#include "server/query/page.h"

namespace dossier {

// Names, types, predicates and literals are at most kMaxTermBytes long.
absl::Status CheckTerm(std::string_view field, std::string_view term);
absl::Status CheckNamespace(std::string_view name_space);
// A request id is at most 128 bytes long; empty when the client sent none.
absl::Status CheckRequestId(std::string_view request_id);

// Takes the strings out of `document`; does not check them (ValidateDocument).
Document TakeDocument(v1::Document* document);

absl::StatusOr<EntitySelector> ToSelector(const v1::EntitySelector& selector);
// In every request the field is called `filter`, and the paths begin with it.
absl::StatusOr<EvidenceFilter> ToFilter(const v1::EvidenceFilter& filter);
absl::StatusOr<TripleQuery> ToPattern(const v1::MatchTriplesRequest& request);
absl::StatusOr<EvidenceScope> ToScope(const v1::ListEvidenceRequest& request);
absl::StatusOr<MentionScope> ToScope(const v1::ListMentionsRequest& request);
absl::StatusOr<NeighborsRequest> ToNeighbors(const v1::NeighborsRequest& request);
absl::StatusOr<ConflictQuery> ToConflictQuery(const v1::ListConflictsRequest& request);
absl::StatusOr<TimeInterval> ToTimeInterval(const v1::TimeInterval& time);

absl::StatusOr<EntityOrder> ToOrder(const v1::MergeEntitiesRequest& request);
absl::StatusOr<EntityOrder> ToOrder(const v1::SplitEntityRequest& request);
absl::StatusOr<EntityOrder> ToOrder(const v1::UndoMergeRequest& request);

absl::Status CheckReextractionId(std::string_view id);
// Takes the strings out of `request`.
absl::StatusOr<ReextractionOrder> TakeOrder(v1::ReextractRequest* request);

// Of the fields page_size and page_token.
absl::StatusOr<PageRequest> ToPage(int32_t page_size, const std::string& page_token);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_FROM_PROTO_H_
