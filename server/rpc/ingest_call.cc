#include "server/rpc/ingest_call.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <semaphore>
#include <stop_token>
#include <string>
#include <utility>

#include "dossier/v1/document_service.pb.h"
#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/ingest/ingestor.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/status_mapping.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/wire.h"
#include "server/rpc/work_pool.h"

namespace dossier {
namespace {

// Blocks until the ingestor takes more.
void WaitUntilReady(Ingestor& ingestor) {
  // Shared: release() may still be at work when acquire() has returned.
  const auto ready = std::make_shared<std::binary_semaphore>(0);
  ingestor.WhenReady([ready] { ready->release(); });
  ready->acquire();
}

// gRPC's reactions, the admission thread and the ingestor's threads meet here, so every decision is
// made under mutex_. Ends when nothing is on its way and nothing more will come; deletes itself
// when gRPC is done.
class IngestCall final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  IngestCall(const CallResources& resources, Ingestor& ingestor,
             grpc::CallbackServerContext& context)
      : resources_(resources), ingestor_(ingestor), context_(context) {}

  void Start() {
    if (const absl::Status status = CheckAdmission(context_, resources_); !status.ok()) {
      finished_ = true;
      Finish(ToGrpcStatus(status));
      return;
    }
    reading_ = true;
    StartRead(&incoming_);
    draining_.emplace(resources_.draining, Drain{*this});
  }

  void OnReadDone(bool ok) override {
    Change([this, ok] {
      reading_ = false;
      if (!ok) {
        input_ended_ = true;
      } else if (!finished_) {  // otherwise the message came too late and was never taken
        ++unanswered_;
        admitting_ = true;
        resources_.admission.Post([this] { Admit(); });
      }
    });
  }

  void OnWriteDone(bool ok) override {
    Change([this, ok] {
      writing_ = false;
      --unanswered_;
      writable_ = writable_ && ok;
    });
  }
  void OnCancel() override { stop_.request_stop(); }
  void OnDone() override { delete this; }

 private:
  struct Drain {
    IngestCall& call;
    void operator()() const {
      call.Change([] {});
    }
  };

  // Makes `change`, then whatever it makes possible: the next write, the next read, or the end. The
  // one thread that finds everything done ends the call; the object may be gone for all others as
  // soon as they let go of the lock.
  template <class Fn>
  void Change(Fn change) {
    grpc::Status end;
    {
      const std::lock_guard lock(mutex_);
      change();
      WriteNext();
      ReadNext();
      if (!IsDone()) {
        return;
      }
      finished_ = true;
      end = ToGrpcStatus(input_ended_ ? absl::OkStatus() : ShuttingDown());
    }
    Finish(end);
  }

  // On the admission thread.
  void Admit() {
    WaitUntilReady(ingestor_);
    SubmitMessage(next_index_++);
    Change([this] { admitting_ = false; });
  }

  void SubmitMessage(uint64_t index) {
    v1::IngestRequest request;
    Document document;
    const absl::Status status = Guard([&]() -> absl::Status {
      if (stop_.stop_requested()) {
        return absl::CancelledError("the caller is gone");
      }
      RETURN_IF_ERROR(Parse(&incoming_, &request));
      document = TakeDocument(request.mutable_document());
      RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
      return InField("document", ValidateDocument(document));
    });
    if (!status.ok()) {
      Answer(index, document.id, status);
      return;
    }
    std::string id = document.id;
    ingestor_.Submit(std::move(*request.mutable_namespace_()), std::move(document),
                     stop_.get_token(),
                     [this, index, id = std::move(id)](absl::StatusOr<IngestResult> result) {
                       Answer(index, id, result);
                     });
  }

  void Answer(uint64_t index, const std::string& id, const absl::StatusOr<IngestResult>& result) {
    grpc::ByteBuffer bytes;
    Serialize(ToIngestResponse(index, id, result), &bytes);
    Change([this, &bytes] { answers_.push_back(std::move(bytes)); });
  }

  // The functions from here on require that mutex_ is held.

  void WriteNext() {
    if (!writable_) {  // the client is gone: nobody will read them
      unanswered_ -= answers_.size();
      answers_.clear();
    } else if (!writing_ && !answers_.empty()) {
      writing_ = true;
      outgoing_ = std::move(answers_.front());
      answers_.pop_front();
      StartWrite(&outgoing_);
    }
  }

  void ReadNext() {
    if (!reading_ && !admitting_ && !no_more_input() && !finished_ &&
        unanswered_ < kMaxUnanswered) {
      reading_ = true;
      StartRead(&incoming_);
    }
  }

  bool no_more_input() const { return input_ended_ || resources_.draining.stop_requested(); }

  bool IsDone() const { return !finished_ && !admitting_ && unanswered_ == 0 && no_more_input(); }

  const CallResources& resources_;
  Ingestor& ingestor_;
  grpc::CallbackServerContext& context_;
  std::stop_source stop_;      // of documents that are not committed yet
  grpc::ByteBuffer incoming_;  // the read's while reading_, the admission thread's while admitting_
  uint64_t next_index_ = 0;    // the admission thread's
  grpc::ByteBuffer outgoing_;  // the write's while writing_

  std::mutex mutex_;
  bool reading_ = false;
  bool admitting_ = false;
  bool writing_ = false;
  bool input_ended_ = false;  // by half-close or by loss of the client
  bool writable_ = true;
  bool finished_ = false;
  std::size_t unanswered_ = 0;  // messages read whose answers are not written
  std::deque<grpc::ByteBuffer> answers_;
  std::optional<std::stop_callback<Drain>> draining_;
};

}  // namespace

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartIngest(
    const CallResources& resources, Ingestor& ingestor, grpc::CallbackServerContext* context) {
  auto* call = new IngestCall(resources, ingestor, *context);
  call->Start();
  return call;
}

}  // namespace dossier
