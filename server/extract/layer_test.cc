#include "server/extract/layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <random>
#include <string>

#include "server/base/status_matchers.h"
#include "server/extract/c_string.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

constexpr std::size_t kPlenty = 1 << 20;

StringColumn RandomStrings(uint32_t rows, std::mt19937& random) {
  StringColumn column;
  const auto entries = static_cast<uint32_t>(1 + random() % 5);
  for (uint32_t i = 0; i < entries; ++i) {
    column.bytes += std::string(random() % 4, 'a') + "é";
    column.offsets.push_back(static_cast<uint32_t>(column.bytes.size()));
  }
  for (uint32_t row = 0; row < rows; ++row) {
    column.codes.push_back(static_cast<uint32_t>(random() % entries));
  }
  return column;
}

Layer RandomLayer(std::mt19937& random) {
  Layer layer{"thing/" + std::to_string(random() % 9), static_cast<uint32_t>(random() % 20), {}};
  for (uint32_t i = 0; i < random() % 6; ++i) {
    Column& column = layer.columns.emplace_back();
    column.name = "c" + std::to_string(i);
    if (const auto type = random() % 3; type == 0) {
      column.values = std::vector<uint32_t>(layer.rows, static_cast<uint32_t>(random()));
    } else if (type == 1) {
      column.values = std::vector<double>(layer.rows, 0.5 * static_cast<double>(random()));
    } else {
      column.values = RandomStrings(layer.rows, random);
    }
  }
  return layer;
}

TEST(Layer, SurvivesTheRoundTrip) {
  std::mt19937 random(7);
  for (int i = 0; i < 500; ++i) {
    const Layer layer = RandomLayer(random);
    const auto copy = CopyLayer(*CLayer(layer).get(), kPlenty);
    ASSERT_THAT(copy, IsOk());
    EXPECT_EQ(*copy, layer);
  }
}

TEST(Layer, CountsItsBytesAndKeepsTheLimit) {
  std::mt19937 random(8);
  for (int i = 0; i < 200; ++i) {
    const Layer layer = RandomLayer(random);
    const std::size_t bytes = ByteSize(layer);
    EXPECT_THAT(CopyLayer(*CLayer(layer).get(), bytes), IsOk());
    if (bytes > 0) {
      EXPECT_THAT(CopyLayer(*CLayer(layer).get(), bytes - 1),
                  StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("larger")));
    }
  }
}

// A valid layer in C for the tests to spoil.
struct Spoilt {
  std::array<uint32_t, 2> numbers = {1, 2};
  std::array<uint32_t, 2> codes = {0, 1};
  std::array<uint32_t, 3> offsets = {0, 1, 3};
  std::string bytes = "aé";
  dossier_column number{sizeof(dossier_column), DOSSIER_COLUMN_U32, ToC("n"), numbers.data(), {}};
  dossier_column string{sizeof(dossier_column),
                        DOSSIER_COLUMN_STR,
                        ToC("s"),
                        codes.data(),
                        {2, offsets.data(), bytes.data()}};
  std::array<const dossier_column*, 2> columns = {&number, &string};
  dossier_layer layer{sizeof(dossier_layer), 2, ToC("thing/1"), 2, columns.data()};
};

TEST(Layer, RefusesWhatIsMalformed) {
  EXPECT_THAT(CopyLayer(Spoilt().layer, kPlenty), IsOk());
  const struct {
    std::function<void(Spoilt&)> spoil;
    const char* text;
  } rows[] = {
      {[](Spoilt& s) { s.layer.size = 8; }, "size field is too small"},
      {[](Spoilt& s) { s.layer.name = ToC(""); }, "name is empty"},
      {[](Spoilt& s) { s.layer.name = ToC("\xff"); }, "not UTF-8"},
      {[](Spoilt& s) { s.layer.columns = nullptr; }, "columns must not be NULL"},
      {[](Spoilt& s) { s.layer.column_count = UINT32_MAX; }, "4294967295 columns"},
      {[](Spoilt& s) { s.columns[1] = nullptr; }, "column 1 is NULL"},
      {[](Spoilt& s) { s.number.size = 4; }, "column 0 is NULL, too small"},
      {[](Spoilt& s) { s.number.type = 9; }, "column \"n\": unknown column type 9"},
      {[](Spoilt& s) { s.number.values = nullptr; }, "column \"n\": values is NULL"},
      {[](Spoilt& s) { s.string.name = ToC("n"); }, "two columns are named \"n\""},
      {[](Spoilt& s) { s.codes[1] = 2; }, "column \"s\": row 1 has code 2; the dictionary has 2"},
      {[](Spoilt& s) { s.string.dictionary.count = 0; }, "the dictionary has 0"},
      {[](Spoilt& s) { s.string.dictionary.offsets = nullptr; }, "values is NULL"},
      {[](Spoilt& s) { s.string.dictionary.bytes = nullptr; }, "dictionary bytes is NULL"},
      {[](Spoilt& s) {
         s.offsets = {0, 3, 1};
       },
       "never fall"},
      {[](Spoilt& s) {
         s.offsets = {1, 1, 3};
       },
       "begin at 0"},
      {[](Spoilt& s) {
         s.offsets = {0, 2, 3};
       },
       "entry 0 is not UTF-8"},
  };
  for (const auto& row : rows) {
    Spoilt spoilt;
    row.spoil(spoilt);
    EXPECT_THAT(CopyLayer(spoilt.layer, kPlenty),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.text)));
  }
}

TEST(Layer, DoesNotReadBeyondTheLimitWhateverTheLayerClaims) {
  Spoilt rows;
  rows.layer.rows = UINT32_MAX;
  EXPECT_THAT(CopyLayer(rows.layer, kPlenty),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("column \"n\"")));
  Spoilt dictionary;
  dictionary.string.dictionary.count = UINT32_MAX;
  EXPECT_THAT(CopyLayer(dictionary.layer, kPlenty),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("column \"s\"")));
}

}  // namespace
}  // namespace dossier
