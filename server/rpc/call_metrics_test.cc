#include "server/rpc/call_metrics.h"

#include <gtest/gtest.h>
#include <prometheus/registry.h>

#include <map>
#include <memory>
#include <string>
#include <thread>

#include "server/rpc/server_testing.h"

namespace dossier {
namespace {

constexpr char kStats[] = "/dossier.v1.AdminService/Stats";
constexpr char kGet[] = "/dossier.v1.DocumentService/Get";

// The series of all families, counters by their value, histograms by the number of observations.
std::map<std::string, double> Read(const prometheus::Registry& registry) {
  std::map<std::string, double> series;
  for (const prometheus::MetricFamily& family : registry.Collect()) {
    for (const prometheus::ClientMetric& metric : family.metric) {
      std::string name = family.name;
      for (const auto& label : metric.label) {
        name += " " + label.value;
      }
      series[name] = family.type == prometheus::MetricType::Histogram
                         ? static_cast<double>(metric.histogram.sample_count)
                         : metric.counter.value;
    }
  }
  return series;
}

class CallMetricsTest : public ::testing::Test {
 protected:
  CallMetricsTest() : server_(std::make_unique<TestServer>(Options())) {}

  RpcServer::Options Options() const {
    RpcServer::Options options;
    options.metrics = registry_;
    return options;
  }
  // Once every call is over.
  std::map<std::string, double> Series() {
    server_.reset();
    return Read(*registry_);
  }

  const std::shared_ptr<prometheus::Registry> registry_ = std::make_shared<prometheus::Registry>();
  std::unique_ptr<TestServer> server_;
};

TEST_F(CallMetricsTest, CountsCallsByMethodAndCode) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(CallRaw(server_->channel().get(), kStats, "").ok());
  }
  EXPECT_FALSE(CallRaw(server_->channel().get(), kGet, "").ok());  // names no document
  const auto series = Series();
  EXPECT_EQ(series.at("grpc_server_started_total dossier.v1.AdminService/Stats"), 3);
  EXPECT_EQ(series.at("grpc_server_handled_total OK dossier.v1.AdminService/Stats"), 3);
  EXPECT_EQ(series.at("grpc_server_handling_seconds dossier.v1.AdminService/Stats"), 3);
  EXPECT_EQ(series.at("grpc_server_handled_total OK dossier.v1.DocumentService/Get"), 0);
  EXPECT_EQ(series.at("grpc_server_handled_total INVALID_ARGUMENT dossier.v1.DocumentService/Get"),
            1);
}

TEST_F(CallMetricsTest, ACallThatItsClientGivesUpIsOverToo) {
  server_->ingestor().BlockDeletes(true);
  grpc::ClientContext context;
  std::jthread caller([&] {
    grpc::ByteBuffer response;
    grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
        server_->channel().get(),
        grpc::internal::RpcMethod("/dossier.v1.DocumentService/Delete",
                                  grpc::internal::RpcMethod::NORMAL_RPC),
        &context, ToBuffer("\x12\x01z"), &response);
  });
  ASSERT_TRUE(server_->ingestor().WaitForDeletes(1));
  context.TryCancel();
  caller.join();
  server_->ingestor().BlockDeletes(false);
  const auto series = Series();
  EXPECT_EQ(series.at("grpc_server_started_total dossier.v1.DocumentService/Delete"), 1);
  EXPECT_EQ(series.at("grpc_server_handling_seconds dossier.v1.DocumentService/Delete"), 1);
}

TEST_F(CallMetricsTest, NamesOfMethodsThatThereAreNotMakeNoSeries) {
  EXPECT_FALSE(CallRaw(server_->channel().get(), "/dossier.v1.AdminService/Nonsense", "").ok());
  for (const auto& [name, value] : Series()) {
    EXPECT_EQ(name.find("Nonsense"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace dossier
