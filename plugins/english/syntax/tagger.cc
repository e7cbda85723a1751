#include "plugins/english/syntax/tagger.h"

#include <algorithm>

#include "plugins/english/model/hash.h"

namespace dossier::english {
namespace {

constexpr uint64_t kNoTag = 255;

// Numbers the features in the order they are added.
class FeatureWriter {
 public:
  explicit FeatureWriter(TagFeatures& features) : features_(features) {}

  template <typename... Values>
  void Add(Values... values) {
    uint64_t hash = Combine(0, size_ + 1);
    ((hash = Combine(hash, values)), ...);
    features_[size_++] = hash;
  }

 private:
  TagFeatures& features_;
  size_t size_ = 0;
};

}  // namespace

bool IsMostlyCapital(std::span<const Lexeme> sentence) {
  const auto capitals = std::count_if(sentence.begin(), sentence.end(),
                                      [](const Lexeme& word) { return word.capital; });
  return static_cast<size_t>(capitals) * 2 > sentence.size();
}

void ExtractTagFeatures(std::span<const Lexeme> sentence, bool mostly_capital,
                        std::span<const uint8_t> tags, size_t i, TagFeatures& features) {
  static const Lexeme kOutside = MakeLexeme("");
  const auto at = [&](size_t offset_plus_2) -> const Lexeme& {
    const size_t k = i + offset_plus_2;
    return k >= 2 && k - 2 < sentence.size() ? sentence[k - 2] : kOutside;
  };
  const Lexeme& before2 = at(0);
  const Lexeme& before = at(1);
  const Lexeme& word = sentence[i];
  const Lexeme& after = at(3);
  const Lexeme& after2 = at(4);
  const uint64_t tag1 = i >= 1 ? tags[i - 1] : kNoTag;
  const uint64_t tag2 = i >= 2 ? tags[i - 2] : kNoTag;
  const uint64_t place = (i == 0 ? 2u : 0u) + (mostly_capital ? 1u : 0u);

  FeatureWriter out(features);
  out.Add();
  out.Add(word.form);
  out.Add(word.lower);
  out.Add(word.form, place);
  out.Add(word.shape);
  out.Add(word.shape, place);
  for (const uint64_t prefix : word.prefix) out.Add(prefix);
  for (const uint64_t suffix : word.suffix) out.Add(suffix);
  out.Add(word.suffix[2], word.shape, place);
  out.Add(word.suffix[1], word.prefix[0]);
  out.Add(tag1);
  out.Add(tag2);
  out.Add(tag1, tag2);
  out.Add(tag1, word.lower);
  out.Add(tag1, tag2, word.lower);
  out.Add(tag1, word.suffix[2]);
  out.Add(tag1, word.shape, place);
  out.Add(tag1, after.lower);
  out.Add(tag1, after.suffix[2]);
  out.Add(before.lower);
  out.Add(before.suffix[2]);
  out.Add(before.lower, word.lower);
  out.Add(before.lower, word.suffix[2]);
  out.Add(before.lower, tag2);
  out.Add(before2.lower);
  out.Add(before2.lower, before.lower, word.suffix[2]);
  out.Add(after.lower);
  out.Add(after.suffix[1]);
  out.Add(after.suffix[2]);
  out.Add(after.shape, word.shape);
  out.Add(after.lower, word.lower);
  out.Add(after.lower, word.suffix[2]);
  out.Add(after.suffix[2], word.lower);
  out.Add(after2.lower);
  out.Add(after2.suffix[2]);
  out.Add(after.lower, after2.lower);
  out.Add(before.lower, after.lower);
}

void Tagger::Tag(std::span<const Lexeme> sentence, std::span<uint8_t> tags) const {
  const bool mostly_capital = IsMostlyCapital(sentence);
  TagFeatures features;
  std::array<int32_t, 256> scores;
  for (size_t i = 0; i < sentence.size(); ++i) {
    ExtractTagFeatures(sentence, mostly_capital, tags, i, features);
    std::fill_n(scores.begin(), tag_count(), 0);
    weights_.Score(features, scores.data());
    tags[i] = Best(std::span(scores).first(tag_count()));
  }
}

}  // namespace dossier::english
