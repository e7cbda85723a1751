#include "server/extract/manifest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The smallest manifest with `members` beside.
std::string With(const std::string& members) {
  return R"({"id": "org.example.a", "version": "1.0.0", "abi": "1.0")" +
         (members.empty() ? "" : ", " + members) + "}";
}

TEST(Manifest, ReadsEveryKey) {
  const auto manifest = ParseManifest(R"({
    "id": "org.example.weather", "version": "1.2.3-rc.1+b7", "abi": "1.0",
    "description": "Reads the sky.", "license": "MIT",
    "requires": ["token/1", "dep.ud/12"], "provides": ["sky/1"],
    "accepts": ["name/1"], "emits": ["triples", "mentions"], "languages": ["en", "zh-Hant"],
    "config_schema": {"type": "object"}, "unknown": [1]})");
  ASSERT_THAT(manifest, IsOk());
  EXPECT_EQ(manifest->id, "org.example.weather");
  EXPECT_EQ(manifest->version, "1.2.3-rc.1+b7");
  EXPECT_EQ(manifest->abi_major, 1);
  EXPECT_EQ(manifest->abi_minor, 0);
  EXPECT_EQ(manifest->description, "Reads the sky.");
  EXPECT_EQ(manifest->license, "MIT");
  EXPECT_THAT(manifest->requires_layers, ElementsAre("token/1", "dep.ud/12"));
  EXPECT_THAT(manifest->accepts_layers, ElementsAre("name/1"));
  EXPECT_THAT(manifest->provides, ElementsAre("sky/1"));
  EXPECT_TRUE(manifest->emits_mentions);
  EXPECT_TRUE(manifest->emits_triples);
  EXPECT_FALSE(manifest->emits_propositions);
  EXPECT_THAT(manifest->languages, ElementsAre("en", "zh-Hant"));
  EXPECT_EQ(manifest->config_schema, R"({"type":"object"})");
}

TEST(Manifest, NeedsOnlyThreeKeys) {
  const auto manifest = ParseManifest(With(""));
  ASSERT_THAT(manifest, IsOk());
  EXPECT_THAT(manifest->provides, IsEmpty());
  EXPECT_FALSE(manifest->emits_mentions);
  EXPECT_EQ(manifest->config_schema, "");
}

TEST(Manifest, NamesKeyAndFault) {
  const struct {
    std::string json;
    const char* text;
  } rows[] = {
      {"", "not well-formed JSON"},
      {"{\"id\": \"org.ex", "not well-formed JSON"},
      {"[1]", "manifest is a JSON array, not an object"},
      {std::string(100'000, '['), "nested deeper"},
      {"{\"a\": " + std::string(1000, '{'), "nested deeper"},
      {R"({"id": "org.a", "version": "1.0.0"})", "\"abi\" is missing"},
      {R"({"id": "org.a", "version": "1.0.0", "abi": 1})", "\"abi\" must be a string, not number"},
      {R"({"id": "org.a", "version": "1.0.0", "abi": "1"})", "\"abi\" is \"1\""},
      {R"({"id": "org.a", "version": "1.0.0", "abi": "1.x"})", "\"abi\" is \"1.x\""},
      {R"({"id": "org.a", "version": "1.0.0", "abi": "99999999999.0"})", "\"abi\" is"},
      {R"({"version": "1.0.0", "abi": "1.0"})", "\"id\" is missing"},
      {R"({"id": "no dots", "version": "1.0.0", "abi": "1.0"})", "\"id\" is \"no dots\""},
      {R"({"id": "../etc.passwd", "version": "1.0.0", "abi": "1.0"})", "\"id\" is \"../etc"},
      {R"({"id": "org.a", "version": "1.0", "abi": "1.0"})", "\"version\" is \"1.0\""},
      {R"({"id": "org.a", "version": "1.0.0.0", "abi": "1.0"})", "\"version\" is"},
      {R"({"id": "org.a", "version": "1.0.01", "abi": "1.0"})", "\"version\" is"},
      {R"({"id": "org.a", "version": "1.0.0-", "abi": "1.0"})", "\"version\" is"},
      {With(R"("requires": "token/1")"), "\"requires\" must be an array"},
      {With(R"("requires": ["token"])"), "\"requires\" holds \"token\", not a layer"},
      {With(R"("requires": ["token/"])"), "\"requires\" holds \"token/\""},
      {With(R"("provides": ["/1"])"), "\"provides\" holds \"/1\""},
      {With(R"("provides": [7])"), "\"provides\" holds 7"},
      {With(R"("provides": ["a/1", "a/1"])"), "\"provides\" holds \"a/1\" twice"},
      {With(R"("emits": ["facts"])"), "\"emits\" holds \"facts\""},
      {With(R"("languages": ["e n"])"), "\"languages\" holds \"e n\""},
      {With(R"("config_schema": [])"), "\"config_schema\" must be an object"},
      {With(R"("license": null)"), "\"license\" must be a string, not null"},
      {With("\"description\": \"" + std::string(5000, 'x') + "\""), "\"description\" is longer"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(ParseManifest(row.json),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.text)))
        << row.json.substr(0, 80);
  }
}

TEST(Manifest, RefusesAnotherAbiWhateverElseItSays) {
  for (const char* abi : {"2.0", "0.9", "1.1"}) {
    EXPECT_THAT(ParseManifest(std::string(R"({"identity": 1, "abi": ")") + abi + "\"}"),
                StatusIs(absl::StatusCode::kFailedPrecondition,
                         HasSubstr(std::string("plugin ABI ") + abi)));
  }
}

TEST(Manifest, MatchesLanguagesByPrefix) {
  Manifest manifest;
  EXPECT_TRUE(manifest.Reads("de"));
  manifest.languages = {"en", "zh-Hant"};
  EXPECT_TRUE(manifest.Reads(""));
  EXPECT_TRUE(manifest.Reads("en"));
  EXPECT_TRUE(manifest.Reads("EN-gb"));
  EXPECT_TRUE(manifest.Reads("zh-Hant-TW"));
  EXPECT_FALSE(manifest.Reads("eng"));
  EXPECT_FALSE(manifest.Reads("zh"));
  EXPECT_FALSE(manifest.Reads("de"));
}

}  // namespace
}  // namespace dossier
