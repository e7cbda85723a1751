// An averaged perceptron as in learner.h for three classes, with their weights beside the feature's
// hash: a parser asks for some 80 million features an epoch.
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_ACTION_LEARNER_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_ACTION_LEARNER_H_

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "plugins/english/syntax/parser_state.h"

namespace dossier::english {

class ActionLearner {
 public:
  ActionLearner();

  // Sets scores[c] to the summed weights of class c.
  void Score(std::span<const uint64_t> features, float scores[kActions]) const;

  // Moves the weights of `features` towards class `right` and away from `wrong`.
  void Update(std::span<const uint64_t> features, size_t right, size_t wrong);

  // Counts one more example; averages are over all examples counted.
  void Tick() { ++ticks_; }

  // The averaged weights of at least `threshold` as the bytes of a DenseWeights section.
  std::string Freeze(float threshold) const;

 private:
  struct Slot {
    uint64_t hash = 0;  // 0: free
    std::array<float, kActions> now = {};
  };
  // What every change of a slot's weights was, times the tick it came at.
  using Weighted = std::array<double, kActions>;

  size_t Find(uint64_t hash) const;
  void Grow();

  double ticks_ = 1;
  size_t size_ = 0;
  std::vector<Slot> slots_;
  std::vector<Weighted> weighted_;  // parallel to slots_
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_ACTION_LEARNER_H_
