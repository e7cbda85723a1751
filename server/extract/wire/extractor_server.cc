#include "server/extract/wire/extractor_server.h"

#include <google/protobuf/arena.h>

#include <optional>
#include <stop_token>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/wire/input_wire.h"
#include "server/extract/wire/output_wire.h"

namespace dossier {
namespace {

using google::protobuf::Arena;

grpc::Status ToGrpcStatus(const absl::Status& status) {
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), std::string(status.message()));
}

// One call. Reads a message, answers it, reads the next; deletes itself when the call is over.
class Call final : public grpc::ServerBidiReactor<v1::ProcessRequest, v1::ProcessResponse> {
 public:
  Call(const ServedExtractor& extractor, std::atomic<int>* busy)
      : extractor_(extractor), busy_(*busy) {
    ReadNext();
  }

 private:
  void OnReadDone(bool ok) override {
    if (!ok) {  // no more requests, or the call is cancelled
      Finish(grpc::Status::OK);
    } else if (request_->has_configuration()) {
      Configure(request_->configuration().json());
    } else if (request_->has_document() && backend_ != nullptr) {
      Extract(request_->document());
    } else {
      Finish({grpc::StatusCode::INVALID_ARGUMENT,
              "a call begins with its configuration; documents follow"});
    }
  }

  void OnWriteDone(bool ok) override {
    if (!ok) {
      Finish(grpc::Status::OK);
    } else if (writer_) {
      WriteNext();
    } else {
      ReadNext();
    }
  }

  void OnCancel() override { stop_.request_stop(); }
  void OnDone() override { delete this; }

  void ReadNext() {
    arena_.Reset();
    request_ = Arena::CreateMessage<v1::ProcessRequest>(&arena_);
    StartRead(request_);
  }

  void Configure(const std::string& config) {
    auto backend = extractor_.make(config);
    if (!backend.ok()) {
      Finish(ToGrpcStatus(backend.status()));
      return;
    }
    backend_ = *std::move(backend);
    response_ = Arena::CreateMessage<v1::ProcessResponse>(&arena_);
    response_->mutable_configured();
    StartWrite(response_);
  }

  void Extract(const v1::ExtractorInput& message) {
    ++busy_;
    absl::StatusOr<RunOutput> output = RunBackend(message);
    --busy_;
    if (output.ok()) {
      output_ = *std::move(output);
      writer_.emplace(output_);
      WriteNext();
    } else {
      WriteError(output.status());
    }
  }

  absl::StatusOr<RunOutput> RunBackend(const v1::ExtractorInput& message) {
    ASSIGN_OR_RETURN(const OwnedInput input, FromWire(message));
    return backend_->Process(input.View(),
                             StopToken(stop_.get_token(), StopToken::Clock::time_point::max()));
  }

  void WriteError(const absl::Status& status) {
    response_ = Arena::CreateMessage<v1::ProcessResponse>(&arena_);
    v1::ExtractorDone* done = response_->mutable_output()->mutable_done();
    done->set_code(static_cast<int>(status.code()));
    done->set_error(std::string(status.message()));
    StartWrite(response_);
  }

  void WriteNext() {
    arena_.Reset();
    response_ = Arena::CreateMessage<v1::ProcessResponse>(&arena_);
    if (writer_->Next(response_->mutable_output())) {
      writer_.reset();
    }
    StartWrite(response_);
  }

  const ServedExtractor& extractor_;
  std::atomic<int>& busy_;
  std::shared_ptr<ExtractorBackend> backend_;
  std::stop_source stop_;

  Arena arena_;  // of the message on its way
  v1::ProcessRequest* request_ = nullptr;
  v1::ProcessResponse* response_ = nullptr;
  RunOutput output_;
  std::optional<OutputWriter> writer_;  // while parts of output_ are left
};

}  // namespace

grpc::ServerUnaryReactor* ExtractorServer::Describe(grpc::CallbackServerContext* context,
                                                    const v1::DescribeRequest* /*request*/,
                                                    v1::DescribeResponse* response) {
  response->set_manifest_json(extractor_.manifest_json);
  response->set_sha256(extractor_.sha256);
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerUnaryReactor* ExtractorServer::Health(grpc::CallbackServerContext* context,
                                                  const v1::HealthRequest* /*request*/,
                                                  v1::HealthResponse* response) {
  response->set_ready(busy_ == 0);
  response->set_reason(busy_ == 0 ? "" : "it is reading a document");
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

grpc::ServerBidiReactor<v1::ProcessRequest, v1::ProcessResponse>* ExtractorServer::Process(
    grpc::CallbackServerContext* /*context*/) {
  return new Call(extractor_, &busy_);
}

}  // namespace dossier
