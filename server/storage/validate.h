// Checks that the whole database holds together: the laws at the end of FORMAT.md.
#ifndef DOSSIER_SERVER_STORAGE_VALIDATE_H_
#define DOSSIER_SERVER_STORAGE_VALIDATE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "server/storage/store.h"

namespace dossier {

struct ValidationReport {
  static constexpr std::size_t kMaxProblems = 100;

  uint64_t records = 0;               // that were checked
  uint64_t problem_count = 0;         // all that were found
  std::vector<std::string> problems;  // the first kMaxProblems, each with its family and key in hex

  bool ok() const { return problem_count == 0; }
};

// Walks every family once and looks up what each record refers to. Memory: that of one document, of
// one entity's votes, a few numbers for each namespace and a bit for each revision in the change
// log. Damage is a problem in the report; an error means that the engine could not be read.
absl::StatusOr<ValidationReport> Validate(const Snapshot& snapshot);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_VALIDATE_H_
