#include "server/extract/in_process_backend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "server/base/status_macros.h"
#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

absl::StatusOr<std::unique_ptr<ExtractorBackend>> Start(const std::string& plugin,
                                                        const std::string& config = "{}",
                                                        const OutputLimits& limits = {}) {
  ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(DOSSIER_TEST_PLUGINS "/" + plugin));
  ASSIGN_OR_RETURN(const Library* library, Library::Load(std::move(file)));
  return InProcessBackend::Create(*library, config, limits);
}

Document DocumentOf(std::string text) {
  Document document;
  document.id.push_back('d');
  document.text = std::move(text);
  return document;
}

// The puppet over "été", told what to do.
class PuppetTest : public ::testing::Test {
 protected:
  PuppetTest() : puppet_(*Start("puppet.so")) {}

  absl::StatusOr<RunOutput> Do(const std::string& deed, const StopToken& stop = StopToken()) {
    Document document = DocumentOf("été");
    document.title = deed;
    return puppet_->Process({document, {}}, stop);
  }

  std::unique_ptr<ExtractorBackend> puppet_;
};

TEST_F(PuppetTest, ReturnsWhatItSays) {
  const auto output = Do("behave");
  ASSERT_THAT(output, IsOk());
  ASSERT_EQ(output->mentions.size(), 1u);
  EXPECT_EQ(output->mentions[0].name, "été");
  ASSERT_EQ(output->triples.size(), 1u);
  EXPECT_EQ(output->triples[0].predicate, "be");
  ASSERT_EQ(output->layers.size(), 1u);
  EXPECT_EQ(output->layers[0].name, "line/1");
  EXPECT_THAT(*output->layers[0].Find<std::vector<uint32_t>>("end"), ElementsAre(5));
  EXPECT_EQ(output->refused, 0u);
}

TEST_F(PuppetTest, LosesOnlyWhatIsWrong) {
  const struct {
    const char* deed;
    const char* refusal;
  } rows[] = {
      {"span out of range", "a mention: the mention [0, 6) is out of range; the text has 5 bytes"},
      {"reversed span", "a mention: the mention [1, 0) is out of range"},
      {"cut a character", "a mention: the mention [0, 1) cuts a character"},
      {"unknown subject", "a triple: subject 7 is unknown; there are 0 mentions"},
      {"layer nobody declared", "a layer: the manifest does not provide \"token/1\""},
      {"layer twice", "a layer: line/1 comes twice"},
      {"proposition", "a proposition: the manifest does not say that it emits propositions"},
  };
  for (const auto& row : rows) {
    const auto output = Do(row.deed);
    ASSERT_THAT(output, IsOk()) << row.deed;
    EXPECT_EQ(output->refused, 1u) << row.deed;
    EXPECT_THAT(output->refusals, ElementsAre(HasSubstr(row.refusal)));
    EXPECT_EQ(output->mentions.size(), 1u) << row.deed;
    EXPECT_EQ(output->triples.size(), 1u) << row.deed;
  }
}

TEST_F(PuppetTest, FailsWholeWithTheReason) {
  const struct {
    const char* deed;
    absl::StatusCode code;
    const char* text;
  } rows[] = {
      {"fail", absl::StatusCode::kResourceExhausted, "out of ink"},
      {"throw", absl::StatusCode::kInternal, "a bad day"},
      {"throw a number", absl::StatusCode::kInternal, "unknown exception"},
      {"give up", absl::StatusCode::kInternal, "it gave up although nobody asked it to"},
      {"no layer", absl::StatusCode::kInternal, "it did not write the layer line/1"},
      {"ask for a layer", absl::StatusCode::kFailedPrecondition,
       "layer token/1 was not passed; does the manifest require it?"},
  };
  for (const auto& row : rows) {
    puppet_ = *Start("puppet.so");  // an exception leaves the instance busy
    EXPECT_THAT(Do(row.deed), StatusIs(row.code, row.text));
  }
}

TEST_F(PuppetTest, StopsWhenNobodyWaits) {
  std::stop_source source;
  const StopToken stop(source.get_token(), StopToken::Clock::time_point::max());
  const std::jthread leaver([&] { source.request_stop(); });
  EXPECT_THAT(Do("wait for stop", stop),
              StatusIs(absl::StatusCode::kCancelled, "the caller is gone"));
  const StopToken late(std::stop_token(), StopToken::Clock::now() + std::chrono::milliseconds(5));
  EXPECT_THAT(Do("wait for stop", late),
              StatusIs(absl::StatusCode::kDeadlineExceeded, "the deadline has passed"));
}

TEST_F(PuppetTest, DrownsNobody) {
  puppet_ = *Start("puppet.so", "{}", {.max_items = 1000, .max_bytes = 1 << 20});
  EXPECT_THAT(Do("flood"), StatusIs(absl::StatusCode::kResourceExhausted,
                                    "its output is larger than 1000 items or 1 MiB"));
  puppet_ = *Start("puppet.so", "{}", {.max_items = 1 << 30, .max_bytes = 1 << 20});
  EXPECT_THAT(Do("flood"), StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("1 MiB")));
}

TEST_F(PuppetTest, GivesEachThreadAnInstanceOfItsOwn) {
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        EXPECT_THAT(Do("behave"), IsOk());
      }
    });
  }
}

TEST(InProcessBackend, PassesOnWhyAConfigurationIsRefused) {
  EXPECT_THAT(Start("puppet.so", R"({"colour": "refuse"})"),
              StatusIs(absl::StatusCode::kFailedPrecondition,
                       "it refuses its configuration: \"refuse\" is not a colour"));
}

TEST(InProcessBackend, SharesTheInstanceOfAReentrantPlugin) {
  const auto reader = Start("reader.so");
  ASSERT_THAT(reader, IsOk());
  const Layer lines{"line/1",
                    2,
                    {{"begin", std::vector<uint32_t>{0, 3}},
                     {"end", std::vector<uint32_t>{2, 5}},
                     {"words", StringColumn{{1, 0}, {0, 1, 2}, "cd"}}}};
  const Document document = DocumentOf("dd\ncc");
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 200; ++i) {
        const auto output = (*reader)->Process({document, {&lines}}, StopToken());
        ASSERT_THAT(output, IsOk());
        ASSERT_EQ(output->mentions.size(), 2u);
        EXPECT_EQ(output->mentions[0].type, "d");
        EXPECT_EQ(output->mentions[1].name, "cc");
      }
    });
  }
}

}  // namespace
}  // namespace dossier
