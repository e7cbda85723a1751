// Server streams over real gRPC, from a source that the test watches.
#include "server/rpc/server_stream_call.h"

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <barrier>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "dossier/v1/graph_service.grpc.pb.h"
#include "server/rpc/stream_set.h"
#include "server/rpc/work_pool.h"

namespace dossier {
namespace {

using Stub = v1::GraphService::Stub;
using Reader = std::unique_ptr<grpc::ClientReader<v1::MatchTriplesResponse>>;

constexpr std::chrono::milliseconds kIdle{100};
constexpr std::size_t kMaxStreams = 220;
constexpr int kThreads = 2;

template <class Condition>
bool Eventually(Condition condition) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (!condition() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return condition();
}

struct Counts {
  std::atomic<int> steps = 0;
  std::atomic<int> rests = 0;
  std::atomic<int> open = 0;
  std::atomic<int> gone_elsewhere = 0;  // sources that went on another thread than the pool's
};

thread_local bool is_worker = false;  // of the pool

// As many messages of full size as the request's limit says, each after a step that finds nothing;
// `predicate` may ask for trouble, or that the last message is known to be the last.
class Source final : public MessageSource<v1::MatchTriplesResponse> {
 public:
  Source(Counts& counts, const v1::MatchTriplesRequest& request)
      : counts_(counts), request_(request), left_(request.limit()) {
    ++counts_.open;
  }
  ~Source() override {
    counts_.gone_elsewhere += is_worker ? 0 : 1;
    --counts_.open;
  }

  absl::StatusOr<StreamStep> Next(std::stop_token /*stop*/,
                                  v1::MatchTriplesResponse* message) override {
    ++counts_.steps;
    if (request_.predicate() == "throw") {
      throw std::runtime_error("a bad day");
    }
    if (request_.predicate() == "fail") {
      return absl::DataLossError("the store is damaged");
    }
    if (left_ == 0) {
      return StreamStep::kEnd;
    }
    idle_step_ = !idle_step_;
    if (idle_step_) {
      return StreamStep::kNothing;
    }
    --left_;
    message->set_resume_token(std::string(kMaxMessageBytes, 'x'));
    return request_.predicate() == "last" && left_ == 0 ? StreamStep::kLastMessage
                                                        : StreamStep::kMessage;
  }
  void Rest() override { ++counts_.rests; }

 private:
  Counts& counts_;
  const v1::MatchTriplesRequest request_;
  uint64_t left_;
  bool idle_step_ = false;
};

class Service final
    : public v1::GraphService::WithRawCallbackMethod_MatchTriples<v1::GraphService::Service> {
 public:
  Service(const CallResources& resources, Counts& counts)
      : resources_(resources), counts_(counts) {}

  grpc::ServerWriteReactor<grpc::ByteBuffer>* MatchTriples(
      grpc::CallbackServerContext* context, const grpc::ByteBuffer* request) override {
    return ServeStream(resources_, resources_.interactive, context, request, this, &Service::Open);
  }

 private:
  absl::StatusOr<std::unique_ptr<MessageSource<v1::MatchTriplesResponse>>> Open(
      v1::MatchTriplesRequest& request, std::stop_token /*stop*/) {
    return std::make_unique<Source>(counts_, request);
  }

  const CallResources& resources_;
  Counts& counts_;
};

class ServerStreamCall : public ::testing::Test {
 protected:
  ServerStreamCall() {
    const auto all_marked = std::make_shared<std::barrier<>>(kThreads + 1);
    for (int i = 0; i < kThreads; ++i) {
      pool_.Post([all_marked] {
        is_worker = true;
        all_marked->arrive_and_wait();
      });
    }
    all_marked->arrive_and_wait();
    grpc::ServerBuilder builder;
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    builder.AddChannelArgument(GRPC_ARG_HTTP2_BDP_PROBE, 0);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
    address_ = "127.0.0.1:" + std::to_string(port);
    stub_ = NewStub();
  }

  // What a source holds may need gRPC's threads in order to go.
  ~ServerStreamCall() override {
    server_->Shutdown(std::chrono::system_clock::now());
    EXPECT_TRUE(Eventually([this] { return counts_.open == 0; }));
    EXPECT_EQ(counts_.gone_elsewhere, 0);
  }

  // On a connection of its own.
  std::unique_ptr<Stub> NewStub() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return v1::GraphService::NewStub(
        grpc::CreateCustomChannel(address_, grpc::InsecureChannelCredentials(), arguments));
  }

  Reader Open(Stub& stub, grpc::ClientContext* context, uint64_t limit,
              const std::string& predicate = "") {
    v1::MatchTriplesRequest request;
    request.set_limit(limit);
    request.set_predicate(predicate);
    return stub.MatchTriples(context, request);
  }

  static std::pair<int, grpc::Status> ReadToTheEnd(const Reader& reader) {
    int messages = 0;
    v1::MatchTriplesResponse response;
    while (reader->Read(&response)) {
      ++messages;
    }
    return {messages, reader->Finish()};
  }

  Counts counts_;
  std::stop_source draining_;
  WorkPool pool_{kThreads, 1024};
  StreamSet streams_{kMaxStreams, kIdle};
  const CallResources resources_{pool_, pool_, pool_, pool_, streams_, draining_.get_token()};
  Service service_{resources_, counts_};
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
  std::unique_ptr<Stub> stub_;
};

TEST_F(ServerStreamCall, SendsEveryMessageThenEnds) {
  grpc::ClientContext context;
  const auto [messages, status] = ReadToTheEnd(Open(*stub_, &context, 50));
  EXPECT_EQ(messages, 50);
  EXPECT_TRUE(status.ok()) << status.error_message();
  EXPECT_TRUE(Eventually([this] { return counts_.open == 0; }));
}

TEST_F(ServerStreamCall, TheEndMayComeWithTheLastMessage) {
  for (const uint64_t limit : {1u, 50u}) {
    grpc::ClientContext context;
    const auto [messages, status] = ReadToTheEnd(Open(*stub_, &context, limit, "last"));
    EXPECT_EQ(static_cast<uint64_t>(messages), limit);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  EXPECT_TRUE(Eventually([this] { return counts_.open == 0; }));
  // Nothing is held for a client that does not read it.
  grpc::ClientContext context;
  const Reader reader = Open(*stub_, &context, 1, "last");
  EXPECT_TRUE(Eventually([this] { return counts_.steps == 2 * (1 + 50 + 1); }));
  EXPECT_TRUE(Eventually([this] { return counts_.open == 0; }));
}

TEST_F(ServerStreamCall, FaultsOfTheSourceAreItsCallsAlone) {
  grpc::ClientContext failing;
  EXPECT_EQ(ReadToTheEnd(Open(*stub_, &failing, 1, "fail")).second.error_code(),
            grpc::StatusCode::DATA_LOSS);
  grpc::ClientContext throwing;
  EXPECT_EQ(ReadToTheEnd(Open(*stub_, &throwing, 1, "throw")).second.error_code(),
            grpc::StatusCode::INTERNAL);
}

TEST_F(ServerStreamCall, ClientThatStopsReadingIsWaitedForAtRest) {
  grpc::ClientContext context;
  const Reader reader = Open(*stub_, &context, 1000);
  EXPECT_TRUE(Eventually([this] { return counts_.rests >= 1; }));
  std::this_thread::sleep_for(3 * kIdle);
  EXPECT_LT(counts_.steps, 200);  // what sockets and windows hold; the answer takes 2,001
  const auto [messages, status] = ReadToTheEnd(reader);
  EXPECT_EQ(messages, 1000);
  EXPECT_TRUE(status.ok());
}

TEST_F(ServerStreamCall, CancelledStreamLetsGo) {
  grpc::ClientContext context;
  const Reader reader = Open(*stub_, &context, 1'000'000);
  v1::MatchTriplesResponse response;
  EXPECT_TRUE(reader->Read(&response));
  context.TryCancel();
  EXPECT_TRUE(Eventually([this] { return counts_.open == 0; }));
  EXPECT_EQ(ReadToTheEnd(reader).second.error_code(), grpc::StatusCode::CANCELLED);
}

TEST_F(ServerStreamCall, ExpiredStreamLetsGo) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::milliseconds(100));
  const Reader reader = Open(*stub_, &context, 1'000'000);
  EXPECT_TRUE(Eventually([this] { return counts_.steps > 0; }));
  EXPECT_TRUE(Eventually([this] { return counts_.open == 0; }));
}

TEST_F(ServerStreamCall, ManyClientsThatDoNotReadLeaveRoomForOthers) {
  struct Client {
    std::unique_ptr<Stub> stub;
    grpc::ClientContext context;
    Reader reader;
  };
  std::vector<Client> clients(kMaxStreams - 1);
  for (Client& client : clients) {
    client.stub = NewStub();
    client.reader = Open(*client.stub, &client.context, 1000);
  }
  EXPECT_TRUE(Eventually([&] { return counts_.rests >= static_cast<int>(clients.size()); }));
  grpc::ClientContext context;
  EXPECT_EQ(ReadToTheEnd(Open(*stub_, &context, 100)).first, 100);
  for (Client& client : clients) {
    client.context.TryCancel();
  }
  EXPECT_TRUE(Eventually([this] { return counts_.open == 0; }));
}

TEST_F(ServerStreamCall, OneStreamTooManyIsToldToRetry) {
  std::vector<grpc::ClientContext> contexts(kMaxStreams);
  std::vector<std::unique_ptr<Stub>> stubs;
  std::vector<Reader> readers;
  for (grpc::ClientContext& context : contexts) {
    if (readers.size() % 50 == 0) {
      stubs.push_back(NewStub());
    }
    readers.push_back(Open(*stubs.back(), &context, 1000));
  }
  EXPECT_TRUE(Eventually([&] { return counts_.open == static_cast<int>(kMaxStreams); }));
  grpc::ClientContext context;
  EXPECT_EQ(ReadToTheEnd(Open(*stub_, &context, 1)).second.error_code(),
            grpc::StatusCode::UNAVAILABLE);
  for (grpc::ClientContext& open : contexts) {
    open.TryCancel();
  }
}

TEST_F(ServerStreamCall, DrainingRefusesNewOnesOnly) {
  grpc::ClientContext context;
  const Reader reader = Open(*stub_, &context, 500);
  v1::MatchTriplesResponse response;
  EXPECT_TRUE(reader->Read(&response));
  draining_.request_stop();
  grpc::ClientContext late;
  EXPECT_EQ(ReadToTheEnd(Open(*stub_, &late, 1)).second.error_code(),
            grpc::StatusCode::UNAVAILABLE);
  EXPECT_EQ(ReadToTheEnd(reader).first, 499);
}

}  // namespace
}  // namespace dossier
