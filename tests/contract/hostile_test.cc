// Plugins that do what no plugin may do, each in worker processes: the server goes on, nothing bad
// gets through, and the reason is told.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "server/base/status_macros.h"
#include "server/base/status_matchers.h"
#include "server/extract/worker/worker_backend.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class HostileTest : public ::testing::Test {
 protected:
  HostileTest() {
    workers_.program = DOSSIER_WORKER;
    workers_.memory_bytes = uint64_t{2} << 30;
    options_.limits.max_items = 100'000;
  }

  absl::StatusOr<std::shared_ptr<ExtractorBackend>> Start(const std::string& deed) {
    ASSIGN_OR_RETURN(PluginFile file,
                     OpenPluginFile(DOSSIER_TEST_PLUGINS "/hostile_" + deed + ".so"));
    return WorkerBackend::Create(std::move(file), options_, workers_);
  }

  // Has the plugin read a document: its id, "bad" unless it is to behave, and its uri.
  static absl::StatusOr<RunOutput> Read(ExtractorBackend& backend, const std::string& id,
                                        const std::string& title = "",
                                        const std::string& uri = "") {
    Document document;
    document.id = id;
    document.title = title;
    document.uri = uri;
    document.text = "été";
    return backend.Process({document, {}}, StopToken());
  }

  // The plugin's deed does it no good and nobody else harm.
  void ExpectHarmless(const std::string& deed, const std::string& uri = "") {
    const auto backend = Start(deed);
    ASSERT_THAT(backend, IsOk());
    const auto output = Read(**backend, "bad", "", uri);
    ASSERT_THAT(output, IsOk());
    EXPECT_THAT(output->mentions, SizeIs(1));
    EXPECT_EQ((*backend)->State().restarts, 0u);
  }

  WorkerOptions workers_;
  BackendOptions options_;
};

// AddressSanitizer reports what would be a signal, and ends the process itself.
#ifdef __SANITIZE_ADDRESS__
constexpr char kSegfault[] = "exited with status 1";
#else
constexpr char kSegfault[] = "signal 11";
#endif

struct Crash {
  const char* deed;
  const char* reason;
};

class CrashTest : public HostileTest, public ::testing::WithParamInterface<Crash> {};

// A document that kills is tried twice and then set aside, for others the plugin goes on; the third
// crash quarantines it.
TEST_P(CrashTest, CostsItsDocumentThenThePlugin) {
  const bool too_slow = GetParam().reason == std::string("longer");
  if (too_slow) {
    workers_.time_limit = std::chrono::milliseconds(300);
    workers_.grace = std::chrono::milliseconds(50);
  }
  const auto backend = Start(GetParam().deed);
  ASSERT_THAT(backend, IsOk());
  EXPECT_THAT(Read(**backend, "good", "behave"), IsOk());
  EXPECT_THAT(Read(**backend, "bad"),
              StatusIs(absl::StatusCode::kAborted,
                       AllOf(HasSubstr("killed it 2 times"), HasSubstr(GetParam().reason))));
  EXPECT_THAT(Read(**backend, "good", "behave"), IsOk());
  BackendState state = (*backend)->State();
  EXPECT_FALSE(state.quarantined);
  EXPECT_EQ(state.restarts, 2u);
  EXPECT_EQ(state.timeouts, too_slow ? 2u : 0u);
  ASSERT_THAT(state.set_aside, SizeIs(1));
  EXPECT_EQ(state.set_aside[0].document_id, "bad");
  EXPECT_THAT(state.set_aside[0].reason, HasSubstr(GetParam().reason));

  EXPECT_THAT(Read(**backend, "bad"), StatusIs(absl::StatusCode::kAborted, HasSubstr("2 times")));
  EXPECT_THAT(Read(**backend, "worse"),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("quarantined")));
  EXPECT_THAT(Read(**backend, "good", "behave"),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("quarantined")));
  state = (*backend)->State();
  EXPECT_TRUE(state.quarantined);
  EXPECT_THAT(state.reason,
              AllOf(HasSubstr("3 crashes within 5 minutes"), HasSubstr(GetParam().reason)));
}

INSTANTIATE_TEST_SUITE_P(
    Deeds, CrashTest,
    ::testing::Values(Crash{"segfault", kSegfault}, Crash{"aborts", "signal 6"},
                      Crash{"aborts", "a goodbye"}, Crash{"exits", "exited with status 0"},
                      Crash{"loop", "longer"}, Crash{"deadlock", "longer"},
                      Crash{"overflow", kSegfault}, Crash{"allocate", "its process"},
                      Crash{"throws", "signal 6"}),
    [](const auto& crash) { return crash.param.deed + std::to_string(crash.index); });

TEST_F(HostileTest, ThreadsAndLinesOnStandardOutputDoNoHarm) {
  ExpectHarmless("thread");
  ExpectHarmless("prints");
}

TEST_F(HostileTest, NoProcessIsStartedOrKilled) {
  ExpectHarmless("forks");
  ExpectHarmless("kills");
}

TEST_F(HostileTest, NoFileIsReadWrittenOrDeleted) {
  const TempFolder folder;
  const std::string canary = folder.path() + "/canary";
  std::ofstream(canary) << "sings";
  ExpectHarmless("deletes", canary);
  EXPECT_EQ(std::filesystem::file_size(canary), 5u);
}

TEST_F(HostileTest, NoPortIsReached) {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = {};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ASSERT_EQ(bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(listener, 1), 0);
  ASSERT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  ExpectHarmless("connects", std::to_string(ntohs(address.sin_port)));
  close(listener);
}

TEST_F(HostileTest, AFloodIsCutOff) {
  const auto backend = Start("floods");
  ASSERT_THAT(backend, IsOk());
  EXPECT_THAT(Read(**backend, "bad"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("100000 items")));
  EXPECT_THAT(Read(**backend, "good", "behave"), IsOk());
}

TEST_F(HostileTest, SpansAndLayersOutsideTheContractAreRefusedAlone) {
  const auto spans = Start("spans");
  ASSERT_THAT(spans, IsOk());
  const auto output = Read(**spans, "bad");
  ASSERT_THAT(output, IsOk());
  EXPECT_THAT(output->mentions, SizeIs(1));
  EXPECT_EQ(output->refused, 4u);
  EXPECT_THAT(output->refusals,
              ElementsAre(HasSubstr("out of range"), HasSubstr("out of range"),
                          HasSubstr("cuts a character"), HasSubstr("out of range")));
  const auto layers = Start("layers");
  ASSERT_THAT(layers, IsOk());
  EXPECT_THAT(Read(**layers, "bad")->refusals, ElementsAre(HasSubstr("does not provide")));
}

TEST_F(HostileTest, OneThatCrashesWhileItIsLoadedIsRefused) {
  EXPECT_THAT(Start("constructor"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       AllOf(HasSubstr("signal 6"), HasSubstr("while it was loaded"))));
}

}  // namespace
}  // namespace dossier
