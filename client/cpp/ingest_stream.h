// Sends documents and hears what became of each, both at once.
#ifndef DOSSIER_CLIENT_CPP_INGEST_STREAM_H_
#define DOSSIER_CLIENT_CPP_INGEST_STREAM_H_

#include <functional>
#include <memory>
#include <thread>

#include "client/cpp/connection.h"

namespace dossier::client {

// One thread sends; answers arrive on a thread of the stream's own, in any order.
class IngestStream {
 public:
  using OnAnswer = std::function<void(const v1::IngestResponse&)>;

  IngestStream(const Connection& connection, OnAnswer on_answer);
  // Cancels what was not finished.
  ~IngestStream();

  // Blocks while the server is not ready for more. False: the stream is broken, call Finish().
  bool Send(const v1::IngestRequest& request);

  // Ends the stream, waits for the answers still to come and returns how the call ended. A document
  // is stored only when its answer says so.
  grpc::Status Finish();

 private:
  std::unique_ptr<grpc::ClientContext> context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::IngestRequest, v1::IngestResponse>> stream_;
  std::jthread reader_;
};

}  // namespace dossier::client

#endif  // DOSSIER_CLIENT_CPP_INGEST_STREAM_H_
