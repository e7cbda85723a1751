// Serves DocumentService.Ingest.
//
// A message goes its way in four steps: read; admitted, one message of all streams at a time and
// only when the ingestor has room, so that parsed documents never take more memory than the
// ingestor allows plus one; worked on; answered, in the order of completion. A stream has at most
// kMaxUnanswered messages between the first step and the last: whoever sends faster, or does not
// read the answers, waits. A message that cannot be read is answered with an error like any other
// that is refused, and the stream goes on.
#ifndef DOSSIER_SERVER_RPC_INGEST_CALL_H_
#define DOSSIER_SERVER_RPC_INGEST_CALL_H_

#include <cstddef>

#include "server/rpc/call.h"

namespace grpc {
class ByteBuffer;
class CallbackServerContext;
template <class Request, class Response>
class ServerBidiReactor;
}  // namespace grpc

namespace dossier {

class Ingestor;

inline constexpr std::size_t kMaxUnanswered = 4;

grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>* StartIngest(
    const CallResources& resources, Ingestor& ingestor, grpc::CallbackServerContext* context);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_INGEST_CALL_H_
