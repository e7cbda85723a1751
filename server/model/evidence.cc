#include "server/model/evidence.h"

#include <numeric>

namespace dossier {

uint64_t StanceCounts::total() const {
  return std::accumulate(counts_.begin(), counts_.end(), uint64_t{0});
}

}  // namespace dossier
