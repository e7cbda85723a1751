#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <utility>

#include "dossier/v1/graph_service.grpc.pb.h"
#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/ingest/ingestor.h"
#include "server/query/corroboration.h"
#include "server/query/external_id.h"
#include "server/query/get_entity.h"
#include "server/query/list_conflicts.h"
#include "server/query/list_evidence.h"
#include "server/query/list_mentions.h"
#include "server/query/list_merges.h"
#include "server/query/neighbors.h"
#include "server/query/search_entities.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/match_source.h"
#include "server/rpc/read.h"
#include "server/rpc/server_stream_call.h"
#include "server/rpc/services.h"
#include "server/rpc/status_mapping.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/unary_call.h"

namespace dossier {
namespace {

using Raw = v1::GraphService::WithRawCallbackMethod_SearchEntities<
    v1::GraphService::WithRawCallbackMethod_GetEntity<
        v1::GraphService::WithRawCallbackMethod_MatchTriples<
            v1::GraphService::WithRawCallbackMethod_ListEvidence<
                v1::GraphService::WithRawCallbackMethod_ListMentions<
                    v1::GraphService::WithRawCallbackMethod_MergeEntities<
                        v1::GraphService::WithRawCallbackMethod_SplitEntity<
                            v1::GraphService::WithRawCallbackMethod_UndoMerge<
                                v1::GraphService::WithRawCallbackMethod_ListMerges<
                                    v1::GraphService::WithRawCallbackMethod_Neighbors<
                                        v1::GraphService::WithRawCallbackMethod_GetCorroboration<
                                            v1::GraphService::WithRawCallbackMethod_ListConflicts<
                                                v1::GraphService::Service>>>>>>>>>>>>;

// What a request for a selected entity did not find.
absl::Status SelectorError(const absl::Status& status, const v1::EntitySelector& selector) {
  return WithResource(status, "entity", selector.id());
}

// What a request for mentions did not find.
absl::Status ScopeError(const absl::Status& status, const v1::ListMentionsRequest& request) {
  return request.has_entity_id() ? WithResource(status, "entity", request.entity_id())
                                 : WithResource(status, "document", request.document_id());
}

// What a request for evidence did not find.
absl::Status ScopeError(const absl::Status& status, const v1::ListEvidenceRequest& request) {
  return request.has_triple_id() ? WithResource(status, "triple", request.triple_id())
                                 : WithResource(status, "document", request.document_id());
}

class GraphService final : public Raw {
 public:
  GraphService(const CallResources& resources, const Backends& backends)
      : resources_(resources), backends_(backends) {}

  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  grpc::ServerUnaryReactor* SearchEntities(Context* context, const Bytes* in, Bytes* out) override {
    return Serve({context, in, out}, &GraphService::DoSearchEntities);
  }
  grpc::ServerUnaryReactor* GetEntity(Context* context, const Bytes* in, Bytes* out) override {
    return Serve({context, in, out}, &GraphService::DoGetEntity);
  }
  grpc::ServerUnaryReactor* ListEvidence(Context* context, const Bytes* in, Bytes* out) override {
    return Serve({context, in, out}, &GraphService::DoListEvidence);
  }
  grpc::ServerUnaryReactor* ListMentions(Context* context, const Bytes* in, Bytes* out) override {
    return Serve({context, in, out}, &GraphService::DoListMentions);
  }
  grpc::ServerUnaryReactor* MergeEntities(Context* context, const Bytes* in, Bytes* out) override {
    return ServeWrite({context, in, out}, &GraphService::DoMergeEntities);
  }
  grpc::ServerUnaryReactor* SplitEntity(Context* context, const Bytes* in, Bytes* out) override {
    return ServeWrite({context, in, out}, &GraphService::DoSplitEntity);
  }
  grpc::ServerUnaryReactor* UndoMerge(Context* context, const Bytes* in, Bytes* out) override {
    return ServeWrite({context, in, out}, &GraphService::DoUndoMerge);
  }
  grpc::ServerUnaryReactor* ListMerges(Context* context, const Bytes* in, Bytes* out) override {
    return Serve({context, in, out}, &GraphService::DoListMerges);
  }
  grpc::ServerUnaryReactor* Neighbors(Context* context, const Bytes* in, Bytes* out) override {
    return Serve({context, in, out}, &GraphService::DoNeighbors);
  }
  grpc::ServerUnaryReactor* GetCorroboration(Context* context, const Bytes* in,
                                             Bytes* out) override {
    return Serve({context, in, out}, &GraphService::DoGetCorroboration);
  }
  grpc::ServerUnaryReactor* ListConflicts(Context* context, const Bytes* in, Bytes* out) override {
    return Serve({context, in, out}, &GraphService::DoListConflicts);
  }
  grpc::ServerWriteReactor<Bytes>* MatchTriples(Context* context, const Bytes* in) override {
    return ServeStream(resources_, resources_.interactive, context, in, this,
                       &GraphService::OpenMatch);
  }

 private:
  template <class Method>
  grpc::ServerUnaryReactor* Serve(const UnaryArguments& arguments, Method method) {
    return ServeUnary(resources_, resources_.interactive, arguments, this, method);
  }

  // What waits for the one who writes.
  template <class Method>
  grpc::ServerUnaryReactor* ServeWrite(const UnaryArguments& arguments, Method method) {
    return ServeUnary(resources_, resources_.bulk, arguments, this, method);
  }

  absl::Status DoSearchEntities(const v1::SearchEntitiesRequest& request, std::stop_token stop,
                                v1::SearchEntitiesResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    RETURN_IF_ERROR(CheckTerm("prefix", request.prefix()));
    RETURN_IF_ERROR(CheckTerm("type", request.type()));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto found = dossier::SearchEntities(context, {request.prefix(), request.type()}, page);
    RETURN_IF_ERROR(PageError(found.status()));
    FillPage(std::move(*found), response->mutable_entities(), response);
    ToProto(context.revision, response->mutable_read_at());
    return absl::OkStatus();
  }

  absl::Status DoGetEntity(const v1::GetEntityRequest& request, std::stop_token stop,
                           v1::GetEntityResponse* response) {
    const absl::StatusOr<EntityId> id = ParseEntityId(request.entity_id());
    RETURN_IF_ERROR(BlameField("entity_id", id.status()));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto entity = dossier::GetEntity(context, *id);
    RETURN_IF_ERROR(WithResource(entity.status(), "entity", request.entity_id()));
    ToProto(std::move(*entity), response->mutable_entity());
    ToProto(context.revision, response->mutable_read_at());
    return absl::OkStatus();
  }

  absl::Status DoListEvidence(const v1::ListEvidenceRequest& request, std::stop_token stop,
                              v1::ListEvidenceResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const EvidenceScope scope, ToScope(request));
    ASSIGN_OR_RETURN(const EvidenceFilter filter, ToFilter(request.filter()));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto evidence = dossier::ListEvidence(context, scope, filter, page);
    RETURN_IF_ERROR(PageError(ScopeError(evidence.status(), request)));
    FillPage(std::move(*evidence), response->mutable_evidence(), response);
    ToProto(context.revision, response->mutable_read_at());
    return absl::OkStatus();
  }

  absl::Status DoListMentions(const v1::ListMentionsRequest& request, std::stop_token stop,
                              v1::ListMentionsResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const MentionScope scope, ToScope(request));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto mentions = dossier::ListMentions(context, scope, page);
    RETURN_IF_ERROR(PageError(ScopeError(mentions.status(), request)));
    FillPage(std::move(*mentions), response->mutable_mentions(), response);
    ToProto(context.revision, response->mutable_read_at());
    return absl::OkStatus();
  }

  // Carries out an order; what both merges and undoing them answer.
  template <class Request, class Response>
  absl::StatusOr<EntityOrderResult> Decide(const Request& request, std::stop_token stop,
                                           std::string_view resource, const std::string& id,
                                           Response* response) {
    ASSIGN_OR_RETURN(EntityOrder order, ToOrder(request));
    RETURN_IF_ERROR(BeginCall(backends_, request.namespace_(), std::move(stop)).status());
    auto decided = backends_.ingestor.Decide(request.namespace_(), std::move(order));
    RETURN_IF_ERROR(WithResource(decided.status(), resource, id));
    EntityOrderResult& result = *decided;
    response->set_entity_id(ExternalId(result.entity));
    response->set_unchanged(result.unchanged);
    ToProto(result.revision, response->mutable_revision());
    return result;
  }

  absl::Status DoMergeEntities(const v1::MergeEntitiesRequest& request, std::stop_token stop,
                               v1::MergeEntitiesResponse* response) {
    ASSIGN_OR_RETURN(const EntityOrderResult result,
                     Decide(request, std::move(stop), "entity", request.into_id(), response));
    response->set_merge_id(ExternalId(result.merge));
    return absl::OkStatus();
  }

  absl::Status DoSplitEntity(const v1::SplitEntityRequest& request, std::stop_token stop,
                             v1::SplitEntityResponse* response) {
    ASSIGN_OR_RETURN(const EntityOrderResult result,
                     Decide(request, std::move(stop), "entity", request.entity_id(), response));
    response->set_merge_id(ExternalId(result.merge));
    return absl::OkStatus();
  }

  absl::Status DoUndoMerge(const v1::UndoMergeRequest& request, std::stop_token stop,
                           v1::UndoMergeResponse* response) {
    return Decide(request, std::move(stop), "merge", request.merge_id(), response).status();
  }

  absl::Status DoListMerges(const v1::ListMergesRequest& request, std::stop_token stop,
                            v1::ListMergesResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto merges = dossier::ListMerges(context, page);
    RETURN_IF_ERROR(PageError(merges.status()));
    FillPage(std::move(*merges), response->mutable_merges(), response);
    ToProto(context.revision, response->mutable_read_at());
    return absl::OkStatus();
  }

  absl::Status DoNeighbors(const v1::NeighborsRequest& request, std::stop_token stop,
                           v1::NeighborsResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const NeighborsRequest wanted, ToNeighbors(request));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto neighbors = dossier::Neighbors(context, wanted, page);
    RETURN_IF_ERROR(PageError(SelectorError(neighbors.status(), request.entity())));
    FillPage(std::move(*neighbors), response->mutable_neighbors(), response);
    ToProto(context.revision, response->mutable_read_at());
    return absl::OkStatus();
  }

  absl::Status DoGetCorroboration(const v1::GetCorroborationRequest& request, std::stop_token stop,
                                  v1::GetCorroborationResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    const absl::StatusOr<TripleId> id = ParseTripleId(request.triple_id());
    RETURN_IF_ERROR(BlameField("triple_id", id.status()));
    ASSIGN_OR_RETURN(const EvidenceFilter filter, ToFilter(request.filter()));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto found = dossier::GetCorroboration(context, backends_.predicates, *id, filter, page);
    RETURN_IF_ERROR(PageError(WithResource(found.status(), "triple", request.triple_id())));
    ToProto(std::move(found->triple), response->mutable_triple());
    response->set_origin_count(found->origins);
    response->set_document_count(found->documents);
    response->set_evidence_count(found->evidence);
    response->set_truncated(!found->complete);
    FillPage(std::move(found->page), response->mutable_origins(), response);
    for (StatementView& statement : found->alike) {
      ToProto(std::move(statement), response->add_alike());
    }
    ToProto(context.revision, response->mutable_read_at());
    return absl::OkStatus();
  }

  absl::Status DoListConflicts(const v1::ListConflictsRequest& request, std::stop_token stop,
                               v1::ListConflictsResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const ConflictQuery query, ToConflictQuery(request));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto found = dossier::ListConflicts(context, backends_.predicates, query, page);
    RETURN_IF_ERROR(PageError(SelectorError(found.status(), request.entity())));
    FillPage(std::move(*found), response->mutable_conflicts(), response);
    ToProto(context.revision, response->mutable_read_at());
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<MessageSource<v1::MatchTriplesResponse>>> OpenMatch(
      v1::MatchTriplesRequest& request, std::stop_token stop) {
    return OpenMatchSource(backends_, request, std::move(stop));
  }

  const CallResources& resources_;
  const Backends backends_;
};

}  // namespace

std::unique_ptr<grpc::Service> NewGraphService(const CallResources& resources,
                                               const Backends& backends) {
  return std::make_unique<GraphService>(resources, backends);
}

}  // namespace dossier
