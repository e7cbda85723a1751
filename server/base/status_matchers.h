// GoogleTest matchers for absl::Status and absl::StatusOr, for tests only. Named after those of
// later Abseil releases, so that this file can be deleted one day.
//
//   EXPECT_THAT(store->Write(batch), IsOk());
//   EXPECT_THAT(Decode("x"), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("key")));
#ifndef DOSSIER_SERVER_BASE_STATUS_MATCHERS_H_
#define DOSSIER_SERVER_BASE_STATUS_MATCHERS_H_

#include <gmock/gmock.h>

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dossier {

inline const absl::Status& StatusOf(const absl::Status& status) { return status; }
template <class T>
const absl::Status& StatusOf(const absl::StatusOr<T>& result) {
  return result.status();
}

MATCHER(IsOk, negation ? "is not OK" : "is OK") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).ok();
}

MATCHER_P2(StatusIs, code, message, "") {
  *result_listener << StatusOf(arg).ToString();
  return StatusOf(arg).code() == code &&
         ::testing::ExplainMatchResult(message, std::string(StatusOf(arg).message()),
                                       result_listener);
}

MATCHER_P(IsOkAndHolds, value, "") {
  *result_listener << arg.status().ToString();
  return arg.ok() && ::testing::ExplainMatchResult(value, *arg, result_listener);
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_BASE_STATUS_MATCHERS_H_
