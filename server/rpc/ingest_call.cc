#include "server/rpc/ingest_call.h"

#include <grpcpp/server_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/server_callback.h>

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <semaphore>
#include <stop_token>
#include <string>
#include <utility>

#include "dossier/v1/document_service.pb.h"
#include "server/ingest/ingestor.h"
#include "server/rpc/convert.h"
#include "server/rpc/status_mapping.h"
#include "server/rpc/validate.h"
#include "server/rpc/wire.h"
#include "server/rpc/work_pool.h"

namespace dossier {
namespace {

// Blocks until the ingestor takes more.
void WaitUntilReady(Ingestor& ingestor) {
  std::binary_semaphore ready(0);
  ingestor.WhenReady([&ready] { ready.release(); });
  ready.acquire();
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
    {
      const std::lock_guard lock(mutex_);
      reading_ = false;
      if (finished_) {
        return;  // too late: the message was never taken
      }
      if (ok) {
        ++unanswered_;
        admitting_ = true;
      } else {
        input_ended_ = true;
      }
    }
    if (ok) {
      resources_.admission.Post([this] { Admit(); });
    } else {
      FinishIfDone();
    }
  }

  void OnWriteDone(bool ok) override {
    {
      const std::lock_guard lock(mutex_);
      writing_ = false;
      --unanswered_;
      if (!ok) {
        DropAnswers();
      }
      WriteNext();
      ReadNext();
    }
    FinishIfDone();
  }

  void OnCancel() override { stop_.request_stop(); }
  void OnDone() override { delete this; }

 private:
  struct Drain {
    IngestCall& call;
    void operator()() const { call.FinishIfDone(); }
  };

  // On the admission thread.
  void Admit() {
    WaitUntilReady(ingestor_);
    SubmitMessage(next_index_++);
    {
      const std::lock_guard lock(mutex_);
      admitting_ = false;
      ReadNext();
    }
    FinishIfDone();
  }

  void SubmitMessage(uint64_t index) {
    dossier::v1::IngestRequest request;
    Document document;
    absl::Status status = Guard([&]() -> absl::Status {
      RETURN_IF_ERROR(Parse(&incoming_, &request));
      document = FromProto(std::move(*request.mutable_document()));
      return ValidateIngest(request.namespace_(), document);
    });
    if (!status.ok()) {
      Answer(index, document.id, std::move(status));
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
    {
      const std::lock_guard lock(mutex_);
      answers_.push_back(std::move(bytes));
      if (unwritable_) {
        DropAnswers();
      }
      WriteNext();
    }
    FinishIfDone();
  }

  // REQUIRES: mutex_ is held.
  void ReadNext() {
    if (!reading_ && !admitting_ && !input_ended_ && !finished_ && unanswered_ < kMaxUnanswered &&
        !resources_.draining.stop_requested()) {
      reading_ = true;
      StartRead(&incoming_);
    }
  }

  // REQUIRES: mutex_ is held.
  void WriteNext() {
    if (!writing_ && !answers_.empty()) {
      writing_ = true;
      outgoing_ = std::move(answers_.front());
      answers_.pop_front();
      StartWrite(&outgoing_);
    }
  }

  // The client is gone: nobody will read them. REQUIRES: mutex_ is held.
  void DropAnswers() {
    unwritable_ = true;
    unanswered_ -= answers_.size();
    answers_.clear();
  }

  // Whoever finds everything done ends the call. This object may be gone afterwards.
  void FinishIfDone() {
    {
      const std::lock_guard lock(mutex_);
      const bool no_more_input = input_ended_ || resources_.draining.stop_requested();
      if (finished_ || admitting_ || unanswered_ > 0 || !no_more_input) {
        return;
      }
      finished_ = true;
    }
    Finish(ToGrpcStatus(input_ended_ ? absl::OkStatus() : ShuttingDown()));
  }

  const CallResources& resources_;
  Ingestor& ingestor_;
  grpc::CallbackServerContext& context_;
  std::stop_source stop_;       // of documents that are not committed yet
  grpc::ByteBuffer incoming_;   // the read's while reading_, the admission thread's while admitting_
  uint64_t next_index_ = 0;     // the admission thread's
  grpc::ByteBuffer outgoing_;   // the write's while writing_

  std::mutex mutex_;
  bool reading_ = false;
  bool admitting_ = false;
  bool writing_ = false;
  bool input_ended_ = false;  // by half-close or by loss of the client
  bool unwritable_ = false;
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
