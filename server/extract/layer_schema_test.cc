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
  const Layer sentences = Sentences({0}, {6});
  EXPECT_THAT(CheckLayer(sentences, kText, {}), IsOk());
  EXPECT_THAT(CheckLayer(Tokens({0, 3}, {2, 6}, {0, 0}), kText, {&sentences}), IsOk());
}

TEST(LayerSchema, NamesLayerAndRow) {
  const Layer sentences = Sentences({0}, {6});
  const struct {
    Layer layer;
    const char* text;
  } rows[] = {
      {Sentences({0, 2}, {2, 7}), "layer sentence/1, row 1: [2, 7) is no span"},
      {Sentences({1}, {6}), "row 0: [1, 6) is no span"},
      {Sentences({3}, {2}), "row 0: [3, 2) is no span"},
      {Sentences({3}, {3}), "row 0: [3, 3) is empty"},
      {Sentences({0, 2}, {3, 6}), "row 1: [2, 6) is empty or does not follow"},
      {Tokens({0}, {2}, {1}), "token/1, row 0: \"sentence\" is 1, but sentence/1 has 1 rows"},
      {{"token/1", 0, {}}, "token/1 lacks the column \"begin\""},
      {{"sentence/1", 0, {{"begin", U32()}, {"end", U32()}, {"kind", U32()}}},
       "lacks the column \"kind\", or has it in another type"},
  };
  for (const auto& row : rows) {
    EXPECT_THAT(CheckLayer(row.layer, kText, {&sentences}),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.text)));
  }
}

TEST(LayerSchema, LetsOnlyHeadsPointNowhere) {
  const Layer tokens = Tokens({0, 3}, {2, 6}, {0, 0});
  const StringColumn tag{{0, 0}, {0, 1}, "x"};
  const auto dependencies = [&](U32 head) {
    return Layer{"dep.ud/1",
                 2,
                 {{"upos", tag}, {"xpos", tag}, {"lemma", tag}, {"head", head}, {"relation", tag}}};
  };
  EXPECT_THAT(CheckLayer(dependencies({1, DOSSIER_NONE}), kText, {&tokens}), IsOk());
  EXPECT_THAT(CheckLayer(dependencies({1, 2}), kText, {&tokens}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"head\" is 2")));
  const Layer sentences = Sentences({0}, {6});
  EXPECT_THAT(CheckLayer(Tokens({0}, {2}, {DOSSIER_NONE}), kText, {&sentences}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("\"sentence\"")));
}

TEST(LayerSchema, ChecksSpansOfUnknownLayers) {
  const Layer overlapping{"sky/1", 2, {{"begin", U32{2, 0}}, {"end", U32{6, 2}}}};
  EXPECT_THAT(CheckLayer(overlapping, kText, {}), IsOk());
  const Layer beyond{"sky/1", 1, {{"begin", U32{0}}, {"end", U32{7}}}};
  EXPECT_THAT(CheckLayer(beyond, kText, {}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("sky/1, row 0")));
}

}  // namespace
}  // namespace dossier
