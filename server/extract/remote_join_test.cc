// Extractors behind an address that come and go: a host is told of them by a fake.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "server/base/status_matchers.h"
#include "server/extract/pipeline.h"
#include "server/extract/plugin_host.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SilentBackend final : public ExtractorBackend {
 public:
  absl::StatusOr<RunOutput> Process(const DocumentInput&, const StopToken&) override {
    return RunOutput();
  }
};

class FakeRemote final : public RemotePlugin {
 public:
  const std::string& address() const override { return address_; }

  absl::StatusOr<RemoteDescription> Describe(const StopToken&) override {
    ++asked_;
    if (!answers_) {
      return absl::UnavailableError("the extractor at far:1 does not answer: nobody there");
    }
    RemoteDescription description;
    description.manifest.id = id_;
    description.manifest.version = version_;
    description.sha256 = "of " + version_;
    return description;
  }

  absl::StatusOr<std::shared_ptr<ExtractorBackend>> MakeBackend(const Manifest&,
                                                                const BackendOptions&,
                                                                const StopToken&) override {
    return std::make_shared<SilentBackend>();
  }

  const std::string address_ = "far:1";
  std::string id_ = "org.far";
  std::string version_ = "1.0.0";
  std::atomic<bool> answers_ = false;
  std::atomic<int> asked_ = 0;
};

class RemoteJoinTest : public ::testing::Test {
 protected:
  RemoteJoinTest() {
    options_.folder = fs::path(folder_.path()) / "folder";
    fs::create_directory(options_.folder);
    options_.retry_pause = std::chrono::milliseconds(1);
    options_.remotes = {remote_};
  }

  void Start() {
    auto host = PluginHost::Start(options_);
    ASSERT_THAT(host, IsOk());
    host_ = *std::move(host);
  }

  absl::StatusOr<Extraction> Read() {
    Document document;
    document.id = "d";
    document.text = "text";
    return RunPipeline(*host_->plan(), document, StopToken(), KeepLayers::kNo);
  }

  // A test that waits for ever fails by its time.
  void AwaitState(PluginState state) {
    while (host_->List().at(0).state != state) {
      std::this_thread::yield();
    }
  }

  const TempFolder folder_;
  const std::shared_ptr<FakeRemote> remote_ = std::make_shared<FakeRemote>();
  PluginOptions options_;
  std::unique_ptr<PluginHost> host_;
};

TEST_F(RemoteJoinTest, OneThatIsDownIsToldOfAndJoinsWhenItAnswers) {
  Start();
  const PluginInfo info = host_->List().at(0);
  EXPECT_EQ(info.state, PluginState::kUnreachable);
  EXPECT_EQ(info.file, "far:1");
  EXPECT_THAT(info.reason, HasSubstr("the extractor at far:1 does not answer"));
  const auto without = Read();
  ASSERT_THAT(without, IsOk());
  EXPECT_THAT(without->runs, IsEmpty());
  EXPECT_THAT(without->warnings, ElementsAre(HasSubstr("far:1")));
  while (remote_->asked_ < 3) {
    std::this_thread::yield();
  }
  EXPECT_EQ(host_->List().at(0).state, PluginState::kUnreachable);

  remote_->answers_ = true;
  AwaitState(PluginState::kLoaded);
  const auto with = Read();
  ASSERT_THAT(with, IsOk());
  ASSERT_THAT(with->runs, SizeIs(1));
  EXPECT_EQ(with->runs[0].extractor.sha256, "of 1.0.0");
  EXPECT_THAT(with->warnings, IsEmpty());
  EXPECT_EQ(host_->List().at(0).manifest.id, "org.far");
  EXPECT_GT(host_->List().at(0).generation, 0u);
}

TEST_F(RemoteJoinTest, OneThatFitsNowhereIsRefusedWhenItAnswers) {
  fs::copy(DOSSIER_TEST_PLUGINS "/puppet.so", options_.folder);
  remote_->id_ = "org.dossier.test.puppet";
  Start();
  remote_->answers_ = true;
  while (host_->List().at(1).state == PluginState::kUnreachable) {
    std::this_thread::yield();
  }
  EXPECT_EQ(host_->List().at(0).state, PluginState::kLoaded);
  EXPECT_EQ(host_->List().at(1).state, PluginState::kRefused);
  EXPECT_THAT(host_->List().at(1).reason, HasSubstr("another plugin of this id"));
  EXPECT_THAT(Read()->runs, SizeIs(1));
}

TEST_F(RemoteJoinTest, ReloadAsksAgainWhoItIs) {
  options_.retry_pause = std::chrono::hours(1);
  Start();
  EXPECT_THAT(host_->Reload("far:1", {}),
              StatusIs(absl::StatusCode::kUnavailable, HasSubstr("far:1")));
  remote_->answers_ = true;
  const auto joined = host_->Reload("far:1", {});
  ASSERT_THAT(joined, IsOk());
  EXPECT_EQ(joined->manifest.version, "1.0.0");
  remote_->version_ = "1.1.0";
  const auto renewed = host_->Reload("org.far", {});
  ASSERT_THAT(renewed, IsOk());
  EXPECT_EQ(renewed->extractor.sha256, "of 1.1.0");
  EXPECT_GT(renewed->generation, joined->generation);
  EXPECT_THAT(Read()->runs, SizeIs(1));
  // One that serves is not given up when it does not answer.
  remote_->answers_ = false;
  EXPECT_THAT(host_->Reload("org.far", {}), StatusIs(absl::StatusCode::kUnavailable, ::testing::_));
  EXPECT_EQ(host_->List().at(0).state, PluginState::kLoaded);
  EXPECT_THAT(host_->Reload("org.far", "{}"), StatusIs(absl::StatusCode::kFailedPrecondition,
                                                       HasSubstr("the server's configuration")));
}

TEST_F(RemoteJoinTest, OneThatIsNeverThereHoldsNobodyUp) {
  options_.retry_pause = std::chrono::hours(1);
  Start();
  host_ = nullptr;
}

}  // namespace
}  // namespace dossier
