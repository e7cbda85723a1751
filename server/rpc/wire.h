// Messages to bytes and back: the only place where requests are parsed. gRPC's own parsing answers
// a unary request that does not parse with UNIMPLEMENTED, and takes such a message of a stream for
// the stream's end; so every method is served raw and parses here.
#ifndef DOSSIER_SERVER_RPC_WIRE_H_
#define DOSSIER_SERVER_RPC_WIRE_H_

#include "absl/status/status.h"

namespace google::protobuf {
class Message;
}
namespace grpc {
class ByteBuffer;
}

namespace dossier {

// Fills `message` from `bytes`, which it empties. INVALID_ARGUMENT says what is wrong with them
// (parse_fault.h).
absl::Status Parse(grpc::ByteBuffer* bytes, google::protobuf::Message* message);

void Serialize(const google::protobuf::Message& message, grpc::ByteBuffer* bytes);

// Keeps protobuf from writing a line about every malformed message to standard error; once a
// process.
void SilenceParser();

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_WIRE_H_
