#ifndef DOSSIER_SERVER_INGEST_REQUIRED_H_
#define DOSSIER_SERVER_INGEST_REQUIRED_H_

#include <fmt/format.h>

#include <string>

#include "absl/status/statusor.h"

namespace dossier {

// `record`, or DATA_LOSS in place of NOT_FOUND: for what an index says is there.
template <class Record>
absl::StatusOr<Record> Required(absl::StatusOr<Record> record) {
  if (absl::IsNotFound(record.status())) {
    return absl::DataLossError(fmt::format("an index points to what is not there ({})",
                                           std::string(record.status().message())));
  }
  return record;
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_REQUIRED_H_
