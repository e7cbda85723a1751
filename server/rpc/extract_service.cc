#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <atomic>
#include <cstddef>
#include <stop_token>
#include <string>
#include <utility>

#include "dossier/v1/extract_service.grpc.pb.h"
#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/extract/pipeline.h"
#include "server/extract/plugin_host.h"
#include "server/rpc/extract_source.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/server_stream_call.h"
#include "server/rpc/services.h"

namespace dossier {
namespace {

// Text that may be worked on or streamed back at one time. What extractors find in it takes a
// multiple, and stays until its client has read it.
constexpr std::size_t kMaxOpenTextBytes = 32u << 20;

// A share of kMaxOpenTextBytes.
class TextShare {
 public:
  TextShare(std::atomic<std::size_t>& taken, std::size_t bytes) : taken_(taken), bytes_(bytes) {
    granted_ = taken_.fetch_add(bytes_) + bytes_ <= kMaxOpenTextBytes;
  }
  ~TextShare() { taken_.fetch_sub(bytes_); }
  TextShare(const TextShare&) = delete;
  TextShare& operator=(const TextShare&) = delete;

  bool granted() const { return granted_; }

 private:
  std::atomic<std::size_t>& taken_;
  const std::size_t bytes_;
  bool granted_;
};

// Runs the extractors in its first step; keeps its share of text as long as it lives.
class PipelineSource final : public MessageSource<v1::ExtractResponse> {
 public:
  PipelineSource(const PluginHost& plugins, std::string name_space, Document document,
                 std::unique_ptr<TextShare> share)
      : plugins_(plugins),
        name_space_(std::move(name_space)),
        document_(std::move(document)),
        share_(std::move(share)) {}

  absl::StatusOr<StreamStep> Next(std::stop_token stop, v1::ExtractResponse* message) override {
    if (found_ == nullptr) {
      const StopToken until(stop, StopToken::Clock::time_point::max());
      ASSIGN_OR_RETURN(Extraction extraction,
                       RunPipeline([this] { return plugins_.plan(); }, document_, until,
                                   KeepLayers::kNo, name_space_));
      found_ = NewExtractSource(std::move(document_), std::move(extraction));
    }
    return found_->Next(std::move(stop), message);
  }

 private:
  const PluginHost& plugins_;
  const std::string name_space_;
  Document document_;
  const std::unique_ptr<TextShare> share_;
  std::unique_ptr<MessageSource<v1::ExtractResponse>> found_;
};

class ExtractService final
    : public v1::ExtractService::WithRawCallbackMethod_Extract<v1::ExtractService::Service> {
 public:
  ExtractService(const CallResources& resources, const Backends& backends)
      : resources_(resources), backends_(backends) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* Extract(grpc::CallbackServerContext* context,
                                                      const grpc::ByteBuffer* request) override {
    return ServeStream(resources_, resources_.bulk, context, request, this,
                       &ExtractService::OpenExtract);
  }

 private:
  absl::StatusOr<std::unique_ptr<MessageSource<v1::ExtractResponse>>> OpenExtract(
      v1::ExtractRequest& request, std::stop_token /*stop*/) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    Document document = TakeDocument(request.mutable_document());
    if (document.id.empty()) {
      document.id = "document";  // extractors name it in their errors
    }
    RETURN_IF_ERROR(InField("document", ValidateDocument(document)));
    auto share = std::make_unique<TextShare>(open_text_bytes_, document.text.size());
    if (!share->granted()) {
      return Overloaded();
    }
    return std::make_unique<PipelineSource>(backends_.plugins,
                                            std::move(*request.mutable_namespace_()),
                                            std::move(document), std::move(share));
  }

  const CallResources& resources_;
  const Backends backends_;
  std::atomic<std::size_t> open_text_bytes_ = 0;
};

}  // namespace

std::unique_ptr<grpc::Service> NewExtractService(const CallResources& resources,
                                                 const Backends& backends) {
  return std::make_unique<ExtractService>(resources, backends);
}

}  // namespace dossier
