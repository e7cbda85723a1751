// Writes the tables that model/weight_table.h reads.
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_WEIGHT_WRITER_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_WEIGHT_WRITER_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace dossier::english {

struct FrozenFeature {
  uint64_t hash = 0;
  std::vector<std::pair<uint32_t, float>> weights;  // class, weight
};

// The bytes of a SparseWeights section. Weights are scaled to int8; the largest 0.02 % are cut to
// fit.
std::string WriteWeights(uint32_t classes, const std::vector<FrozenFeature>& features);

// A table of (hash, slot) pairs, each slot non-zero, with the bytes of its rows.
std::string WriteSlots(uint32_t classes, const std::vector<std::pair<uint64_t, uint64_t>>& entries,
                       const std::string& rows);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_WEIGHT_WRITER_H_
