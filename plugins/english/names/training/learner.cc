#include "plugins/english/names/training/learner.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <random>
#include <unordered_map>

#include "plugins/english/names/features.h"
#include "plugins/english/names/viterbi.h"
#include "plugins/english/training/weight_writer.h"

namespace dossier::english {
namespace {

constexpr uint32_t kRare = UINT32_MAX;  // a feature seen once

using Row = LabelScores<float>;

// Weights and, for averaging, their sums over time: average = weight - sum / steps.
class Weights {
 public:
  explicit Weights(size_t features) : now_(features), late_(features) {}

  const Row& operator[](size_t feature) const { return now_[feature]; }

  void Add(size_t feature, Label label, float change, double step) {
    now_[feature][label] += change;
    late_[feature][label] += change * step;
  }
  double Average(size_t feature, Label label, double steps) const {
    return now_[feature][label] - late_[feature][label] / steps;
  }

 private:
  std::vector<Row> now_;
  std::vector<LabelScores<double>> late_;
};

class Learner {
 public:
  Learner(const std::vector<LabelledSentence>& sentences, const LearnerOptions& options)
      : sentences_(sentences),
        options_(options),
        features_(Index(sentences)),
        weights_(features_.size()),
        transitions_(kLabels) {}

  std::string Run() {
    std::vector<size_t> order(sentences_.size());
    std::iota(order.begin(), order.end(), size_t{0});
    std::mt19937 random(options_.seed);
    for (int epoch = 0; epoch < options_.epochs; ++epoch) {
      std::shuffle(order.begin(), order.end(), random);
      size_t wrong = 0;
      for (const size_t i : order) wrong += Visit(sentences_[i]);
      std::fprintf(stderr, "epoch %d: %zu sentences wrong\n", epoch + 1, wrong);
    }
    return Freeze();
  }

 private:
  // Numbers the features seen more than once.
  static std::unordered_map<uint64_t, uint32_t> Index(
      const std::vector<LabelledSentence>& sentences) {
    std::unordered_map<uint64_t, uint32_t> index;
    uint32_t next = 0;
    for (const LabelledSentence& sentence : sentences) {
      for (const auto& features : sentence.features) {
        for (const uint64_t feature : features) {
          const auto [entry, added] = index.try_emplace(feature, kRare);
          if (!added && entry->second == kRare) entry->second = next++;
        }
      }
    }
    std::erase_if(index, [](const auto& entry) { return entry.second == kRare; });
    return index;
  }

  bool Visit(const LabelledSentence& sentence) {
    rows_.assign(sentence.labels.size(), Row{});
    known_.resize(sentence.labels.size());
    for (size_t i = 0; i < rows_.size(); ++i) {
      known_[i].clear();
      for (const uint64_t feature : sentence.features[i]) {
        const auto found = features_.find(feature);
        if (found == features_.end()) continue;
        known_[i].push_back(found->second);
        const Row& row = weights_[found->second];
        for (Label label = 0; label < kLabels; ++label) rows_[i][label] += row[label];
      }
      const Label right = sentence.labels[i];
      const float cost = right == kOutside ? options_.false_cost : options_.cost;
      for (Label label = 0; label < kLabels; ++label) {
        if (label != right) rows_[i][label] += cost;
      }
    }
    std::array<Row, kLabels> transitions;
    for (Label label = 0; label < kLabels; ++label) transitions[label] = transitions_[label];
    viterbi_.Decode(rows_, transitions, &guess_);
    ++step_;
    if (guess_ == sentence.labels) return false;
    Label before = kOutside;
    Label guess_before = kOutside;
    for (size_t i = 0; i < guess_.size(); ++i) {
      const Label right = sentence.labels[i];
      if (right != guess_[i]) {
        for (const uint32_t feature : known_[i]) {
          weights_.Add(feature, right, 1, step_);
          weights_.Add(feature, guess_[i], -1, step_);
        }
      }
      transitions_.Add(before, right, 1, step_);
      transitions_.Add(guess_before, guess_[i], -1, step_);
      before = right;
      guess_before = guess_[i];
    }
    return true;
  }

  std::string Freeze() const {
    std::vector<FrozenFeature> frozen;
    for (Label before = 0; before < kLabels; ++before) {
      frozen.push_back(FreezeRow(TransitionFeature(before), transitions_, before, 0));
    }
    size_t weights = 0;
    for (const auto& [hash, feature] : features_) {
      FrozenFeature row = FreezeRow(hash, weights_, feature, options_.prune);
      weights += row.weights.size();
      if (!row.weights.empty()) frozen.push_back(std::move(row));
    }
    std::fprintf(stderr, "%zu features, %zu weights\n", frozen.size(), weights);
    return WriteWeights(kLabels, frozen);
  }

  FrozenFeature FreezeRow(uint64_t hash, const Weights& weights, size_t row, double least) const {
    FrozenFeature feature{hash, {}};
    for (Label label = 0; label < kLabels; ++label) {
      const double weight = weights.Average(row, label, step_);
      if (weight != 0 && std::abs(weight) >= least) {
        feature.weights.emplace_back(label, static_cast<float>(weight));
      }
    }
    return feature;
  }

  const std::vector<LabelledSentence>& sentences_;
  LearnerOptions options_;
  std::unordered_map<uint64_t, uint32_t> features_;
  Weights weights_;
  Weights transitions_;
  double step_ = 0;
  Viterbi<float> viterbi_;
  std::vector<Row> rows_;
  std::vector<std::vector<uint32_t>> known_;
  std::vector<Label> guess_;
};

}  // namespace

std::string Learn(const std::vector<LabelledSentence>& sentences, const LearnerOptions& options) {
  return Learner(sentences, options).Run();
}

}  // namespace dossier::english
