// Laws of what the validator feeds to plugins.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "plugins/validator/guarded_memory.h"
#include "plugins/validator/synthetic_layers.h"
#include "plugins/validator/texts.h"
#include "server/base/status_matchers.h"
#include "server/base/utf8.h"
#include "server/extract/layer_schema.h"

namespace dossier::validator {
namespace {

void ExpectLegal(const std::string& text, uint64_t seed) {
  const std::vector<Layer> layers = SyntheticLayers(text, seed);
  std::vector<const Layer*> all;
  for (const Layer& layer : layers) {
    EXPECT_TRUE(IsSynthetic(layer.name));
    ASSERT_THAT(CheckLayer(layer, text), IsOk());
    all.push_back(&layer);
  }
  for (const Layer& layer : layers) {
    ASSERT_THAT(CheckAgainst(layer, all), IsOk());
  }
}

TEST(SyntheticLayers, AreLegalOverAnyText) {
  for (const auto* samples : {&OrdinaryTexts(), &OddTexts()}) {
    for (const Sample& sample : *samples) {
      SCOPED_TRACE(sample.name);
      EXPECT_FALSE(FindInvalidUtf8(sample.text));
      ExpectLegal(sample.text, 1);
    }
  }
  std::mt19937_64 random(5);
  for (uint64_t seed = 1; seed < 300; ++seed) {
    SCOPED_TRACE(seed);
    const std::string text = Mutate(OrdinaryTexts()[seed % 4].text, &random);
    ASSERT_FALSE(FindInvalidUtf8(text));
    ExpectLegal(text, seed);
  }
}

TEST(SyntheticLayers, AreTheSameForTheSameSeed) {
  const std::string& text = OrdinaryTexts().front().text;
  EXPECT_EQ(SyntheticLayers(text, 7), SyntheticLayers(text, 7));
  EXPECT_NE(SyntheticLayers(text, 7), SyntheticLayers(text, 8));
}

TEST(RepeatTexts, FillsTheSize) {
  const std::string text = RepeatTexts(OrdinaryTexts(), 100000);
  EXPECT_LE(text.size(), 100000u);
  EXPECT_GT(text.size(), 98000u);
  EXPECT_FALSE(FindInvalidUtf8(text));
}

TEST(GuardedMemoryDeathTest, EndsWhereItSays) {
  const GuardedMemory memory("four", GuardedMemory::Access::kReadOnly);
  EXPECT_EQ(std::string_view(memory.data(), 4), "four");
  const volatile char* bytes = memory.data();
  EXPECT_DEATH(static_cast<void>(bytes[4]), "");
  EXPECT_DEATH(memory.data()[0] = 'F', "");
}

}  // namespace
}  // namespace dossier::validator
