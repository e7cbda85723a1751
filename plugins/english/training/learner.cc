#include "plugins/english/training/learner.h"

#include <algorithm>
#include <cmath>

#include "plugins/english/training/weight_writer.h"

namespace dossier::english {

void Learner::Score(std::span<const uint64_t> features, std::span<float> scores) const {
  std::fill(scores.begin(), scores.end(), 0.0F);
  const size_t mask = slots_.size() - 1;
  for (const uint64_t hash : features) __builtin_prefetch(&slots_[hash & mask]);
  for (const uint64_t hash : features) {
    size_t i = hash & mask;
    while (slots_[i].hash != 0 && slots_[i].hash != hash) i = (i + 1) & mask;
    for (const Weight& weight : slots_[i].weights) scores[weight.of_class] += weight.now;
  }
}

void Learner::Update(std::span<const uint64_t> features, uint32_t right, uint32_t wrong) {
  for (const uint64_t hash : features) {
    Feature& feature = Find(hash);
    Add(feature, right, 1);
    Add(feature, wrong, -1);
  }
}

Learner::Feature& Learner::Find(uint64_t hash) {
  if (size_ * 2 >= slots_.size()) {
    std::vector<Feature> old(slots_.size() * 2);
    old.swap(slots_);
    for (Feature& feature : old) {
      if (feature.hash == 0) continue;
      size_t i = feature.hash & (slots_.size() - 1);
      while (slots_[i].hash != 0) i = (i + 1) & (slots_.size() - 1);
      slots_[i] = std::move(feature);
    }
  }
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  while (slots_[i].hash != 0 && slots_[i].hash != hash) i = (i + 1) & mask;
  if (slots_[i].hash == 0) {
    slots_[i].hash = hash;
    ++size_;
  }
  return slots_[i];
}

void Learner::Add(Feature& feature, uint32_t of_class, float change) {
  for (Weight& weight : feature.weights) {
    if (weight.of_class != of_class) continue;
    weight.now += change;
    weight.weighted += change * ticks_;
    return;
  }
  feature.weights.push_back({of_class, change, change * ticks_});
}

std::string Learner::Freeze(float threshold) const {
  std::vector<FrozenFeature> frozen;
  for (const Feature& feature : slots_) {
    FrozenFeature kept = {feature.hash, {}};
    for (const Weight& weight : feature.weights) {
      const auto average = static_cast<float>(weight.now - weight.weighted / ticks_);
      if (std::abs(average) >= threshold) kept.weights.push_back({weight.of_class, average});
    }
    if (!kept.weights.empty()) frozen.push_back(std::move(kept));
  }
  return WriteWeights(classes_, frozen);
}

}  // namespace dossier::english
