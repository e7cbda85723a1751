#include "server/rpc/call_metrics.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/support/server_interceptor.h>
#include <prometheus/counter.h>
#include <prometheus/family.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"

namespace dossier {
namespace {

using Clock = std::chrono::steady_clock;
using prometheus::Counter;
using prometheus::Family;
using prometheus::Histogram;

// Seconds: from what a look-up takes to what a document with a slow extractor does.
const Histogram::BucketBoundaries& Bounds() {
  static const auto* const bounds = new Histogram::BucketBoundaries{
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60};
  return *bounds;
}

// Whether `path` is "/package.Service/Method" of a service that this program knows.
bool IsMethod(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (!path.starts_with('/') || slash == 0) {
    return false;
  }
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      std::string(path.substr(1, slash - 1)));
  return service != nullptr &&
         service->FindMethodByName(std::string(path.substr(slash + 1))) != nullptr;
}

// The series of one method.
class MethodMetrics {
 public:
  MethodMetrics(std::string method, Family<Counter>* started, Family<Counter>* handled,
                Family<Histogram>* seconds)
      : method_(std::move(method)),
        handled_family_(*handled),
        started_(started->Add({{"grpc_method", method_}})),
        ok_(CounterOf(grpc::StatusCode::OK)),
        seconds_(seconds->Add({{"grpc_method", method_}}, Bounds())) {}

  void Start() { started_.Increment(); }
  void End(grpc::StatusCode code, Clock::duration took) {
    (code == grpc::StatusCode::OK ? ok_ : CounterOf(code)).Increment();
    seconds_.Observe(std::chrono::duration<double>(took).count());
  }

 private:
  // Looks it up: quick enough for what fails.
  Counter& CounterOf(grpc::StatusCode code) {
    const auto same = static_cast<absl::StatusCode>(code);  // the numbers are
    return handled_family_.Add(
        {{"grpc_method", method_}, {"grpc_code", absl::StatusCodeToString(same)}});
  }

  const std::string method_;
  Family<Counter>& handled_family_;
  Counter& started_;
  Counter& ok_;
  Histogram& seconds_;
};

class CallInterceptor final : public grpc::experimental::Interceptor {
 public:
  explicit CallInterceptor(MethodMetrics* metrics) : metrics_(*metrics) { metrics_.Start(); }
  ~CallInterceptor() override { metrics_.End(code_, ended_.value_or(Clock::now()) - began_); }

  void Intercept(grpc::experimental::InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(
            grpc::experimental::InterceptionHookPoints::PRE_SEND_STATUS)) {
      ended_ = Clock::now();
      code_ = methods->GetSendStatus().error_code();
    }
    methods->Proceed();
  }

 private:
  MethodMetrics& metrics_;
  const Clock::time_point began_ = Clock::now();
  std::optional<Clock::time_point> ended_;
  // Of a call that ends without a status of ours: its client is gone.
  grpc::StatusCode code_ = grpc::StatusCode::CANCELLED;
};

class CallMetrics final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  explicit CallMetrics(std::shared_ptr<prometheus::Registry> registry)
      : registry_(std::move(registry)),
        started_(prometheus::BuildCounter()
                     .Name("grpc_server_started_total")
                     .Help("Calls that were taken up")
                     .Register(*registry_)),
        handled_(prometheus::BuildCounter()
                     .Name("grpc_server_handled_total")
                     .Help("Calls that have ended, by status code")
                     .Register(*registry_)),
        seconds_(prometheus::BuildHistogram()
                     .Name("grpc_server_handling_seconds")
                     .Help("From when a call was taken up until its status was sent")
                     .Register(*registry_)) {}

  grpc::experimental::Interceptor* CreateServerInterceptor(
      grpc::experimental::ServerRpcInfo* info) override {
    MethodMetrics* metrics = MetricsOf(info->method());
    return metrics == nullptr ? nullptr : new CallInterceptor(metrics);
  }

 private:
  // Null for a method that is not there: what clients make up makes no series.
  MethodMetrics* MetricsOf(std::string_view path) {
    {
      const std::shared_lock lock(mutex_);
      const auto known = methods_.find(path);
      if (known != methods_.end()) {
        return known->second.get();
      }
    }
    if (!IsMethod(path)) {
      return nullptr;
    }
    const std::unique_lock lock(mutex_);
    std::unique_ptr<MethodMetrics>& metrics = methods_[std::string(path)];
    if (metrics == nullptr) {
      metrics = std::make_unique<MethodMetrics>(std::string(path.substr(1)), &started_, &handled_,
                                                &seconds_);
    }
    return metrics.get();
  }

  const std::shared_ptr<prometheus::Registry> registry_;
  Family<Counter>& started_;
  Family<Counter>& handled_;
  Family<Histogram>& seconds_;
  std::shared_mutex mutex_;
  std::map<std::string, std::unique_ptr<MethodMetrics>, std::less<>> methods_;  // by path
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> NewCallMetrics(
    std::shared_ptr<prometheus::Registry> registry) {
  return std::make_unique<CallMetrics>(std::move(registry));
}

}  // namespace dossier
