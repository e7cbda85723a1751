// What two readings of one document state differently.
#ifndef DOSSIER_SERVER_INGEST_DIFFERENCE_H_
#define DOSSIER_SERVER_INGEST_DIFFERENCE_H_

#include <cstdint>
#include <vector>

#include "server/ingest/prepare.h"
#include "server/storage/reextraction.h"

namespace dossier {

// One place that states a triple; both pointers reach into the reading.
struct StatementPlace {
  const PreparedRun* run = nullptr;
  const ExtractedTriple* triple = nullptr;
};

enum class DifferenceKind : uint8_t { kAdded, kRemoved, kChanged };

// A triple that only one reading states, or that the two state differently.
struct TripleDifference {
  DifferenceKind kind = DifferenceKind::kAdded;
  // The places that only one of the readings has, in text order.
  std::vector<StatementPlace> before;
  std::vector<StatementPlace> after;
};

// Triples are the same when predicate and object are, and subject and object have the same keys;
// places, when they agree in all but the names of rules, the version and configuration of the
// extractor, and the order in which mentions were found. By the first sentence that differs, then
// as triples sort. The result points into the arguments.
std::vector<TripleDifference> Compare(const std::vector<PreparedRun>& before,
                                      const std::vector<PreparedRun>& after);

DifferenceCounts CountOf(const std::vector<TripleDifference>& differences);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_DIFFERENCE_H_
