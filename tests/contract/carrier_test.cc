// One contract, three carriers: the same plugins over the same documents, in this process, in
// worker processes and behind an address, say the same.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "server/base/status_macros.h"
#include "server/base/status_matchers.h"
#include "server/extract/backend_factory.h"
#include "server/extract/elf_image.h"
#include "server/extract/remote/remote_backend.h"
#include "server/extract/wire/extractor_server.h"
#include "server/extract/worker/worker_backend.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

WorkerOptions SmallPool() {
  WorkerOptions workers;
  workers.program = DOSSIER_WORKER;
  workers.processes = 2;
  return workers;
}

// A plugin of this process behind a port, as a stranger's extractor would be.
class Service {
 public:
  Service(const std::string& plugin,
          std::shared_ptr<grpc::ServerCredentials> credentials = grpc::InsecureServerCredentials())
      : plugin_(plugin), service_(Served(plugin)) {
    Listen(0, credentials);
  }
  ~Service() { Stop(); }

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  void Stop() {
    if (server_ != nullptr) {
      server_->Shutdown(std::chrono::system_clock::now());
      server_.reset();
    }
  }
  void Restart() { Listen(port_, grpc::InsecureServerCredentials()); }

 private:
  static ServedExtractor Served(const std::string& plugin) {
    const auto file = OpenPluginFile(plugin);
    ServedExtractor served;
    served.manifest_json = *FindManifestText(file->copy.bytes());
    served.make = [plugin](const std::string& config) {
      BackendOptions options;
      options.config = config;
      return MakeInProcessBackend(*OpenPluginFile(plugin), options);
    };
    return served;
  }

  void Listen(int port, const std::shared_ptr<grpc::ServerCredentials>& credentials) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("127.0.0.1:" + std::to_string(port), credentials, &port_);
    builder.RegisterService(&service_);
    server_ = builder.BuildAndStart();
  }

  const std::string plugin_;
  ExtractorServer service_;
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

absl::StatusOr<std::shared_ptr<ExtractorBackend>> Connect(const RemoteOptions& remote,
                                                          const std::string& config = "{}") {
  ASSIGN_OR_RETURN(const std::shared_ptr<RemotePlugin> plugin, OpenRemotePlugin(remote));
  ASSIGN_OR_RETURN(const RemoteDescription description, plugin->Describe(StopToken()));
  BackendOptions options;
  options.config = config;
  return plugin->MakeBackend(description.manifest, options, StopToken());
}

absl::StatusOr<std::shared_ptr<ExtractorBackend>> Start(Carrier carrier, const std::string& path,
                                                        const std::string& config = "{}") {
  if (carrier == Carrier::kRemote) {
    static auto* const services = new std::map<std::string, std::unique_ptr<Service>>;
    std::unique_ptr<Service>& service = (*services)[path];
    if (service == nullptr) {
      service = std::make_unique<Service>(path);
    }
    RemoteOptions remote;
    remote.address = service->address();
    return Connect(remote, config);
  }
  ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(path));
  BackendOptions options;
  options.carrier = carrier;
  options.config = config;
  return CarryAsChosen(SmallPool())(std::move(file), options);
}

std::string TestPlugin(const std::string& name) {
  return std::string(DOSSIER_TEST_PLUGINS "/") + name + ".so";
}

Document DocumentOf(std::string title, std::string text) {
  Document document;
  document.id = "d";
  document.title = std::move(title);
  document.text = std::move(text);
  return document;
}

class CarrierTest : public ::testing::TestWithParam<Carrier> {
 protected:
  absl::StatusOr<RunOutput> Ask(ExtractorBackend& backend, const std::string& deed,
                                const StopToken& stop = StopToken()) {
    const Document document = DocumentOf(deed, "été");
    return backend.Process({document, {}}, stop);
  }
};

TEST_P(CarrierTest, SaysWhatThePluginSays) {
  const auto carried = Start(GetParam(), TestPlugin("puppet"));
  const auto direct = Start(Carrier::kInProcess, TestPlugin("puppet"));
  ASSERT_THAT(carried, IsOk());
  ASSERT_THAT(direct, IsOk());
  for (const char* deed :
       {"behave", "span out of range", "reversed span", "cut a character", "unknown subject",
        "layer nobody declared", "layer twice", "proposition", "no layer", "throw",
        "throw a number", "fail", "give up", "ask for a layer", "log"}) {
    const auto expected = Ask(**direct, deed);
    const auto answered = Ask(**carried, deed);
    EXPECT_EQ(answered.status(), expected.status()) << deed;
    EXPECT_TRUE(!answered.ok() || *answered == *expected) << deed;
  }
}

TEST_P(CarrierTest, StopsWhenNobodyWaits) {
  const auto backend = Start(GetParam(), TestPlugin("puppet"));
  ASSERT_THAT(backend, IsOk());
  std::stop_source caller;
  std::jthread leave([&] { caller.request_stop(); });
  EXPECT_THAT(Ask(**backend, "wait for stop",
                  StopToken(caller.get_token(), StopToken::Clock::time_point::max())),
              StatusIs(absl::StatusCode::kCancelled, ::testing::_));
  EXPECT_THAT(
      Ask(**backend, "wait for stop",
          StopToken(std::stop_token(), StopToken::Clock::now() + std::chrono::milliseconds(20))),
      StatusIs(absl::StatusCode::kDeadlineExceeded, ::testing::_));
  EXPECT_THAT(Ask(**backend, "behave"), IsOk());
  EXPECT_EQ((*backend)->State().restarts, 0u);
}

TEST_P(CarrierTest, PassesLayersAndConfiguration) {
  const auto puppet = Start(GetParam(), TestPlugin("puppet"));
  const auto reader = Start(GetParam(), TestPlugin("reader"));
  ASSERT_THAT(puppet, IsOk());
  ASSERT_THAT(reader, IsOk());
  const Document document = DocumentOf("", "one\ntwö\n\nthree");
  const auto lines = (*puppet)->Process({document, {}}, StopToken());
  ASSERT_THAT(lines, IsOk());
  const auto output = (*reader)->Process({document, {&lines->layers[0]}}, StopToken());
  ASSERT_THAT(output, IsOk());
  ASSERT_EQ(output->mentions.size(), 3u);  // an empty line makes no mention
  EXPECT_EQ(output->mentions[1].type, "twö");
  EXPECT_THAT(Start(GetParam(), TestPlugin("puppet"), R"({"colour": "refuse"})"),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("is not a colour")));
}

TEST_P(CarrierTest, ReadsDocumentsSideBySide) {
  const auto backend = Start(GetParam(), TestPlugin("puppet"));
  ASSERT_THAT(backend, IsOk());
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&, i] {
      for (int k = 0; k < 20; ++k) {
        const Document document = DocumentOf("", std::string(static_cast<std::size_t>(i + 1), 'x'));
        const auto output = (*backend)->Process({document, {}}, StopToken());
        ASSERT_THAT(output, IsOk());
        ASSERT_EQ(output->triples[0].sentence.end, static_cast<uint32_t>(i + 1));
      }
    });
  }
}

INSTANTIATE_TEST_SUITE_P(Carriers, CarrierTest,
                         ::testing::Values(Carrier::kInProcess, Carrier::kWorker, Carrier::kRemote),
                         [](const auto& carrier) {
                           return carrier.param == Carrier::kInProcess ? "InProcess"
                                  : carrier.param == Carrier::kWorker  ? "Worker"
                                                                       : "Remote";
                         });

TEST(RemoteTest, SendsAgainWhenTheExtractorWasRestarted) {
  Service service(TestPlugin("puppet"));
  RemoteOptions remote;
  remote.address = service.address();
  const auto backend = Connect(remote);
  ASSERT_THAT(backend, IsOk());
  service.Stop();
  const Document document = DocumentOf("behave", "été");
  std::jthread later([&] { service.Restart(); });
  EXPECT_THAT((*backend)->Process({document, {}}, StopToken()), IsOk());
  EXPECT_EQ((*backend)->State().reason, "");
  later.join();
  service.Stop();
  EXPECT_THAT((*backend)->Process({document, {}}, StopToken()),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr(service.address())));
  EXPECT_THAT((*backend)->State().reason, HasSubstr("does not serve"));
}

TEST(RemoteTest, NobodyThereIsToldWithTheAddress) {
  RemoteOptions remote;
  remote.address = "127.0.0.1:1";
  EXPECT_THAT(Connect(remote), StatusIs(absl::StatusCode::kUnavailable, HasSubstr("127.0.0.1:1")));
  remote.ca = "/no/such/ca.pem";
  EXPECT_THAT(Connect(remote), StatusIs(absl::StatusCode::kNotFound, HasSubstr("/no/such/ca.pem")));
}

TEST(RemoteTest, EndsADocumentThatTakesTooLong) {
  Service service(TestPlugin("puppet"));
  RemoteOptions remote;
  remote.address = service.address();
  const auto patient = Connect(remote);
  remote.time_limit = std::chrono::milliseconds(500);
  const auto backend = Connect(remote);
  ASSERT_THAT(backend, IsOk());
  EXPECT_THAT((*backend)->Process({DocumentOf("wait for stop", "x"), {}}, StopToken()),
              StatusIs(absl::StatusCode::kDeadlineExceeded, HasSubstr("longer than 0.5 s")));
  EXPECT_THAT((*patient)->Process({DocumentOf("", "x"), {}}, StopToken()), IsOk());
}

// Its own authority and, for both ends, one certificate of the loopback address.
class TlsTest : public ::testing::Test {
 protected:
  TlsTest() {
    Run("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out ca.pem "
        "-days 2 -subj /CN=loopback -addext subjectAltName=IP:127.0.0.1");
  }

  void Run(const std::string& command) {
    ASSERT_EQ(
        std::system(("cd " + folder_.path() + " && openssl " + command + " 2>/dev/null").c_str()),
        0);
  }
  std::string Path(const std::string& name) const { return folder_.path() + "/" + name; }
  std::string Read(const std::string& name) const {
    std::ifstream file(Path(name));
    return std::string(std::istreambuf_iterator<char>(file), {});
  }

  const TempFolder folder_;
};

TEST_F(TlsTest, BothEndsKnowEachOther) {
  grpc::SslServerCredentialsOptions tls(GRPC_SSL_REQUEST_AND_REQUIRE_CLIENT_CERTIFICATE_AND_VERIFY);
  tls.pem_root_certs = Read("ca.pem");
  tls.pem_key_cert_pairs = {{Read("key.pem"), Read("ca.pem")}};
  Service service(TestPlugin("puppet"), grpc::SslServerCredentials(tls));
  RemoteOptions remote;
  remote.address = service.address();
  EXPECT_THAT(Connect(remote), StatusIs(absl::StatusCode::kUnavailable, ::testing::_));
  remote.ca = Path("ca.pem");
  EXPECT_THAT(Connect(remote), StatusIs(absl::StatusCode::kUnavailable, ::testing::_));
  remote.certificate = Path("ca.pem");
  remote.key = Path("key.pem");
  const auto backend = Connect(remote);
  ASSERT_THAT(backend, IsOk());
  EXPECT_THAT((*backend)->Process({DocumentOf("", "x"), {}}, StopToken()), IsOk());
}

}  // namespace
}  // namespace dossier
