#include "server/extract/pipeline.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <stop_token>
#include <string>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Body = std::function<absl::StatusOr<RunOutput>(const DocumentInput&)>;

class FakeBackend : public ExtractorBackend {
 public:
  explicit FakeBackend(Body body) : body_(std::move(body)) {}

  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken&) override {
    return body_(input);
  }

 private:
  Body body_;
};

Layer EmptyLayer(std::string name) { return {std::move(name), 0, {}}; }

// A plugin that writes its layers, and notes its name and what it was given in `log`.
ActivePlugin Plugin(std::string id, std::vector<std::string> requires_layers,
                    std::vector<std::string> provides, std::vector<std::string>* log) {
  ActivePlugin plugin;
  plugin.manifest.id = id;
  plugin.manifest.version = "1.0.0";
  plugin.manifest.requires_layers = std::move(requires_layers);
  plugin.manifest.provides = provides;
  plugin.extractor.id = id;
  plugin.backend = std::make_shared<FakeBackend>([=](const DocumentInput& input) {
    std::string line = id;
    for (const Layer* layer : input.layers) {
      line += " " + layer->name;
    }
    log->push_back(line);
    RunOutput output;
    for (const std::string& layer : provides) {
      output.layers.push_back(EmptyLayer(layer));
    }
    return output;
  });
  return plugin;
}

class PipelineTest : public ::testing::Test {
 protected:
  PipelineTest() {
    document_.id = "d1";
    document_.text = "text";
  }

  absl::StatusOr<Extraction> Run(std::vector<ActivePlugin> plugins,
                                 KeepLayers keep = KeepLayers::kNo, StopToken stop = StopToken()) {
    return RunPipeline(**Plan::Make(std::move(plugins)), document_, stop, keep);
  }

  Document document_;
  std::vector<std::string> log_;
};

TEST_F(PipelineTest, PassesDeclaredLayersInTheirOrderAndNoOthers) {
  ASSERT_THAT(
      Run({Plugin("org.a", {}, {"x/1", "y/1", "z/1"}, &log_),
           Plugin("org.b", {"z/1", "x/1"}, {"w/1"}, &log_), Plugin("org.c", {"w/1"}, {}, &log_)}),
      IsOk());
  EXPECT_THAT(log_, ElementsAre("org.a", "org.b z/1 x/1", "org.c w/1"));
}

TEST_F(PipelineTest, PassesAcceptedLayersWhereTheyAre) {
  ActivePlugin reader = Plugin("org.a", {"x/1"}, {}, &log_);
  reader.manifest.accepts_layers = {"z/1", "y/1"};
  ASSERT_THAT(Run({reader, Plugin("org.x", {}, {"x/1"}, &log_)}), IsOk());
  EXPECT_THAT(log_, ElementsAre("org.x", "org.a x/1"));
  log_.clear();
  ActivePlugin german = Plugin("org.y", {}, {"y/1"}, &log_);
  german.manifest.languages = {"de"};
  const std::vector<ActivePlugin> plugins = {reader, Plugin("org.x", {}, {"x/1"}, &log_), german,
                                             Plugin("org.z", {}, {"z/1"}, &log_)};
  document_.language = "en";
  ASSERT_THAT(Run(plugins), IsOk());
  EXPECT_THAT(log_, ElementsAre("org.x", "org.z", "org.a x/1 z/1"));
}

TEST_F(PipelineTest, KeepsLayersForWhoAsks) {
  const std::vector<ActivePlugin> plugins = {Plugin("org.a", {}, {"x/1"}, &log_)};
  EXPECT_THAT(Run(plugins)->runs[0].output.layers, IsEmpty());
  EXPECT_THAT(Run(plugins, KeepLayers::kYes)->runs[0].output.layers,
              ElementsAre(EmptyLayer("x/1")));
}

TEST_F(PipelineTest, PassesByDocumentsOfOtherLanguages) {
  ActivePlugin english = Plugin("org.english", {}, {"x/1"}, &log_);
  english.manifest.languages = {"en"};
  const std::vector<ActivePlugin> plugins = {english, Plugin("org.needy", {"x/1"}, {}, &log_),
                                             Plugin("org.other", {}, {}, &log_)};
  document_.language = "de";
  const auto extraction = Run(plugins);
  ASSERT_THAT(extraction, IsOk());
  EXPECT_THAT(log_, ElementsAre("org.other"));
  ASSERT_EQ(extraction->runs.size(), 1u);
  EXPECT_EQ(extraction->runs[0].extractor.id, "org.other");
  log_.clear();
  document_.language = "";
  EXPECT_EQ(Run(plugins)->runs.size(), 3u);
}

TEST_F(PipelineTest, RefusesTheDocumentWhenOneExtractorFails) {
  ActivePlugin bad = Plugin("org.bad", {"x/1"}, {}, &log_);
  bad.backend = std::make_shared<FakeBackend>(
      [](const DocumentInput&) { return absl::ResourceExhaustedError("out of ink"); });
  EXPECT_THAT(Run({Plugin("org.a", {}, {"x/1"}, &log_), bad}),
              StatusIs(absl::StatusCode::kResourceExhausted,
                       "extractor org.bad 1.0.0 failed on document \"d1\": out of ink"));
}

TEST_F(PipelineTest, GoesOnWithoutOneThatItsCarrierKeepsBack) {
  ActivePlugin bad = Plugin("org.bad", {}, {"x/1"}, &log_);
  bad.backend = std::make_shared<FakeBackend>(
      [](const DocumentInput&) { return absl::AbortedError("it is quarantined"); });
  const auto extraction =
      Run({bad, Plugin("org.needy", {"x/1"}, {}, &log_), Plugin("org.other", {}, {}, &log_)});
  ASSERT_THAT(extraction, IsOk());
  EXPECT_THAT(log_, ElementsAre("org.other"));
  EXPECT_THAT(extraction->warnings, ElementsAre("org.bad was left out: it is quarantined"));
}

TEST_F(PipelineTest, StopsBetweenExtractors) {
  std::stop_source source;
  const StopToken stop(source.get_token(), StopToken::Clock::time_point::max());
  ActivePlugin stopping = Plugin("org.a", {}, {"x/1"}, &log_);
  stopping.backend = std::make_shared<FakeBackend>([&](const DocumentInput&) {
    source.request_stop();
    return RunOutput();
  });
  EXPECT_THAT(Run({stopping, Plugin("org.b", {}, {}, &log_)}, KeepLayers::kNo, stop),
              StatusIs(absl::StatusCode::kCancelled, "the caller is gone"));
  EXPECT_THAT(log_, IsEmpty());
  const StopToken late(std::stop_token(), StopToken::Clock::now());
  EXPECT_THAT(Run({Plugin("org.b", {}, {}, &log_)}, KeepLayers::kNo, late),
              StatusIs(absl::StatusCode::kDeadlineExceeded, "the deadline has passed"));
}

}  // namespace
}  // namespace dossier
