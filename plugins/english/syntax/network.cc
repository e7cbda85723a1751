#include "plugins/english/syntax/network.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace dossier::english {
namespace {

constexpr int16_t kIntegerLimit = 32767;
constexpr int16_t kArcLimit = 2047;    // products of two such add up in 32 bits, up to 512 of them
constexpr uint32_t kMostInputs = 512;  // as many products of 16 by 8 bits add up in 32 bits

uint32_t Padded(uint32_t outputs) { return (outputs + kPanel - 1) / kPanel * kPanel; }

// Hands out parts of a section, each at a multiple of four bytes. An incomplete section makes
// `complete` false.
class SectionReader {
 public:
  explicit SectionReader(std::span<const std::byte> section) : rest_(section) {}

  template <typename T>
  const T* Take(size_t count) {
    if (rest_.size() / sizeof(T) < count) {
      complete = false;
      rest_ = {};
      return nullptr;
    }
    const std::byte* taken = rest_.data();
    rest_ = rest_.subspan(count * sizeof(T));
    return reinterpret_cast<const T*>(taken);
  }

  Matrix TakeMatrix(uint32_t inputs, uint32_t outputs) {
    Matrix matrix = {inputs, outputs};
    matrix.weights = Take<int8_t>(size_t{inputs} * outputs);
    matrix.scales = Take<float>(outputs);
    matrix.biases = Take<float>(outputs);
    return matrix;
  }

  bool IsAtEnd() const { return complete && rest_.empty(); }

  bool complete = true;

 private:
  std::span<const std::byte> rest_;
};

bool IsUsable(const NetworkHeader& header) {
  const auto fits = [](uint32_t size) {
    return size != 0 && size % kPanel == 0 && size <= kMostInputs;
  };
  return fits(header.width) && fits(header.units) && fits(2 * header.units) &&
         fits(header.hidden) && header.layers != 0 && header.layers <= kMostLayers &&
         header.tags != 0 && header.tags <= 255 && header.relations != 0 &&
         header.relations <= 255 && header.width != 2 * header.units;
}

template <typename T>
std::span<T> Resize(std::vector<T>& numbers, size_t size) {
  numbers.resize(size);
  return numbers;
}

void CutBelowZero(std::span<float> numbers) {
  for (float& number : numbers) number = std::max(number, 0.0F);
}

}  // namespace

bool Network::Open(std::span<const std::byte> words, std::span<const std::byte> network,
                   uint8_t root_relation) {
  SectionReader reader(network);
  const auto* header = reader.Take<NetworkHeader>(1);
  if (header == nullptr) return false;
  std::memcpy(&header_, header, sizeof header_);
  if (!IsUsable(header_) || !words_.Open(words) || words_.width() != header_.width) return false;
  const uint32_t both = 2 * header_.units;
  for (uint32_t i = 0; i < header_.layers; ++i) {
    Layer& layer = layers_.emplace_back();
    layer.gates = {header_.units, i == 0 ? 4u : 3u};
    layer.matrix = reader.TakeMatrix(i == 0 ? header_.width : both, layer.gates.parts * both);
    layer.gates.forget = reader.Take<float>(both);
    layer.gates.reset = reader.Take<float>(both);
  }
  heads_ = reader.TakeMatrix(both, Padded(header_.tags) + 4 * header_.hidden);
  attend_ = reader.TakeMatrix(header_.hidden, header_.hidden);
  root_key_ = reader.Take<float>(header_.hidden);
  root_of_relation_ = reader.Take<float>(header_.hidden);
  relation_ = reader.TakeMatrix(header_.hidden, Padded(header_.relations));
  root_relation_ = root_relation;
  kernels_ = &BestKernels();
  return reader.IsAtEnd() && root_relation < header_.relations;
}

void Network::Encode(std::span<const Lexeme> words, NetworkScratch& scratch) const {
  const size_t n = words.size();
  const size_t both = 2 * header_.units;
  std::span<float> input = Resize(scratch.input, n * header_.width);
  for (size_t i = 0; i < n; ++i) words_.Sum(words[i], *kernels_, &input[i * header_.width]);
  float scale = header_.input_scale;
  for (size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    Resize(scratch.integers, input.size());
    kernels_->quantize(input.data(), input.size(), scale, kIntegerLimit, scratch.integers.data());
    Resize(scratch.products, n * layer.matrix.outputs);
    kernels_->multiply(layer.matrix, scratch.integers.data(), n, scratch.products.data());
    Resize(scratch.output, n * both);
    kernels_->recur(layer.gates, scratch.products.data(), input.data(), n, scratch.output.data());
    scratch.input.swap(scratch.output);
    input = scratch.input;
    scale = header_.layer_scales[i];
  }
  Resize(scratch.integers, input.size());
  kernels_->quantize(input.data(), input.size(), scale, kIntegerLimit, scratch.integers.data());
}

void Network::ScoreArcs(size_t words, NetworkScratch& scratch) const {
  const size_t hidden = header_.hidden;
  const size_t dependent = Padded(header_.tags);
  // Word by word the dependent and the head stand side by side in the products.
  std::span<float> dependents = Resize(scratch.output, words * hidden);
  std::span<int16_t> keys = Resize(scratch.keys, (words + 1) * hidden);
  for (size_t i = 0; i < words; ++i) {
    float* row = &scratch.products[i * heads_.outputs + dependent];
    CutBelowZero({row, 2 * hidden});
    std::copy_n(row, hidden, &dependents[i * hidden]);
    kernels_->quantize(row + hidden, hidden, header_.key_scale, kArcLimit, &keys[i * hidden]);
  }
  kernels_->quantize(root_key_, hidden, header_.key_scale, kArcLimit, &keys[words * hidden]);
  std::span<int16_t> queries = Resize(scratch.queries, words * hidden);
  kernels_->quantize(dependents.data(), dependents.size(), header_.dependent_scale, kIntegerLimit,
                     queries.data());
  std::span<float> attended = Resize(scratch.input, words * hidden);
  kernels_->multiply(attend_, queries.data(), words, attended.data());
  kernels_->quantize(attended.data(), attended.size(), header_.query_scale, kArcLimit,
                     queries.data());
  int64_t* score = scratch.tree.Reset(words).data();
  for (size_t d = 0; d < words; ++d) {
    for (size_t h = 0; h <= words; ++h) {
      *score++ = kernels_->dot(&queries[d * hidden], &keys[h * hidden], hidden);
    }
  }
}

void Network::Label(NetworkScratch& scratch, std::span<ParsedWord> parsed) const {
  const size_t n = parsed.size();
  const size_t hidden = header_.hidden;
  const size_t dependent = Padded(header_.tags) + 2 * hidden;
  std::span<float> pairs = Resize(scratch.input, n * hidden);
  for (size_t i = 0; i < n; ++i) {
    const float* own = &scratch.products[i * heads_.outputs + dependent];
    const float* head =
        parsed[i].head == n
            ? root_of_relation_
            : &scratch.products[parsed[i].head * heads_.outputs + dependent + hidden];
    for (size_t j = 0; j < hidden; ++j) pairs[i * hidden + j] = own[j] + head[j];
  }
  CutBelowZero(pairs);
  Resize(scratch.integers, pairs.size());
  kernels_->quantize(pairs.data(), pairs.size(), header_.relation_scale, kIntegerLimit,
                     scratch.integers.data());
  std::span<float> scores = Resize(scratch.output, n * relation_.outputs);
  kernels_->multiply(relation_, scratch.integers.data(), n, scores.data());
  for (size_t i = 0; i < n; ++i) {
    float* row = &scores[i * relation_.outputs];
    row[root_relation_] = std::numeric_limits<float>::lowest();
    const auto best = static_cast<uint8_t>(std::max_element(row, row + header_.relations) - row);
    parsed[i].relation = parsed[i].head == n ? root_relation_ : best;
  }
}

void Network::Parse(std::span<const Lexeme> words, NetworkScratch& scratch,
                    std::span<ParsedWord> parsed) const {
  const size_t n = words.size();
  Encode(words, scratch);
  Resize(scratch.products, n * heads_.outputs);
  kernels_->multiply(heads_, scratch.integers.data(), n, scratch.products.data());
  for (size_t i = 0; i < n; ++i) {
    const float* tags = &scratch.products[i * heads_.outputs];
    parsed[i].tag = static_cast<uint8_t>(std::max_element(tags, tags + header_.tags) - tags);
  }
  ScoreArcs(n, scratch);
  scratch.tree.Solve(Resize(scratch.heads, n));
  for (size_t i = 0; i < n; ++i) parsed[i].head = scratch.heads[i];
  Label(scratch, parsed);
}

}  // namespace dossier::english
