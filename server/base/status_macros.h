// Named after the macros of later Abseil releases, so that this file can be deleted one day.
#ifndef DOSSIER_SERVER_BASE_STATUS_MACROS_H_
#define DOSSIER_SERVER_BASE_STATUS_MACROS_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define DOSSIER_CONCAT_INNER(a, b) a##b
#define DOSSIER_CONCAT(a, b) DOSSIER_CONCAT_INNER(a, b)

// Returns from the calling function when `expression`, an absl::Status, is not OK.
#define RETURN_IF_ERROR(expression)                           \
  do {                                                        \
    if (absl::Status status_ = (expression); !status_.ok()) { \
      return status_;                                         \
    }                                                         \
  } while (false)

// Evaluates `expression`, an absl::StatusOr<T>: returns its status from the calling function when
// it is not OK, otherwise assigns the value: ASSIGN_OR_RETURN(auto text, ReadFile(path));
#define ASSIGN_OR_RETURN(lhs, expression) \
  DOSSIER_ASSIGN_OR_RETURN_INNER(DOSSIER_CONCAT(status_or_, __LINE__), lhs, expression)

#define DOSSIER_ASSIGN_OR_RETURN_INNER(name, lhs, expression) \
  auto name = (expression);                                   \
  if (!name.ok()) {                                           \
    return std::move(name).status();                          \
  }                                                           \
  lhs = *std::move(name)

#endif  // DOSSIER_SERVER_BASE_STATUS_MACROS_H_
