#include "client/cpp/ingest_stream.h"

#include <utility>

namespace dossier::client {

IngestStream::IngestStream(const Connection& connection, OnAnswer on_answer)
    : context_(connection.NewStreamContext()),
      stream_(connection.documents().Ingest(context_.get())),
      reader_([stream = stream_.get(), on_answer = std::move(on_answer)] {
        v1::IngestResponse answer;
        while (stream->Read(&answer)) {
          on_answer(answer);
        }
      }) {}

IngestStream::~IngestStream() {
  if (reader_.joinable()) {
    context_->TryCancel();
    reader_.join();
    stream_->Finish();
  }
}

bool IngestStream::Send(const v1::IngestRequest& request) { return stream_->Write(request); }

grpc::Status IngestStream::Finish() {
  stream_->WritesDone();
  reader_.join();
  return stream_->Finish();
}

}  // namespace dossier::client
