#include "server/extract/config_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <random>
#include <string>

#include "server/base/field_error.h"
#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

constexpr char kSchema[] = R"({
  "type": "object",
  "additionalProperties": false,
  "required": ["name"],
  "properties": {
    "name": {"type": "string", "minLength": 1},
    "pattern": {"type": "string"},
    "depth": {"type": "integer", "minimum": 1, "maximum": 9, "default": 3},
    "net": {
      "type": "object",
      "properties": {"port": {"type": "integer", "default": 80}, "host": {"type": "string"}}
    },
    "mode": {"enum": ["fast", "exact"], "default": "exact"},
    "rules": {
      "type": "array",
      "items": {"type": "object", "properties": {"weight": {"type": "number", "default": 0.5}}}
    }
  }
})";

TEST(ConfigSchema, FillsDefaultsWhereNothingIsSaid) {
  ASSERT_THAT(CheckConfigSchema(kSchema), IsOk());
  EXPECT_THAT(CompleteConfig(kSchema, R"({"name": "a"})"),
              IsOkAndHolds(R"({"depth":3,"mode":"exact","name":"a"})"));
  EXPECT_THAT(CompleteConfig(kSchema, R"({"net": {}, "rules": [{}, {"weight": 1}], "name": "a",
                                  "depth": 9, "mode": "fast"})"),
              IsOkAndHolds(R"({"depth":9,"mode":"fast","name":"a","net":{"port":80},)"
                           R"("rules":[{"weight":0.5},{"weight":1}]})"));
}

TEST(ConfigSchema, CompletingTwiceChangesNothing) {
  for (const char* config : {R"({"name": "a"})", R"({"name": "a", "net": {"host": "h"}})"}) {
    const auto once = CompleteConfig(kSchema, config);
    ASSERT_THAT(once, IsOk());
    EXPECT_THAT(CompleteConfig(kSchema, *once), IsOkAndHolds(*once));
  }
}

TEST(ConfigSchema, NamesThePathAtFault) {
  const struct {
    const char* config;
    const char* field;
    const char* problem;
  } rows[] = {
      {R"({})", "config", "name"},
      {R"({"name": 1})", "config.name", "type"},
      {R"({"name": "a", "depth": 10})", "config.depth", "9"},
      {R"({"name": "a", "net": {"port": "x"}})", "config.net.port", "type"},
      {R"({"name": "a", "rules": [{}, {"weight": "x"}]})", "config.rules[1].weight", "type"},
      {R"({"name": "a", "mode": "slow"})", "config.mode", "enum"},
      {R"({"name": "a", "colour": 1})", "config", "colour"},
      {R"([1])", "config", "is a JSON array, not an object"},
      {R"({"name":)", "config", "is not well-formed JSON"},
  };
  for (const auto& row : rows) {
    const auto result = CompleteConfig(kSchema, row.config);
    EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.problem)))
        << row.config;
    EXPECT_EQ(FieldOf(result.status()), row.field) << row.config;
  }
}

TEST(ConfigSchema, BoundsTheConfiguration) {
  const std::string config = R"({"a": ")" + std::string(kMaxConfigBytes, 'x') + "\"}";
  EXPECT_THAT(CompleteConfig("", config),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at most 65536")));
}

TEST(ConfigSchema, WithoutASchemaEveryObjectPasses) {
  EXPECT_THAT(CompleteConfig("", R"({ "b": 1, "a": [2] })"), IsOkAndHolds(R"({"a":[2],"b":1})"));
}

TEST(ConfigSchema, RefusesWhatItCannotUse) {
  const struct {
    const char* schema;
    const char* problem;
  } rows[] = {
      {R"({"type": "colour"})", "is not a JSON Schema"},
      {R"({"properties": []})", "is not a JSON Schema"},
      {R"({"required": "a"})", "is not a JSON Schema"},
      {R"({"pattern": "(a+)+$"})", "uses \"pattern\""},
      {R"({"properties": {"a": {"items": [{"patternProperties": {}}]}}})", "patternProperties"},
      {R"({"anyOf": [{"not": {"$ref": "#"}}]})", "uses \"$ref\""},
      {R"({"definitions": {"a": {"$ref": "#/definitions/a"}}})", "uses \"$ref\""},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(CheckConfigSchema(row.schema),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.problem)))
        << row.schema;
  }
  EXPECT_THAT(CheckConfigSchema("{}"), IsOk());
  EXPECT_THAT(CheckConfigSchema(R"({"properties": {"pattern": {"type": "string"}}})"), IsOk());
}

TEST(ConfigSchema, SurvivesAnySchema) {
  const std::string schema = kSchema;
  const std::string words[] = {"[]",   "{}", "null",     "1e999", "\"\"",
                               "true", "-1", "\"type\"", "0.5"};
  std::mt19937 random(17);
  int usable = 0;
  for (int round = 0; round < 3'000; ++round) {
    std::string mutant = schema;
    for (std::size_t i = 0; i <= random() % 3; ++i) {
      // In place of a value or a part of one.
      const std::size_t at = mutant.find_first_of(":,[{", random() % mutant.size());
      if (at != mutant.npos) {
        mutant.replace(at + 1, random() % 8, words[random() % std::size(words)]);
      }
    }
    if (CheckConfigSchema(mutant).ok()) {
      ++usable;
      (void)CompleteConfig(mutant, R"({"name": "a", "net": {"port": "x"}, "rules": [{}, 7]})");
    }
  }
  EXPECT_GT(usable, 10);
}

}  // namespace
}  // namespace dossier
