// The template plugin, over the SDK and in plain C: the same text, the same output.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "server/base/status_macros.h"
#include "server/base/status_matchers.h"
#include "server/extract/in_process_backend.h"

namespace dossier {
namespace {

absl::StatusOr<std::unique_ptr<ExtractorBackend>> Start(const std::string& plugin) {
  ASSIGN_OR_RETURN(PluginFile file, OpenPluginFile(DOSSIER_SAMPLE_PLUGINS "/" + plugin));
  ASSIGN_OR_RETURN(const Library* library, Library::Load(std::move(file)));
  return InProcessBackend::Create(*library, "{}", OutputLimits());
}

std::vector<std::string> Names(const RunOutput& output) {
  std::vector<std::string> names;
  for (const ExtractedMention& mention : output.mentions) {
    names.push_back(mention.name);
  }
  return names;
}

TEST(Template, FindsAddresses) {
  const auto email = Start("email.so");
  ASSERT_THAT(email, IsOk());
  Document document;
  document.text = "Write to a.b@example.org. Not @me, not x@y, x@@y.z!";
  const auto output = (*email)->Process({document, {}}, StopToken());
  ASSERT_THAT(output, IsOk());
  EXPECT_THAT(Names(*output), ::testing::ElementsAre("a.b@example.org"));
  EXPECT_EQ(output->mentions[0].type, "EMAIL");
}

TEST(Template, SaysTheSameInBothLanguages) {
  const auto cpp = Start("email.so");
  const auto c = Start("email_c.so");
  ASSERT_THAT(cpp, IsOk());
  ASSERT_THAT(c, IsOk());
  std::mt19937 random(6);
  for (int round = 0; round < 2000; ++round) {
    Document document;
    for (std::size_t i = 0; i < random() % 30; ++i) {
      document.text += "ab..@@ é"[random() % 7];
    }
    std::erase_if(document.text, [](char byte) { return byte < 0; });
    const auto from_cpp = (*cpp)->Process({document, {}}, StopToken());
    const auto from_c = (*c)->Process({document, {}}, StopToken());
    ASSERT_THAT(from_cpp, IsOk());
    ASSERT_THAT(from_c, IsOk());
    EXPECT_EQ(*from_cpp, *from_c) << document.text;
  }
}

}  // namespace
}  // namespace dossier
