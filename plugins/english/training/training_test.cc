#include <gmock/gmock.h>

#include <fstream>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "plugins/english/model/hash.h"
#include "plugins/english/model/model_file.h"
#include "plugins/english/model/weight_table.h"
#include "plugins/english/training/treebank.h"
#include "plugins/english/training/weight_writer.h"

namespace dossier::english {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::span<const std::byte> Bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

TEST(ModelFile, ReadsWhatWasWritten) {
  const std::string file = WriteModelFile({{"one", "a\nbc\n"}, {"empty", ""}, {"two", "xyz"}});
  const auto model = ModelFile::Open(Bytes(file));
  ASSERT_TRUE(model);
  EXPECT_THAT(model->Lines("one"), ElementsAre("a", "bc"));
  EXPECT_THAT(model->Section("two"), SizeIs(3));
  EXPECT_THAT(model->Section("empty"), SizeIs(0));
  EXPECT_THAT(model->Section("none"), SizeIs(0));
}

TEST(ModelFile, RefusesDamagedFiles) {
  const std::string file = WriteModelFile({{"one", "abc"}});
  for (size_t size = 0; size < file.size(); ++size) {
    EXPECT_FALSE(ModelFile::Open(Bytes(std::string_view(file).substr(0, size)))) << size;
  }
  for (const size_t at : {0u, 8u, 12u, 16u, 40u, 48u}) {  // magic, version, count, size, entry
    std::string damaged = file;
    damaged[at] = '\x7F';
    damaged[at + 3] = '\x7F';
    EXPECT_FALSE(ModelFile::Open(Bytes(damaged))) << at;
  }
}

// A table against a map, over random features.
TEST(WeightTable, ScoresLikeAMap) {
  constexpr uint32_t kClasses = 40;
  std::mt19937_64 random(1);
  std::map<uint64_t, std::vector<int>> expected;
  std::vector<FrozenFeature> features;
  for (uint32_t i = 0; i < 5000; ++i) {
    FrozenFeature feature = {random(), {}};
    std::vector<int>& row = expected[feature.hash];
    row.resize(kClasses);
    row[i % kClasses] = static_cast<int>(i % 127 + 1);
    feature.weights.push_back({i % kClasses, static_cast<float>(i % 127 + 1)});
    features.push_back(std::move(feature));
  }
  const std::string section = WriteWeights(kClasses, features);
  SparseWeights weights;
  ASSERT_TRUE(weights.Open(Bytes(section)));
  for (const auto& [hash, row] : expected) {
    const std::vector<uint64_t> asked = {random(), hash, random()};
    std::vector<int32_t> scores(kClasses);
    weights.Score(asked, scores.data());
    EXPECT_THAT(scores, testing::ElementsAreArray(row));
  }
}

TEST(WeightTable, RefusesDamagedSections) {
  const std::string section = WriteWeights(9, {{1ull << 40, {{0, 1.0F}, {8, -1.0F}}}});
  SparseWeights weights;
  ASSERT_TRUE(weights.Open(Bytes(section)));
  for (size_t size = 0; size < section.size(); ++size) {
    EXPECT_FALSE(weights.Open(Bytes(std::string_view(section).substr(0, size)))) << size;
  }
  std::string damaged = section;
  damaged[damaged.size() - 3] = '\x09';  // the last class of the row
  EXPECT_FALSE(weights.Open(Bytes(damaged)));
}

TEST(Treebank, ReadsConllu) {
  const std::string path = testing::TempDir() + "treebank_test.conllu";
  std::ofstream(path) << "# newpar\n"
                         "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                         "1\tdo\tdo\tAUX\tVB\t_\t3\taux\t_\t_\n"
                         "2\tn't\tnot\tPART\tRB\t_\t3\tadvmod\t_\t_\n"
                         "3\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No\n"
                         "3.1\tgone\tgo\tVERB\tVB\t_\t_\t_\t_\t_\n"
                         "4\t.\t.\tPUNCT\t.\t_\t3\tpunct\t_\t_\n"
                         "\n"
                         "1\tWhy\twhy\tADV\tWRB\t_\t0\troot\t_\t_\n";
  Treebank treebank;
  ReadTreebank(path, treebank);
  ASSERT_THAT(treebank, SizeIs(2));
  EXPECT_THAT(treebank[0].words, SizeIs(4));
  EXPECT_EQ(treebank[0].words[2].head, 4);  // the root
  std::vector<TextSpan> spans;
  EXPECT_EQ(WriteText(treebank, spans), "don't go. Why ");
  EXPECT_THAT(spans, SizeIs(5));
}

}  // namespace
}  // namespace dossier::english
