// An averaged perceptron over hashed features (Freund and Schapire 1999; Collins 2002).
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_LEARNER_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_LEARNER_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dossier::english {

class Learner {
 public:
  explicit Learner(uint32_t classes) : classes_(classes) {}

  uint32_t classes() const { return classes_; }

  // Sets scores[c] to the summed weights of class c.
  void Score(std::span<const uint64_t> features, std::span<float> scores) const;

  // Moves the weights of `features` towards class `right` and away from `wrong`.
  void Update(std::span<const uint64_t> features, uint32_t right, uint32_t wrong);

  // Counts one more example; averages are over all examples counted.
  void Tick() { ++ticks_; }

  // The averaged weights of at least `threshold` as the bytes of a SparseWeights section.
  std::string Freeze(float threshold) const;

 private:
  struct Weight {
    uint32_t of_class = 0;
    float now = 0;
    double weighted = 0;  // every change times the tick it came at
  };
  struct Feature {
    uint64_t hash = 0;  // 0: free
    std::vector<Weight> weights;
  };

  Feature& Find(uint64_t hash);
  void Add(Feature& feature, uint32_t of_class, float change);

  uint32_t classes_;
  double ticks_ = 1;
  size_t size_ = 0;
  std::vector<Feature> slots_ = std::vector<Feature>(1 << 16);
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_LEARNER_H_
