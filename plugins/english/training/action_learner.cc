#include "plugins/english/training/action_learner.h"

#include <cmath>

#include "plugins/english/training/weight_writer.h"

namespace dossier::english {

ActionLearner::ActionLearner() : slots_(1 << 20), weighted_(slots_.size()) {}

size_t ActionLearner::Find(uint64_t hash) const {
  const size_t mask = slots_.size() - 1;
  size_t i = hash & mask;
  while (slots_[i].hash != 0 && slots_[i].hash != hash) i = (i + 1) & mask;
  return i;
}

void ActionLearner::Score(std::span<const uint64_t> features, float scores[kActions]) const {
  for (size_t a = 0; a < kActions; ++a) scores[a] = 0;
  const size_t mask = slots_.size() - 1;
  for (const uint64_t hash : features) __builtin_prefetch(&slots_[hash & mask]);
  for (const uint64_t hash : features) {
    const Slot& slot = slots_[Find(hash)];
    for (size_t a = 0; a < kActions; ++a) scores[a] += slot.now[a];
  }
}

void ActionLearner::Update(std::span<const uint64_t> features, size_t right, size_t wrong) {
  if ((size_ + features.size()) * 2 > slots_.size()) Grow();
  for (const uint64_t hash : features) {
    const size_t i = Find(hash);
    if (slots_[i].hash == 0) {
      slots_[i].hash = hash;
      ++size_;
    }
    slots_[i].now[right] += 1;
    slots_[i].now[wrong] -= 1;
    weighted_[i][right] += ticks_;
    weighted_[i][wrong] -= ticks_;
  }
}

void ActionLearner::Grow() {
  std::vector<Slot> slots(slots_.size() * 2);
  std::vector<Weighted> weighted(slots.size());
  slots.swap(slots_);
  weighted.swap(weighted_);
  for (size_t i = 0; i < slots.size(); ++i) {
    if (slots[i].hash == 0) continue;
    const size_t place = Find(slots[i].hash);
    slots_[place] = slots[i];
    weighted_[place] = weighted[i];
  }
}

std::string ActionLearner::Freeze(float threshold) const {
  std::vector<FrozenFeature> frozen;
  for (size_t i = 0; i < slots_.size(); ++i) {
    if (slots_[i].hash == 0) continue;
    FrozenFeature kept = {slots_[i].hash, {}};
    for (uint32_t a = 0; a < kActions; ++a) {
      const auto average = static_cast<float>(slots_[i].now[a] - weighted_[i][a] / ticks_);
      if (std::abs(average) >= threshold) kept.weights.push_back({a, average});
    }
    if (!kept.weights.empty()) frozen.push_back(std::move(kept));
  }
  return WriteWeights(kActions, frozen);
}

}  // namespace dossier::english
