// Serves unary methods. A service says only
//
//   grpc::ServerUnaryReactor* Get(Context* context, const grpc::ByteBuffer* in,
//                                 grpc::ByteBuffer* out) override {
//     return ServeUnary(resources_, resources_.interactive, {context, in, out}, this,
//                       &DocumentService::DoGet);
//   }
//   absl::Status DoGet(const GetRequest& request, std::stop_token stop, GetResponse* response);
//
// and DoGet runs on a thread of the pool, where it may block.
#ifndef DOSSIER_SERVER_RPC_UNARY_CALL_H_
#define DOSSIER_SERVER_RPC_UNARY_CALL_H_

#include <functional>
#include <stop_token>
#include <utility>

#include "absl/status/status.h"
#include "server/base/status_macros.h"
#include "server/rpc/call.h"
#include "server/rpc/wire.h"

namespace grpc {
class CallbackServerContext;
class ServerUnaryReactor;
}  // namespace grpc

namespace dossier {

// gRPC's arguments of a raw unary method.
struct UnaryArguments {
  grpc::CallbackServerContext* context;
  const grpc::ByteBuffer* request;
  grpc::ByteBuffer* response;
};

// What answers a call: bytes in, bytes out. The token is stopped when nobody waits any more.
using UnaryWork = std::function<absl::Status(grpc::ByteBuffer* request, std::stop_token stop,
                                             grpc::ByteBuffer* response)>;

// Runs `work` on `pool` and ends the call with its status; refuses the call when the pool is full
// or the server drains.
grpc::ServerUnaryReactor* StartUnary(const CallResources& resources, WorkPool& pool,
                                     const UnaryArguments& arguments, UnaryWork work);

template <class Service, class Request, class Response>
grpc::ServerUnaryReactor* ServeUnary(const CallResources& resources, WorkPool& pool,
                                     const UnaryArguments& arguments, Service* service,
                                     absl::Status (Service::*method)(const Request&,
                                                                     std::stop_token, Response*)) {
  return StartUnary(resources, pool, arguments,
                    [service, method](grpc::ByteBuffer* in, std::stop_token stop,
                                      grpc::ByteBuffer* out) -> absl::Status {
                      Request request;
                      RETURN_IF_ERROR(Parse(in, &request));
                      Response response;
                      RETURN_IF_ERROR((service->*method)(request, std::move(stop), &response));
                      Serialize(response, out);
                      return absl::OkStatus();
                    });
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_UNARY_CALL_H_
