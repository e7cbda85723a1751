#include "server/base/field_error.h"

#include <gtest/gtest.h>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

TEST(FieldError, NamesTheFieldInTextAndPath) {
  const absl::Status status = FieldError("text", "is empty");
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, "text is empty"));
  EXPECT_EQ(FieldOf(status), "text");
}

TEST(FieldError, GrowsAsItClimbs) {
  const absl::Status status =
      InField("request", InField("document", FieldError("text", "is empty")));
  EXPECT_THAT(status,
              StatusIs(absl::StatusCode::kInvalidArgument, "request.document.text is empty"));
  EXPECT_EQ(FieldOf(status), "request.document.text");
}

TEST(FieldError, CanBeBlamedLater) {
  const absl::Status status = BlameField("page_token", absl::InvalidArgumentError("too old"));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, "too old"));
  EXPECT_EQ(FieldOf(status), "page_token");
  EXPECT_EQ(FieldOf(BlameField("x", status)), "page_token");
  EXPECT_EQ(BlameField("x", absl::NotFoundError("y")), absl::NotFoundError("y"));
}

TEST(FieldError, LeavesOtherStatusesAlone) {
  EXPECT_THAT(InField("document", absl::OkStatus()), IsOk());
  EXPECT_EQ(InField("document", absl::NotFoundError("x")), absl::NotFoundError("x"));
  EXPECT_EQ(FieldOf(absl::InvalidArgumentError("x")), std::nullopt);
}

}  // namespace
}  // namespace dossier
