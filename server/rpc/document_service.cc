#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <utility>

#include "dossier/v1/document_service.grpc.pb.h"
#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/ingest/ingestor.h"
#include "server/ingest/reextraction.h"
#include "server/query/documents.h"
#include "server/query/reextractions.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/ingest_call.h"
#include "server/rpc/read.h"
#include "server/rpc/reextract_source.h"
#include "server/rpc/server_stream_call.h"
#include "server/rpc/services.h"
#include "server/rpc/status_mapping.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/unary_call.h"

namespace dossier {
namespace {

template <class Base>
using RawDocuments = v1::DocumentService::WithRawCallbackMethod_Ingest<
    v1::DocumentService::WithRawCallbackMethod_Get<v1::DocumentService::WithRawCallbackMethod_List<
        v1::DocumentService::WithRawCallbackMethod_Delete<Base>>>>;
template <class Base>
using RawReextractions = v1::DocumentService::WithRawCallbackMethod_Reextract<
    v1::DocumentService::WithRawCallbackMethod_GetReextraction<
        v1::DocumentService::WithRawCallbackMethod_ListReextractions<
            v1::DocumentService::WithRawCallbackMethod_PromoteReextraction<
                v1::DocumentService::WithRawCallbackMethod_DropReextraction<Base>>>>>;
using Raw = RawDocuments<RawReextractions<v1::DocumentService::Service>>;

absl::Status CheckId(const std::string& document_id) {
  return document_id.empty() ? FieldError("document_id", "is empty") : absl::OkStatus();
}

class DocumentService final : public Raw {
 public:
  DocumentService(const CallResources& resources, const Backends& backends)
      : resources_(resources), backends_(backends) {}

  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  grpc::ServerBidiReactor<Bytes, Bytes>* Ingest(Context* context) override {
    return StartIngest(resources_, backends_.ingestor, context);
  }
  grpc::ServerUnaryReactor* Get(Context* context, const Bytes* in, Bytes* out) override {
    return ServeUnary(resources_, resources_.interactive, {context, in, out}, this,
                      &DocumentService::DoGet);
  }
  grpc::ServerUnaryReactor* List(Context* context, const Bytes* in, Bytes* out) override {
    return ServeUnary(resources_, resources_.interactive, {context, in, out}, this,
                      &DocumentService::DoList);
  }
  grpc::ServerUnaryReactor* Delete(Context* context, const Bytes* in, Bytes* out) override {
    return ServeUnary(resources_, resources_.bulk, {context, in, out}, this,
                      &DocumentService::DoDelete);
  }
  grpc::ServerWriteReactor<Bytes>* Reextract(Context* context, const Bytes* request) override {
    return ServeStream(resources_, resources_.bulk, context, request, this,
                       &DocumentService::OpenReextract);
  }
  grpc::ServerUnaryReactor* GetReextraction(Context* context, const Bytes* in,
                                            Bytes* out) override {
    return ServeUnary(resources_, resources_.interactive, {context, in, out}, this,
                      &DocumentService::DoGetReextraction);
  }
  grpc::ServerUnaryReactor* ListReextractions(Context* context, const Bytes* in,
                                              Bytes* out) override {
    return ServeUnary(resources_, resources_.interactive, {context, in, out}, this,
                      &DocumentService::DoListReextractions);
  }
  grpc::ServerUnaryReactor* PromoteReextraction(Context* context, const Bytes* in,
                                                Bytes* out) override {
    return ServeUnary(resources_, resources_.bulk, {context, in, out}, this,
                      &DocumentService::DoPromote);
  }
  grpc::ServerUnaryReactor* DropReextraction(Context* context, const Bytes* in,
                                             Bytes* out) override {
    return ServeUnary(resources_, resources_.bulk, {context, in, out}, this,
                      &DocumentService::DoDrop);
  }

 private:
  absl::Status DoGet(const v1::DocumentServiceGetRequest& request, std::stop_token stop,
                     v1::DocumentServiceGetResponse* response) {
    RETURN_IF_ERROR(CheckId(request.document_id()));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto document = GetDocument(context, request.document_id(), request.include_text());
    RETURN_IF_ERROR(WithResource(document.status(), "document", request.document_id()));
    ToProto(std::move(*document), response->mutable_document());
    return absl::OkStatus();
  }

  absl::Status DoList(const v1::DocumentServiceListRequest& request, std::stop_token stop,
                      v1::DocumentServiceListResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const ReadContext context, BeginCall(backends_, request, std::move(stop)));
    auto documents = ListDocuments(context, page);
    RETURN_IF_ERROR(PageError(documents.status()));
    FillPage(std::move(*documents), response->mutable_documents(), response);
    return absl::OkStatus();
  }

  absl::Status DoDelete(const v1::DocumentServiceDeleteRequest& request, std::stop_token /*stop*/,
                        v1::DocumentServiceDeleteResponse* response) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    RETURN_IF_ERROR(CheckId(request.document_id()));
    Ingestor& ingestor = backends_.ingestor;
    const auto revision = request.purge()
                              ? ingestor.Purge(request.namespace_(), request.document_id())
                              : ingestor.Delete(request.namespace_(), request.document_id());
    RETURN_IF_ERROR(WithResource(revision.status(), "document", request.document_id()));
    ToProto(*revision, response->mutable_revision());
    return absl::OkStatus();
  }

  absl::StatusOr<std::unique_ptr<MessageSource<v1::ReextractResponse>>> OpenReextract(
      v1::ReextractRequest& request, std::stop_token /*stop*/) {
    ASSIGN_OR_RETURN(ReextractionOrder order, TakeOrder(&request));
    ASSIGN_OR_RETURN(auto pass, reextractions_.Begin(std::move(order)));
    return NewReextractSource(std::move(pass));
  }

  absl::Status DoGetReextraction(const v1::GetReextractionRequest& request, std::stop_token stop,
                                 v1::GetReextractionResponse* response) {
    RETURN_IF_ERROR(CheckReextractionId(request.reextraction_id()));
    ASSIGN_OR_RETURN(const ReadContext context,
                     BeginCall(backends_, request.namespace_(), std::move(stop)));
    auto found = dossier::GetReextraction(context, request.reextraction_id());
    RETURN_IF_ERROR(WithResource(found.status(), "reextraction", request.reextraction_id()));
    ToProto(std::move(*found), response->mutable_reextraction());
    return absl::OkStatus();
  }

  absl::Status DoListReextractions(const v1::ListReextractionsRequest& request,
                                   std::stop_token stop, v1::ListReextractionsResponse* response) {
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const ReadContext context,
                     BeginCall(backends_, request.namespace_(), std::move(stop)));
    auto found = dossier::ListReextractions(context, page);
    RETURN_IF_ERROR(PageError(found.status()));
    FillPage(std::move(*found), response->mutable_reextractions(), response);
    return absl::OkStatus();
  }

  absl::Status DoPromote(const v1::PromoteReextractionRequest& request, std::stop_token stop,
                         v1::PromoteReextractionResponse* response) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    RETURN_IF_ERROR(CheckReextractionId(request.reextraction_id()));
    const auto revision =
        reextractions_.Promote({request.namespace_(), request.reextraction_id()}, std::move(stop));
    RETURN_IF_ERROR(WithResource(revision.status(), "reextraction", request.reextraction_id()));
    ToProto(*revision, response->mutable_revision());
    return absl::OkStatus();
  }

  absl::Status DoDrop(const v1::DropReextractionRequest& request, std::stop_token /*stop*/,
                      v1::DropReextractionResponse* /*response*/) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    RETURN_IF_ERROR(CheckReextractionId(request.reextraction_id()));
    return WithResource(reextractions_.Drop({request.namespace_(), request.reextraction_id()}),
                        "reextraction", request.reextraction_id());
  }

  const CallResources& resources_;
  const Backends backends_;
  const Reextractions reextractions_{backends_.store, backends_.ingestor, backends_.plugins};
};

}  // namespace

std::unique_ptr<grpc::Service> NewDocumentService(const CallResources& resources,
                                                  const Backends& backends) {
  return std::make_unique<DocumentService>(resources, backends);
}

}  // namespace dossier
