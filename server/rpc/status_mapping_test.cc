#include "server/rpc/status_mapping.h"

#include <grpcpp/support/status.h>
#include <gtest/gtest.h>

#include <string>

#include "google/rpc/error_details.pb.h"
#include "server/base/field_error.h"

namespace dossier {
namespace {

// The only detail of type T; default values when there is none.
template <class T>
T Detail(const google::rpc::Status& status) {
  T detail;
  int count = 0;
  for (const google::protobuf::Any& any : status.details()) {
    count += any.UnpackTo(&detail) ? 1 : 0;
  }
  EXPECT_LE(count, 1);
  return detail;
}

TEST(StatusMapping, OkIsOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_EQ(ToRpcStatus(absl::OkStatus()).details_size(), 0);
}

TEST(StatusMapping, CodesAndTextsStay) {
  for (int code = 1; code <= 16; ++code) {
    const grpc::Status status =
        ToGrpcStatus(absl::Status(static_cast<absl::StatusCode>(code), "why"));
    EXPECT_EQ(static_cast<int>(status.error_code()), code);
    EXPECT_EQ(status.error_message(), "why");
  }
}

TEST(StatusMapping, EveryErrorHasOneErrorInfo) {
  const auto plain = ToRpcStatus(absl::AbortedError("x"));
  EXPECT_EQ(Detail<google::rpc::ErrorInfo>(plain).reason(), "ABORTED");
  EXPECT_EQ(Detail<google::rpc::ErrorInfo>(plain).domain(), "dossier");
  const auto reasoned = ToRpcStatus(WithReason(absl::AbortedError("x"), "STALE"));
  EXPECT_EQ(Detail<google::rpc::ErrorInfo>(reasoned).reason(), "STALE");
}

TEST(StatusMapping, FieldErrorsNameTheFieldByPath) {
  const auto status = ToRpcStatus(InField("document", FieldError("text", "is empty")));
  const auto detail = Detail<google::rpc::BadRequest>(status);
  ASSERT_EQ(detail.field_violations_size(), 1);
  EXPECT_EQ(detail.field_violations(0).field(), "document.text");
  EXPECT_EQ(detail.field_violations(0).description(), "document.text is empty");
}

TEST(StatusMapping, OnlyNotFoundNamesAResource) {
  const auto missing = ToRpcStatus(WithResource(absl::NotFoundError("none"), "document", "a"));
  EXPECT_EQ(Detail<google::rpc::ResourceInfo>(missing).resource_type(), "document");
  EXPECT_EQ(WithResource(absl::AbortedError("x"), "document", "a"), absl::AbortedError("x"));
}

TEST(StatusMapping, RetryLaterSaysWhen) {
  const auto status = ToRpcStatus(RetryLater("BUSY", "busy", std::chrono::milliseconds(1250)));
  EXPECT_EQ(Detail<google::rpc::RetryInfo>(status).retry_delay().seconds(), 1);
  EXPECT_EQ(Detail<google::rpc::RetryInfo>(status).retry_delay().nanos(), 250'000'000);
  EXPECT_EQ(Detail<google::rpc::ErrorInfo>(status).reason(), "BUSY");
}

TEST(StatusMapping, LongTextsAreCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 5000; ++i) {
    text += "\xc3\xa9";
  }
  const auto status = ToRpcStatus(WithResource(absl::NotFoundError(text), "entity", text));
  EXPECT_LE(status.ByteSizeLong(), kMaxDetailBytes);
  EXPECT_EQ(status.message().size(), kMaxErrorTextBytes);
  EXPECT_EQ(ToRpcStatus(FieldError(text, text)).details_size(), 2);
}

}  // namespace
}  // namespace dossier
