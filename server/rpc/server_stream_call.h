// Serves server-streaming methods. A source makes the messages, one at a time, on a thread of a
// pool; the next is made when gRPC has taken the one before, so a client that stops reading costs
// one message of memory and no thread.
#ifndef DOSSIER_SERVER_RPC_SERVER_STREAM_CALL_H_
#define DOSSIER_SERVER_RPC_SERVER_STREAM_CALL_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/base/status_macros.h"
#include "server/rpc/call.h"
#include "server/rpc/wire.h"

namespace grpc {
class CallbackServerContext;
template <class Response>
class ServerWriteReactor;
}  // namespace grpc

namespace dossier {

enum class StreamStep {
  kMessage,      // there is a message to send
  kLastMessage,  // likewise, and it is the last: the stream's end goes with it
  kNothing,      // none yet: ask again
  kEnd,          // none any more
};

// Makes the messages of one stream. Its functions are called one at a time, from any thread.
template <class Message>
class MessageSource {
 public:
  virtual ~MessageSource() = default;

  // Does a bounded piece of work and fills `message`, at most about kMaxMessageBytes of it.
  virtual absl::StatusOr<StreamStep> Next(std::stop_token stop, Message* message) = 0;

  // The client has not read for a while (stream_set.h): lets go of what is costly to hold.
  virtual void Rest() {}
};

inline constexpr std::size_t kMaxMessageBytes = 256u << 10;

// A MessageSource in bytes.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  virtual absl::StatusOr<StreamStep> Next(std::stop_token stop, grpc::ByteBuffer* bytes) = 0;
  virtual void Rest() = 0;
};

// Makes the source, on a thread of the pool.
using OpenStream = std::function<absl::StatusOr<std::unique_ptr<ByteSource>>(
    grpc::ByteBuffer* request, std::stop_token stop)>;

grpc::ServerWriteReactor<grpc::ByteBuffer>* StartStream(const CallResources& resources,
                                                        WorkPool& pool,
                                                        grpc::CallbackServerContext* context,
                                                        const grpc::ByteBuffer* request,
                                                        OpenStream open);

template <class Message>
std::unique_ptr<ByteSource> ToBytes(std::unique_ptr<MessageSource<Message>> source) {
  class Adapter final : public ByteSource {
   public:
    explicit Adapter(std::unique_ptr<MessageSource<Message>> source) : source_(std::move(source)) {}

    absl::StatusOr<StreamStep> Next(std::stop_token stop, grpc::ByteBuffer* bytes) override {
      Message message;
      ASSIGN_OR_RETURN(const StreamStep step, source_->Next(std::move(stop), &message));
      if (step == StreamStep::kMessage || step == StreamStep::kLastMessage) {
        Serialize(message, bytes);
      }
      return step;
    }
    void Rest() override { source_->Rest(); }

   private:
    const std::unique_ptr<MessageSource<Message>> source_;
  };
  return std::make_unique<Adapter>(std::move(source));
}

// Calls `method` with the parsed request, from which it may take what it likes, for a source, and
// streams what that makes.
template <class Service, class Request, class Response>
grpc::ServerWriteReactor<grpc::ByteBuffer>* ServeStream(
    const CallResources& resources, WorkPool& pool, grpc::CallbackServerContext* context,
    const grpc::ByteBuffer* request, Service* service,
    absl::StatusOr<std::unique_ptr<MessageSource<Response>>> (Service::*method)(Request&,
                                                                                std::stop_token)) {
  return StartStream(
      resources, pool, context, request,
      [service, method](grpc::ByteBuffer* bytes,
                        std::stop_token stop) -> absl::StatusOr<std::unique_ptr<ByteSource>> {
        Request parsed;
        RETURN_IF_ERROR(Parse(bytes, &parsed));
        ASSIGN_OR_RETURN(auto source, (service->*method)(parsed, std::move(stop)));
        return ToBytes(std::move(source));
      });
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_SERVER_STREAM_CALL_H_
