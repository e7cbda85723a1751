#include <gmock/gmock.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "plugins/english/syntax/kernels.h"
#include "plugins/english/syntax/lexeme.h"
#include "plugins/english/syntax/network.h"
#include "plugins/english/syntax/spanning_tree.h"
#include "plugins/english/syntax/word_vectors.h"

namespace dossier::english {
namespace {

using testing::ElementsAre;

template <typename T>
std::vector<T> RandomIntegers(std::mt19937& random, size_t count, int limit) {
  std::vector<T> numbers(count);
  for (T& number : numbers)
    number = static_cast<T>(static_cast<int>(random() % (2u * static_cast<unsigned>(limit) + 1)) -
                            limit);
  return numbers;
}

std::vector<float> RandomFloats(std::mt19937& random, size_t count, float limit) {
  std::vector<float> numbers(count);
  for (float& number : numbers) {
    number = limit * (static_cast<float>(random() % 20001) / 10000.0F - 1.0F);
  }
  return numbers;
}

std::vector<const Kernels*> Runnable() {
  std::vector<const Kernels*> kernels;
  for (const Kernels* const* k = AllKernels(); *k != nullptr; ++k) kernels.push_back(*k);
  return kernels;
}

std::vector<uint32_t> BitsOf(const std::vector<float>& numbers) {
  std::vector<uint32_t> bits;
  for (const float number : numbers) bits.push_back(std::bit_cast<uint32_t>(number));
  return bits;
}

TEST(Kernels, MultiplyExactly) {
  std::mt19937 random(1);
  for (const size_t rows : {1u, 3u, 4u, 11u}) {
    Matrix matrix = {96, 64};
    const auto weights = RandomIntegers<int8_t>(random, 96 * 64, 127);
    const auto x = RandomIntegers<int16_t>(random, rows * 96, 32767);
    const std::vector<float> scales(64, 1.0F), biases = RandomFloats(random, 64, 100);
    matrix.weights = weights.data();
    matrix.scales = scales.data();
    matrix.biases = biases.data();
    std::vector<float> expected(rows * 64);
    for (size_t r = 0; r < rows; ++r) {
      for (size_t o = 0; o < 64; ++o) {
        int32_t sum = 0;
        for (size_t i = 0; i < 96; ++i) {
          const size_t at = ((o / kPanel * 48 + i / 2) * kPanel + o % kPanel) * 2 + i % 2;
          sum += x[r * 96 + i] * weights[at];
        }
        expected[r * 64 + o] = static_cast<float>(sum) + biases[o];
      }
    }
    for (const Kernels* kernels : Runnable()) {
      std::vector<float> y(rows * 64);
      kernels->multiply(matrix, x.data(), rows, y.data());
      EXPECT_EQ(y, expected);
    }
  }
}

TEST(Kernels, QuantizeAndCut) {
  const std::vector<float> x = {0, 0.4F, 0.6F, -0.6F, -1.4F, 99, 101, -1e30F, 1e30F};
  for (const Kernels* kernels : Runnable()) {
    std::vector<int16_t> q(x.size());
    kernels->quantize(x.data(), x.size(), 1.0F, 100, q.data());
    EXPECT_THAT(q, ElementsAre(0, 0, 1, -1, -1, 99, 100, -100, 100));
  }
}

float SigmoidOf(float x) { return 1 / (1 + std::exp(-x)); }

// Every instruction set rounds alike, and like the formula in kernels.h.
TEST(Kernels, RecurAlike) {
  std::mt19937 random(2);
  constexpr size_t kUnits = 96, kRows = 7;
  for (const uint32_t parts : {3u, 4u}) {
    const auto u = RandomFloats(random, kRows * parts * 2 * kUnits, 4);
    const auto x = RandomFloats(random, kRows * 2 * kUnits, 2);
    const auto forget = RandomFloats(random, 2 * kUnits, 1);
    const auto reset = RandomFloats(random, 2 * kUnits, 1);
    const Gates gates = {kUnits, parts, forget.data(), reset.data()};
    std::vector<uint32_t> first;
    for (const Kernels* kernels : Runnable()) {
      std::vector<float> h(kRows * 2 * kUnits);
      kernels->recur(gates, u.data(), x.data(), kRows, h.data());
      if (first.empty()) first = BitsOf(h);
      EXPECT_EQ(BitsOf(h), first);
      for (size_t j = 0; j < 2 * kUnits; ++j) {
        float c = 0;
        for (size_t step = 0; step < kRows; ++step) {
          const size_t i = j < kUnits ? step : kRows - 1 - step;
          const auto part = [&](size_t p) { return u[(i * parts + p) * 2 * kUnits + j]; };
          const float f = SigmoidOf(part(1) + forget[j] * c);
          c = f * c + (1 - f) * part(0);
          const float r = SigmoidOf(part(2) + reset[j] * c);
          const float s = parts == 3 ? x[i * 2 * kUnits + j] : part(3);
          EXPECT_NEAR(h[i * 2 * kUnits + j], r * c + (1 - r) * s, 1e-5);
        }
      }
    }
  }
}

TEST(Kernels, AddRows) {
  const std::vector<int8_t> row = {-127, 0, 3, 127};
  for (const Kernels* kernels : Runnable()) {
    std::vector<float> sum = {1, 2, 3, 4};
    kernels->add(row.data(), row.size(), 0.5F, sum.data());
    EXPECT_THAT(sum, ElementsAre(-62.5F, 2, 4.5F, 67.5F));
  }
}

TEST(Kernels, AddUpProducts) {
  std::mt19937 random(3);
  const auto a = RandomIntegers<int16_t>(random, 128, 2047);
  const auto b = RandomIntegers<int16_t>(random, 128, 2047);
  int32_t expected = 0;
  for (size_t i = 0; i < a.size(); ++i) expected += a[i] * b[i];
  for (const Kernels* kernels : Runnable()) {
    EXPECT_EQ(kernels->dot(a.data(), b.data(), a.size()), expected);
  }
}

bool IsTree(const std::vector<uint16_t>& heads) {
  const size_t n = heads.size();
  for (size_t i = 0; i < n; ++i) {
    size_t at = i;
    for (size_t steps = 0; at != n; at = heads[at]) {
      if (++steps > n) return false;
    }
  }
  return std::count(heads.begin(), heads.end(), n) == 1;
}

int64_t ScoreOf(const std::vector<uint16_t>& heads, const std::vector<int64_t>& scores) {
  int64_t sum = 0;
  for (size_t d = 0; d < heads.size(); ++d) sum += scores[d * (heads.size() + 1) + heads[d]];
  return sum;
}

// The score of the best tree, by trying all.
int64_t BestScore(size_t n, const std::vector<int64_t>& scores) {
  int64_t best = std::numeric_limits<int64_t>::min();
  std::vector<uint16_t> heads(n);
  for (;;) {
    if (IsTree(heads)) best = std::max(best, ScoreOf(heads, scores));
    size_t i = 0;
    while (i < n && ++heads[i] > n) heads[i++] = 0;
    if (i == n) return best;
  }
}

TEST(SpanningTree, IsTheBest) {
  std::mt19937 random(4);
  SpanningTree tree;
  for (int round = 0; round < 600; ++round) {
    const size_t n = 1 + random() % 5;
    const int limit = round % 2 == 0 ? 3 : 1 << 30;  // many equal scores, and none
    const auto scores = RandomIntegers<int64_t>(random, n * (n + 1), limit);
    std::copy(scores.begin(), scores.end(), tree.Reset(n).begin());
    std::vector<uint16_t> heads(n);
    tree.Solve(heads);
    ASSERT_TRUE(IsTree(heads));
    ASSERT_EQ(ScoreOf(heads, scores), BestScore(n, scores));
  }
}

TEST(SpanningTree, IsATreeForLongSentences) {
  std::mt19937 random(5);
  SpanningTree tree;
  for (int round = 0; round < 30; ++round) {
    const size_t n = 100 + random() % 100;
    const auto scores = RandomIntegers<int64_t>(random, n * (n + 1), round % 3 == 0 ? 1 : 1000);
    std::copy(scores.begin(), scores.end(), tree.Reset(n).begin());
    std::vector<uint16_t> heads(n);
    tree.Solve(heads);
    ASSERT_TRUE(IsTree(heads));
  }
}

// The training program makes the same keys: training/syntax/lexeme.py, features("Naïve-1990s").
TEST(WordVectors, KeysAreThoseOfTraining) {
  EXPECT_THAT(
      WordFeatures(MakeLexeme("Naïve-1990s")),
      ElementsAre(0x49e6fe832ee776e8, 0x8e1cb756817b8a4b, 0x27a97cc38193306b, 0x9f2d22fec7d732d0,
                  0x8ff7f552aac2d2d6, 0xe959db7f5f6478ce, 0xa4bda3e5e82ea12b, 0x07ac7050b0483474,
                  0xab0b77469e6f67bb, 0xfaaa3f23306159d2));
}

template <typename T>
void Append(std::string& bytes, const std::vector<T>& numbers) {
  bytes.append(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(T));
}

std::span<const std::byte> Bytes(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

// Sections of a network of random weights, its words having one feature: the form "a".
struct Sections {
  std::string words;
  std::string network;
};

Sections RandomSections() {
  std::mt19937 random(6);
  Sections sections;
  const uint64_t key = WordFeatures(MakeLexeme("a"))[0];
  WeightTableHeader table = {32, 1, 36, 0, 64, {}};
  Append(sections.words, std::vector{table});
  Append(sections.words, std::vector{uint64_t{1} << key % 64, FeatureNumbers::Slot(key, 0)});
  Append(sections.words, std::vector{0.01F});
  Append(sections.words, RandomIntegers<int8_t>(random, 32, 127));

  NetworkHeader header = {32, 64, 32, 2, 5, 4, 9e3F, {9e3F, 9e3F, 0, 0}, 9e3F, 500, 500, 9e3F, 0};
  Append(sections.network, std::vector{header});
  const auto matrix = [&](size_t inputs, size_t outputs) {
    Append(sections.network, RandomIntegers<int8_t>(random, inputs * outputs, 127));
    Append(sections.network, std::vector<float>(outputs, 1e-6F));
    Append(sections.network, RandomFloats(random, outputs, 1));
  };
  for (const size_t layer : {0u, 1u}) {
    matrix(layer == 0 ? 32 : 128, (layer == 0 ? 4 : 3) * 128);
    Append(sections.network, RandomFloats(random, 2 * 128, 1));
  }
  matrix(128, 32 + 4 * 32);
  matrix(32, 32);
  Append(sections.network, RandomFloats(random, 2 * 32, 1));
  matrix(32, 32);
  return sections;
}

TEST(Network, GivesTreesWhoseRootAloneHasTheRootsRelation) {
  const Sections sections = RandomSections();
  Network network;
  ASSERT_TRUE(network.Open(Bytes(sections.words), Bytes(sections.network), 2));
  NetworkScratch scratch;
  std::vector<ParsedWord> first;
  for (const size_t n : {1u, 2u, 40u, 7u, 40u}) {
    std::vector<Lexeme> words;
    for (size_t i = 0; i < n; ++i) words.push_back(MakeLexeme(i % 3 == 0 ? "a" : "unknown"));
    std::vector<ParsedWord> parsed(n);
    network.Parse(words, scratch, parsed);
    std::vector<uint16_t> heads;
    for (const ParsedWord& word : parsed) {
      heads.push_back(word.head);
      EXPECT_EQ(word.relation == 2, word.head == n);
      EXPECT_LT(word.relation, 4);
      EXPECT_LT(word.tag, 5);
    }
    EXPECT_TRUE(IsTree(heads));
    if (n != 40) continue;  // the same again, whatever the scratch held
    if (first.empty()) first = parsed;
    for (size_t i = 0; i < n; ++i) {
      EXPECT_EQ(parsed[i].head, first[i].head);
      EXPECT_EQ(parsed[i].tag, first[i].tag);
    }
  }
}

TEST(Network, RefusesDamagedSections) {
  const Sections sections = RandomSections();
  const auto opens = [&](std::string_view words, std::string_view network) {
    return Network().Open(Bytes(words), Bytes(network), 2);
  };
  ASSERT_TRUE(opens(sections.words, sections.network));
  EXPECT_FALSE(Network().Open(Bytes(sections.words), Bytes(sections.network), 4));
  EXPECT_FALSE(opens(sections.words, sections.network + std::string(4, '\0')));
  for (size_t size = 0; size < sections.network.size(); size += 4) {
    EXPECT_FALSE(opens(sections.words, std::string_view(sections.network).substr(0, size)));
  }
  for (size_t size = 0; size < sections.words.size(); ++size) {
    EXPECT_FALSE(opens(std::string_view(sections.words).substr(0, size), sections.network));
  }
  for (size_t at = 0; at < 24; at += 4) {  // sizes
    for (const char byte : {'\0', '\x20', '\x7F', '\xFF'}) {
      std::string damaged = sections.network;
      if (damaged[at] == byte) continue;
      damaged[at] = damaged[at + 3] = byte;
      opens(sections.words, damaged);  // crashes neither here
      EXPECT_FALSE(byte == '\xFF' && opens(sections.words, damaged)) << at;
    }
  }
  std::string damaged = sections.words;
  damaged[sizeof(WeightTableHeader) + 8 + 7] = '\x01';  // a row that is not there
  EXPECT_FALSE(opens(damaged, sections.network));
}

}  // namespace
}  // namespace dossier::english
