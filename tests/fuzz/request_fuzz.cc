// Fuzz target: a request with any bytes, as it comes from the network. The first byte of the input
// chooses the message. What parses is checked and converted; what does not has its fault described.
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string_view>

#include "dossier/v1/document_service.pb.h"
#include "dossier/v1/extract_service.pb.h"
#include "dossier/v1/graph_service.pb.h"
#include "server/model/document.h"
#include "server/query/external_id.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/wire.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parse_or_describe.h"

namespace dossier {
namespace {

// Whether all are OK. All have been made by then: the first does not hide what the next would do.
template <class... Statuses>
bool AllOk(const Statuses&... statuses) {
  return (statuses.ok() && ...);
}

template <class Request>
bool CheckPage(const Request& request) {
  return ToPage(request.page_size(), request.page_token()).ok();
}

template <class Request>
bool CheckText(Request& request) {
  return AllOk(CheckNamespace(request.namespace_()),
               ValidateDocument(TakeDocument(request.mutable_document())));
}

bool Check(v1::IngestRequest& request) { return CheckText(request); }
bool Check(v1::ExtractRequest& request) { return CheckText(request); }
bool Check(v1::MatchTriplesRequest& request) {
  return AllOk(ToPattern(request), ToFilter(request.filter()));
}
bool Check(v1::ListEvidenceRequest& request) {
  return CheckPage(request) && AllOk(ToScope(request), ToFilter(request.filter()));
}
bool Check(v1::ListMentionsRequest& request) { return CheckPage(request) && ToScope(request).ok(); }
bool Check(v1::MergeEntitiesRequest& request) { return ToOrder(request).ok(); }
bool Check(v1::SplitEntityRequest& request) { return ToOrder(request).ok(); }
bool Check(v1::UndoMergeRequest& request) { return ToOrder(request).ok(); }
bool Check(v1::NeighborsRequest& request) {
  return CheckPage(request) && ToNeighbors(request).ok();
}
bool Check(v1::ListConflictsRequest& request) {
  return CheckPage(request) && ToConflictQuery(request).ok();
}
bool Check(v1::ReextractRequest& request) { return TakeOrder(&request).ok(); }
bool Check(v1::PromoteReextractionRequest& request) {
  return AllOk(CheckNamespace(request.namespace_()),
               CheckReextractionId(request.reextraction_id()));
}
bool Check(v1::SearchEntitiesRequest& request) {
  return CheckPage(request) &&
         AllOk(CheckTerm("prefix", request.prefix()), CheckTerm("type", request.type()));
}
bool Check(v1::GetEntityRequest& request) {
  const auto id = ParseEntityId(request.entity_id());
  if (id.ok() && ExternalId(*id) != request.entity_id()) {
    std::abort();
  }
  return id.ok();
}
bool Check(v1::GetCorroborationRequest& request) {
  return CheckPage(request) &&
         AllOk(ParseTripleId(request.triple_id()), ToFilter(request.filter()));
}

template <class Request>
bool Try(std::string_view bytes) {
  Request request;
  return ParseOrDescribe(bytes, &request) && Check(request);
}

constexpr bool (*kTries[])(std::string_view) = {
    Try<v1::IngestRequest>,           Try<v1::MatchTriplesRequest>,
    Try<v1::ListEvidenceRequest>,     Try<v1::ListMentionsRequest>,
    Try<v1::MergeEntitiesRequest>,    Try<v1::NeighborsRequest>,
    Try<v1::ListConflictsRequest>,    Try<v1::ReextractRequest>,
    Try<v1::SplitEntityRequest>,      Try<v1::UndoMergeRequest>,
    Try<v1::ExtractRequest>,          Try<v1::PromoteReextractionRequest>,
    Try<v1::SearchEntitiesRequest>,   Try<v1::GetEntityRequest>,
    Try<v1::GetCorroborationRequest>,
};

}  // namespace

bool TryInput(std::string_view input) {
  static const bool silent = (SilenceParser(), true);
  static_cast<void>(silent);
  return !input.empty() &&
         kTries[static_cast<uint8_t>(input[0]) % std::size(kTries)](input.substr(1));
}

}  // namespace dossier
