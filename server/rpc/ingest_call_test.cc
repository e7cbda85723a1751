// Ingest streams over real gRPC, with an ingestor that answers when the test says so.
#include <grpcpp/support/proto_buffer_reader.h>
#include <gtest/gtest.h>

#include <future>
#include <stop_token>
#include <thread>
#include <vector>

#include "dossier/v1/document_service.grpc.pb.h"
#include "server/rpc/server_testing.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

v1::IngestRequest Request(const std::string& id, const std::string& text = "A text.") {
  v1::IngestRequest request;
  request.mutable_document()->set_id(id);
  request.mutable_document()->set_text(text);
  return request;
}

IngestResult Added() { return {.revision = Revision(3), .mentions = 1, .warnings = {}}; }

class IngestCall : public ::testing::Test {
 protected:
  IngestCall() {
    context_.set_deadline(std::chrono::system_clock::now() + kLongWait);
    stream_ = stub_.Ingest(&context_);
  }

  v1::IngestResponse Read() {
    v1::IngestResponse response;
    EXPECT_TRUE(stream_->Read(&response));
    return response;
  }

  // The number of the answers that are left, and the status.
  std::pair<int, grpc::Status> ReadToTheEnd() {
    int answers = 0;
    v1::IngestResponse response;
    while (stream_->Read(&response)) {
      ++answers;
    }
    return {answers, stream_->Finish()};
  }

  std::pair<int, grpc::Status> Finish() {
    stream_->WritesDone();
    return ReadToTheEnd();
  }

  TestServer server_;
  v1::DocumentService::Stub stub_{server_.channel()};
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReaderWriter<v1::IngestRequest, v1::IngestResponse>> stream_;
};

TEST_F(IngestCall, AnswersInTheOrderOfCompletion) {
  stream_->Write(Request("a"));
  stream_->Write(Request("b"));
  ASSERT_TRUE(server_.ingestor().WaitForSubmissions(2));
  server_.ingestor().Take(/*newest=*/true).done(Added());
  v1::IngestResponse response = Read();
  EXPECT_EQ(response.document_id(), "b");
  EXPECT_EQ(response.index(), 1u);
  EXPECT_EQ(response.committed().status(), v1::COMMIT_STATUS_ADDED);
  EXPECT_EQ(response.committed().revision().number(), 3u);
  server_.ingestor().Take().done(absl::ResourceExhaustedError("the disk is full"));
  response = Read();
  EXPECT_EQ(response.document_id(), "a");
  EXPECT_EQ(response.error().code(), grpc::StatusCode::RESOURCE_EXHAUSTED);
  EXPECT_TRUE(Finish().second.ok());
}

TEST_F(IngestCall, EndOfStreamWaitsForTheAnswers) {
  stream_->Write(Request("a"));
  stream_->WritesDone();
  ASSERT_TRUE(server_.ingestor().WaitForSubmissions(1));
  server_.ingestor().Take().done(Added());
  const auto [answers, status] = ReadToTheEnd();
  EXPECT_EQ(answers, 1);
  EXPECT_TRUE(status.ok());
}

TEST_F(IngestCall, RefusedDocumentsAreNamedAndTheStreamGoesOn) {
  stream_->Write(Request(""));
  EXPECT_EQ(FieldIn(Read().error()), "document.id");
  stream_->Write(Request("a", ""));
  const v1::IngestResponse response = Read();
  EXPECT_EQ(FieldIn(response.error()), "document.text");
  EXPECT_EQ(response.error().message(), "document.text is empty");
  EXPECT_EQ(response.document_id(), "a");
  stream_->Write(Request(std::string(10 << 10, 'i')));
  EXPECT_EQ(FieldIn(Read().error()), "document.id");
  stream_->Write(Request("b", std::string("\0\1\2", 3)));
  EXPECT_EQ(FieldIn(Read().error()), "document.text");
  v1::IngestRequest request = Request("c");
  request.set_namespace_(std::string(129, 'n'));
  stream_->Write(request);
  EXPECT_EQ(FieldIn(Read().error()), "namespace");
  EXPECT_EQ(server_.ingestor().submitted(), 0);
  EXPECT_TRUE(Finish().second.ok());
}

TEST_F(IngestCall, MessagesThatDoNotParseAreAnsweredAndTheStreamGoesOn) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kLongWait);
  const grpc::internal::RpcMethod method("/dossier.v1.DocumentService/Ingest",
                                         grpc::internal::RpcMethod::BIDI_STREAMING);
  const std::unique_ptr<grpc::ClientReaderWriter<grpc::ByteBuffer, grpc::ByteBuffer>> raw(
      grpc::internal::ClientReaderWriterFactory<grpc::ByteBuffer, grpc::ByteBuffer>::Create(
          server_.channel().get(), method, &context));
  const auto ask = [&](const std::string& bytes) {
    raw->Write(ToBuffer(bytes));
    grpc::ByteBuffer answer;
    EXPECT_TRUE(raw->Read(&answer));
    grpc::ProtoBufferReader reader(&answer);
    v1::IngestResponse response;
    EXPECT_TRUE(response.ParseFromZeroCopyStream(&reader));
    return response;
  };
  v1::IngestResponse response = ask("\xff\xff\xff");
  EXPECT_EQ(response.error().message(), "not a valid dossier.v1.IngestRequest");
  EXPECT_EQ(response.error().code(), grpc::StatusCode::INVALID_ARGUMENT);
  std::string latin1 = Request("a", "cafe").SerializeAsString();
  latin1.back() = '\xe9';
  response = ask(latin1);
  EXPECT_EQ(response.index(), 1u);
  EXPECT_EQ(response.error().message(), "document.text is not UTF-8: byte 0xe9 at offset 3");
  EXPECT_EQ(FieldIn(response.error()), "document.text");
  raw->Write(ToBuffer(Request("b").SerializeAsString()));
  ASSERT_TRUE(server_.ingestor().WaitForSubmissions(1));
  server_.ingestor().Take().done(Added());
  grpc::ByteBuffer answer;
  EXPECT_TRUE(raw->Read(&answer));
  raw->WritesDone();
  EXPECT_FALSE(raw->Read(&answer));
  EXPECT_TRUE(raw->Finish().ok());
}

TEST_F(IngestCall, ReadsAheadByFourDocuments) {
  for (int i = 0; i < 10; ++i) {
    stream_->Write(Request(std::to_string(i)));
  }
  ASSERT_TRUE(server_.ingestor().WaitForSubmissions(4));
  for (int answered = 0; answered < 10; ++answered) {
    EXPECT_LE(server_.ingestor().submitted(), answered + 4);
    server_.ingestor().Take().done(Added());
    EXPECT_EQ(Read().index(), static_cast<uint64_t>(answered));
  }
  EXPECT_TRUE(Finish().second.ok());
}

TEST_F(IngestCall, WaitsForAnIngestorThatIsNotReady) {
  server_.ingestor().SetReady(false);
  stream_->Write(Request("a"));
  stream_->Write(Request("b"));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(server_.ingestor().submitted(), 0);
  server_.ingestor().SetReady(true);
  ASSERT_TRUE(server_.ingestor().WaitForSubmissions(2));
  server_.ingestor().Take().done(Added());
  server_.ingestor().Take().done(Added());
  EXPECT_EQ(Finish().first, 2);
}

TEST_F(IngestCall, CancellingStopsWhatIsNotCommitted) {
  stream_->Write(Request("a"));
  ASSERT_TRUE(server_.ingestor().WaitForSubmissions(1));
  const FakeIngestor::Submission submission = server_.ingestor().Take();
  EXPECT_FALSE(submission.stop.stop_requested());
  std::promise<void> stopped;
  const std::stop_callback on_stop(submission.stop, [&] { stopped.set_value(); });
  context_.TryCancel();
  EXPECT_EQ(stopped.get_future().wait_for(kLongWait), std::future_status::ready);
  submission.done(absl::CancelledError("stopped"));
  EXPECT_EQ(stream_->Finish().error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(IngestCall, OversizedMessageEndsItsOwnStreamOnly) {
  grpc::ClientContext context;
  const auto other = stub_.Ingest(&context);
  EXPECT_TRUE(other->Write(Request("a")));
  stream_->Write(Request("b", std::string(21 << 20, 'x')));
  const grpc::Status status = Finish().second;
  EXPECT_EQ(status.error_code(), grpc::StatusCode::RESOURCE_EXHAUSTED) << status.error_message();
  server_.ingestor().Take().done(Added());
  v1::IngestResponse response;
  EXPECT_TRUE(other->Read(&response));
  other->WritesDone();
  EXPECT_TRUE(other->Finish().ok());
}

TEST_F(IngestCall, ShutdownAnswersWhatWasSentThenEndsTheStream) {
  stream_->Write(Request("a"));
  ASSERT_TRUE(server_.ingestor().WaitForSubmissions(1));
  std::jthread shutdown([this] { server_.server().Shutdown(kLongWait); });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  server_.ingestor().Take().done(Added());
  EXPECT_EQ(Read().document_id(), "a");
  const grpc::Status status = stream_->Finish();
  EXPECT_THAT(status, GrpcStatusIs(grpc::StatusCode::UNAVAILABLE, HasSubstr("shutting down")));
  EXPECT_EQ(DetailOf<google::rpc::ErrorInfo>(status).reason(), "SHUTTING_DOWN");
}

TEST_F(IngestCall, ShutdownEndsAStreamThatWaitsForItsClient) {
  stream_->Write(Request("a"));
  server_.ingestor().Take().done(Added());
  Read();
  const auto begin = std::chrono::steady_clock::now();
  server_.server().Shutdown(kLongWait);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, kLongWait / 2);
  EXPECT_EQ(stream_->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(IngestCall, ServesManyStreamsAtOnce) {
  struct Client {
    grpc::ClientContext context;
    std::unique_ptr<grpc::ClientReaderWriter<v1::IngestRequest, v1::IngestResponse>> stream;
  };
  std::vector<std::unique_ptr<Client>> clients(200);
  for (auto& client : clients) {
    client = std::make_unique<Client>();
    client->stream = stub_.Ingest(&client->context);
    EXPECT_TRUE(client->stream->Write(Request("a", std::string(2000, 'x'))));
  }
  EXPECT_TRUE(server_.ingestor().WaitForSubmissions(200));
  for (int i = 0; i < 200; ++i) {
    server_.ingestor().Take().done(Added());
  }
  for (auto& client : clients) {
    v1::IngestResponse response;
    EXPECT_TRUE(client->stream->Read(&response));
    client->stream->WritesDone();
    EXPECT_TRUE(client->stream->Finish().ok());
  }
}

}  // namespace
}  // namespace dossier
