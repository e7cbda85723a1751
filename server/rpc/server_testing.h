// For tests: a server over real gRPC on a free port, on a store in memory without plugins, with an
// ingestor that does what the test says; and calls that send any bytes.
#ifndef DOSSIER_SERVER_RPC_SERVER_TESTING_H_
#define DOSSIER_SERVER_RPC_SERVER_TESTING_H_

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/client_unary_call.h>
#include <grpcpp/impl/rpc_method.h>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "server/extract/plugin_host.h"
#include "server/ingest/ingestor.h"
#include "server/query/page_token.h"
#include "server/query/predicate_rules.h"
#include "server/rpc/rpc_server.h"
#include "server/storage/memory_store.h"
#include "tests/support/temp_folder.h"

namespace dossier {

// Longer than anything that happens in these tests; what waits for it fails.
inline constexpr std::chrono::seconds kLongWait{20};

// Keeps what is submitted until the test answers it.
class FakeIngestor final : public Ingestor {
 public:
  struct Submission {
    std::string name_space;
    Document document;
    std::stop_token stop;
    Done done;
  };

  void Submit(std::string name_space, Document document, std::stop_token stop, Done done) override {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(
          {std::move(name_space), std::move(document), std::move(stop), std::move(done)});
      ++submitted_;
    }
    changed_.notify_all();
  }

  absl::StatusOr<Revision> Delete(std::string_view /*name_space*/,
                                  std::string_view document_id) override {
    std::unique_lock lock(mutex_);
    ++deletes_;
    changed_.notify_all();
    changed_.wait_for(lock, kLongWait, [this] { return !block_deletes_; });
    if (document_id == "none") {
      return absl::NotFoundError("there is no document \"none\"");
    }
    return Revision(7);
  }

  absl::StatusOr<EntityOrderResult> Decide(std::string_view /*name_space*/,
                                           EntityOrder /*order*/) override {
    return EntityOrderResult{MergeId(3), EntityId(5), Revision(7), false};
  }

  absl::Status WriteAlone(std::function<absl::Status(Store&)> /*write*/) override {
    return absl::UnimplementedError("");
  }

  absl::StatusOr<Revision> Purge(std::string_view name_space,
                                 std::string_view document_id) override {
    return Delete(name_space, document_id);
  }

  void WhenReady(std::function<void()> ready) override {
    std::unique_lock lock(mutex_);
    if (is_ready_) {
      lock.unlock();
      ready();
    } else {
      on_ready_.push_back(std::move(ready));
    }
  }

  IngestLoad Load() const override { return {}; }

  void SetReady(bool is_ready) {
    std::deque<std::function<void()>> callbacks;
    {
      const std::lock_guard lock(mutex_);
      is_ready_ = is_ready;
      if (is_ready) {
        callbacks.swap(on_ready_);
      }
    }
    for (const auto& callback : callbacks) {
      callback();
    }
  }

  void BlockDeletes(bool block) {
    const std::lock_guard lock(mutex_);
    block_deletes_ = block;
    changed_.notify_all();
  }

  // The oldest (or with `newest` the latest) submission that is not answered; waits for one.
  Submission Take(bool newest = false) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kLongWait, [this] { return !waiting_.empty(); });
    Submission taken = std::move(newest ? waiting_.back() : waiting_.front());
    newest ? waiting_.pop_back() : waiting_.pop_front();
    return taken;
  }

  bool WaitForSubmissions(int count) {
    return WaitFor([&] { return submitted_ >= count; });
  }
  bool WaitForDeletes(int count) {
    return WaitFor([&] { return deletes_ >= count; });
  }
  int submitted() {
    const std::lock_guard lock(mutex_);
    return submitted_;
  }
  int deletes() {
    const std::lock_guard lock(mutex_);
    return deletes_;
  }

 private:
  template <class Condition>
  bool WaitFor(Condition condition) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, kLongWait, condition);
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Submission> waiting_;
  std::deque<std::function<void()>> on_ready_;
  bool is_ready_ = true;
  bool block_deletes_ = false;
  int submitted_ = 0;
  int deletes_ = 0;
};

// `options.listen` is replaced.
class TestServer {
 public:
  explicit TestServer(RpcServer::Options options = {}) {
    plugins_ = *PluginHost::Start({.folder = folder_.path(), .store = folder_.path() + "/store"});
    options.listen = "127.0.0.1:0";
    server_ = *RpcServer::Start({*store_, tokens_, ingestor_, *plugins_, predicates_}, options);
    channel_ = NewChannel();
  }
  // Everything that the fake keeps is answered first, so that no call waits for it.
  ~TestServer() { ingestor_.SetReady(true); }

  RpcServer& server() { return *server_; }
  FakeIngestor& ingestor() { return ingestor_; }
  const std::shared_ptr<grpc::Channel>& channel() { return channel_; }

  // On a connection of its own.
  std::shared_ptr<grpc::Channel> NewChannel() const {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(server_->address(), grpc::InsecureChannelCredentials(),
                                     arguments);
  }

 private:
  TempFolder folder_;
  const std::unique_ptr<Store> store_ = NewMemoryStore();
  const PageTokens tokens_{"secret"};
  const PredicateRules predicates_;
  std::unique_ptr<PluginHost> plugins_;
  FakeIngestor ingestor_;
  std::unique_ptr<RpcServer> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

inline grpc::ByteBuffer ToBuffer(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return grpc::ByteBuffer(&slice, 1);
}

// The bytes as a call of `method`, "/dossier.v1.GraphService/GetEntity".
inline grpc::Status CallRaw(grpc::ChannelInterface* channel, const char* method,
                            const std::string& bytes) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + kLongWait);
  grpc::ByteBuffer response;
  return grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
      channel, grpc::internal::RpcMethod(method, grpc::internal::RpcMethod::NORMAL_RPC), &context,
      ToBuffer(bytes), &response);
}

// The detail of type T in a google.rpc.Status; default values when there is none.
template <class T>
T DetailOf(const google::rpc::Status& status) {
  T detail;
  for (const google::protobuf::Any& any : status.details()) {
    if (any.UnpackTo(&detail)) {
      break;
    }
  }
  return detail;
}

template <class T>
T DetailOf(const grpc::Status& status) {
  google::rpc::Status details;
  details.ParseFromString(status.error_details());
  return DetailOf<T>(details);
}

// The field that an error names; empty when it names none.
template <class Status>
std::string FieldIn(const Status& status) {
  const auto details = DetailOf<google::rpc::BadRequest>(status);
  return details.field_violations_size() == 1 ? details.field_violations(0).field() : "";
}

MATCHER_P2(GrpcStatusIs, code, message, "") {
  *result_listener << arg.error_code() << ": " << arg.error_message();
  return arg.error_code() == code &&
         ::testing::ExplainMatchResult(message, arg.error_message(), result_listener);
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_SERVER_TESTING_H_
