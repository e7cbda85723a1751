#include "server/rpc/answered_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "dossier/v1/plugin_service.pb.h"
#include "server/base/field_error.h"
#include "server/base/status_matchers.h"

namespace dossier {
namespace {

class AnsweredRequestsTest : public ::testing::Test {
 protected:
  // The answer to a rollback of `plugin`: how many were carried out by then.
  absl::StatusOr<std::string> Ask(const std::string& id, const std::string& plugin = "org.a") {
    v1::PluginServiceRollbackRequest request;
    request.set_plugin_id(plugin);
    v1::PluginServiceRollbackResponse response;
    const absl::Status status = answered_.Once(
        id, request,
        [&] {
          if (plugin == "org.fails") {
            return absl::InternalError("no");
          }
          response.mutable_plugin()->set_version(std::to_string(++carried_out_));
          return absl::OkStatus();
        },
        &response);
    return status.ok() ? absl::StatusOr<std::string>(response.plugin().version()) : status;
  }

  AnsweredRequests answered_;
  int carried_out_ = 0;
};

TEST_F(AnsweredRequestsTest, ARequestThatComesAgainHasTheSameAnswer) {
  EXPECT_EQ(*Ask("x"), "1");
  EXPECT_EQ(*Ask("y"), "2");
  EXPECT_EQ(*Ask("x"), "1");
  EXPECT_EQ(*Ask(""), "3");
  EXPECT_EQ(*Ask(""), "4");
  EXPECT_EQ(*Ask("y"), "2");
}

TEST_F(AnsweredRequestsTest, AnIdBelongsToOneRequest) {
  ASSERT_THAT(Ask("x"), IsOk());
  EXPECT_EQ(FieldOf(Ask("x", "org.b").status()), "request_id");
  v1::PluginServiceRemoveRequest other_kind;
  other_kind.set_plugin_id("org.a");
  v1::PluginServiceRemoveResponse response;
  EXPECT_EQ(FieldOf(answered_.Once(
                "x", other_kind, [] { return absl::OkStatus(); }, &response)),
            "request_id");
}

TEST_F(AnsweredRequestsTest, WhatFailedIsTriedAgain) {
  EXPECT_THAT(Ask("x", "org.fails"), StatusIs(absl::StatusCode::kInternal, ::testing::_));
  EXPECT_EQ(*Ask("x"), "1");
}

TEST_F(AnsweredRequestsTest, TheOldestIsForgotten) {
  for (std::size_t i = 0; i <= AnsweredRequests::kMaxAnswers; ++i) {
    ASSERT_THAT(Ask("id " + std::to_string(i)), IsOk());
  }
  EXPECT_EQ(*Ask("id 1"), "2");
  EXPECT_EQ(*Ask("id 0"), std::to_string(AnsweredRequests::kMaxAnswers + 2));
}

}  // namespace
}  // namespace dossier
