#include "server/rpc/wire.h"

#include <google/protobuf/message.h>
#include <google/protobuf/stubs/logging.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/proto_buffer_reader.h>
#include <grpcpp/support/proto_buffer_writer.h>

#include <algorithm>
#include <string>

#include "server/rpc/parse_fault.h"

namespace dossier {
namespace {

// All of `bytes` in one piece.
std::string Flatten(grpc::ByteBuffer* bytes) {
  std::string flat;
  flat.reserve(bytes->Length());
  grpc::ProtoBufferReader reader(bytes);
  const void* data = nullptr;
  int size = 0;
  while (reader.Next(&data, &size)) {
    flat.append(static_cast<const char*>(data), static_cast<std::size_t>(size));
  }
  return flat;
}

}  // namespace

absl::Status Parse(grpc::ByteBuffer* bytes, google::protobuf::Message* message) {
  bool parsed = false;
  {
    grpc::ProtoBufferReader reader(bytes);
    parsed = message->ParseFromZeroCopyStream(&reader);
  }
  const absl::Status status =
      parsed ? absl::OkStatus() : DescribeParseFault(Flatten(bytes), *message->GetDescriptor());
  bytes->Clear();
  return status;
}

void Serialize(const google::protobuf::Message& message, grpc::ByteBuffer* bytes) {
  bytes->Clear();
  const int size = static_cast<int>(message.ByteSizeLong());
  grpc::ProtoBufferWriter writer(bytes, std::max(size, 1), size);
  message.SerializeToZeroCopyStream(&writer);
}

void SilenceParser() { google::protobuf::SetLogHandler(nullptr); }

}  // namespace dossier
