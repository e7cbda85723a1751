#include "server/extract/layer_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using U32 = std::vector<uint32_t>;

constexpr std::string_view kText = "é two";  // é: bytes 0 and 1

Layer Sentences(U32 begin, U32 end) {
  const auto rows = static_cast<uint32_t>(begin.size());
  StringColumn kind{U32(rows, 0), {0, 8}, "sentence"};
  return {"sentence/1", rows, {{"begin", begin}, {"end", end}, {"kind", kind}}};
}

Layer Tokens(U32 begin, U32 end, U32 sentence) {
  const auto rows = static_cast<uint32_t>(begin.size());
  return {"token/1", rows, {{"begin", begin}, {"end", end}, {"sentence", sentence}}};
}

TEST(LayerSchema, AcceptsSpansInOrder) {
  EXPECT_THAT(CheckLayer(Sentences({0}, {6}), kText), IsOk());
  EXPECT_THAT(CheckLayer(Tokens({0, 3}, {2, 6}, {0, 0}), kText), IsOk());
}

TEST(LayerSchema, NamesLayerAndRow) {
  const struct {
    Layer layer;
    const char* text;
  } rows[] = {
      {Sentences({0, 2}, {2, 7}), "layer sentence/1, row 1: [2, 7) is no span"},
      {Sentences({1}, {6}), "row 0: [1, 6) is no span"},
      {Sentences({3}, {2}), "row 0: [3, 2) is no span"},
      {Sentences({3}, {3}), "row 0: [3, 3) is empty"},
      {Sentences({0, 2}, {3, 6}), "row 1: [2, 6) is empty or does not follow"},
      {{"token/1", 0, {}}, "token/1 lacks the column \"begin\""},
      {{"sentence/1", 0, {{"begin", U32()}, {"end", U32()}, {"kind", U32()}}},
       "lacks the column \"kind\", or has it in another type"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(CheckLayer(row.layer, kText),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.text)));
  }
}

TEST(LayerSchema, ChecksSpansOfUnknownLayers) {
  const Layer overlapping{"sky/1", 2, {{"begin", U32{2, 0}}, {"end", U32{6, 2}}}};
  EXPECT_THAT(CheckLayer(overlapping, kText), IsOk());
  const Layer beyond{"sky/1", 1, {{"begin", U32{0}}, {"end", U32{7}}}};
  EXPECT_THAT(CheckLayer(beyond, kText),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sky/1, row 0")));
}

TEST(LayerSchema, KeepsTokensInsideTheirSentences) {
  const Layer sentences = Sentences({0, 3}, {2, 6});
  EXPECT_THAT(CheckAgainst(Tokens({0, 3}, {2, 6}, {0, 1}), {&sentences}), IsOk());
  EXPECT_THAT(CheckAgainst(Tokens({0, 3}, {2, 6}, {1, 1}), {&sentences}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "layer token/1, row 0: [0, 2) lies outside its sentence 1"));
  for (const uint32_t beyond : {2u, DOSSIER_NONE}) {
    EXPECT_THAT(CheckAgainst(Tokens({0}, {2}, {beyond}), {&sentences}),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sentence/1 has 2 rows")));
  }
}

Layer Dependencies(U32 head) {
  const StringColumn tag{U32(head.size(), 0), {0, 1}, "x"};
  return {"dep.ud/1",
          static_cast<uint32_t>(head.size()),
          {{"upos", tag}, {"xpos", tag}, {"lemma", tag}, {"head", head}, {"relation", tag}}};
}

TEST(LayerSchema, KeepsHeadsInTheirSentence) {
  const Layer tokens = Tokens({0, 3}, {2, 6}, {0, 0});
  EXPECT_THAT(CheckAgainst(Dependencies({1, DOSSIER_NONE}), {&tokens}), IsOk());
  EXPECT_THAT(CheckAgainst(Dependencies({1, 2}), {&tokens}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"head\" is 2")));
  EXPECT_THAT(
      CheckAgainst(Dependencies({DOSSIER_NONE}), {&tokens}),
      StatusIs(absl::StatusCode::kInvalidArgument, "layer dep.ud/1 has 1 rows, but token/1 has 2"));
  const Layer apart = Tokens({0, 3}, {2, 6}, {0, 1});
  EXPECT_THAT(CheckAgainst(Dependencies({1, DOSSIER_NONE}), {&apart}),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       "layer dep.ud/1, row 0: its head, row 1, is in another sentence"));
}

TEST(LayerSchema, KeepsHeadsFromGoingInCircles) {
  const Layer tokens = Tokens({0, 2, 3, 5}, {2, 3, 5, 6}, {0, 0, 0, 0});
  constexpr uint32_t kRoot = DOSSIER_NONE;
  for (const U32& trees : {U32{kRoot, 0, 1, 2}, U32{1, 2, 3, kRoot}, U32{kRoot, 0, kRoot, 2}}) {
    EXPECT_THAT(CheckAgainst(Dependencies(trees), {&tokens}), IsOk());
  }
  for (const U32& circles : {U32{0, 0, 0, 0}, U32{1, 0, kRoot, 2}, U32{kRoot, 0, 3, 2}}) {
    EXPECT_THAT(CheckAgainst(Dependencies(circles), {&tokens}),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("to no root")));
  }
}

TEST(LayerSchema, ChecksAgainstNothingThatIsNotThere) {
  EXPECT_THAT(CheckAgainst(Tokens({0}, {2}, {7}), {}), IsOk());
}

}  // namespace
}  // namespace dossier
