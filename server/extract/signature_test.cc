#include "server/extract/signature.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/base/status_matchers.h"
#include "server/extract/signature_testing.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

TEST(Signature, NoKeysNoQuestions) { EXPECT_THAT(SigningKeys().Verify("bytes", ""), IsOk()); }

TEST(Signature, KnowsItsSigners) {
  const TestSigner ours;
  const TestSigner also_ours;
  const TestSigner stranger;
  const auto keys = SigningKeys::Read({ours.public_key(), also_ours.public_key()});
  ASSERT_THAT(keys, IsOk());
  EXPECT_THAT(keys->Verify("bytes", ours.Sign("bytes")), IsOk());
  EXPECT_THAT(keys->Verify("bytes", also_ours.Sign("bytes")), IsOk());
  const auto denied = absl::StatusCode::kPermissionDenied;
  EXPECT_THAT(keys->Verify("bytes", stranger.Sign("bytes")),
              StatusIs(denied, HasSubstr("not of this file by a key")));
  EXPECT_THAT(keys->Verify("other", ours.Sign("bytes")),
              StatusIs(denied, HasSubstr("not of this file by a key")));
  EXPECT_THAT(keys->Verify("bytes", ""), StatusIs(denied, HasSubstr("it is not signed")));
  EXPECT_THAT(keys->Verify("bytes", "short"), StatusIs(denied, HasSubstr("has 5 bytes")));
}

// Made with the commands of signature.h.
TEST(Signature, TakesWhatOpensslWrites) {
  const auto keys =
      SigningKeys::Read({"MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="});
  ASSERT_THAT(keys, IsOk());
  // RFC 8032, 7.1, TEST 1: the empty message.
  const unsigned char signature[] = {
      0xe5, 0x56, 0x43, 0x00, 0xc3, 0x60, 0xac, 0x72, 0x90, 0x86, 0xe2, 0xcc, 0x80,
      0x6e, 0x82, 0x8a, 0x84, 0x87, 0x7f, 0x1e, 0xb8, 0xe5, 0xd9, 0x74, 0xd8, 0x73,
      0xe0, 0x65, 0x22, 0x49, 0x01, 0x55, 0x5f, 0xb8, 0x82, 0x15, 0x90, 0xa3, 0x3b,
      0xac, 0xc6, 0x1e, 0x39, 0x70, 0x1c, 0xf9, 0xb4, 0x6b, 0xd2, 0x5b, 0xf5, 0xf0,
      0x59, 0x5b, 0xbe, 0x24, 0x65, 0x51, 0x41, 0x43, 0x8e, 0x7a, 0x10, 0x0b};
  EXPECT_THAT(keys->Verify("", std::string(std::begin(signature), std::end(signature))), IsOk());
}

TEST(Signature, NamesAKeyThatIsNone) {
  for (const char* key : {"", "abc", "????", "AAAA", "-----BEGIN PUBLIC KEY-----",
                          // An X25519 key.
                          "MCowBQYDK2VuAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}) {
    EXPECT_THAT(SigningKeys::Read({key}),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr(std::string("\"") + key + "\" is not an Ed25519 public key")));
  }
}

}  // namespace
}  // namespace dossier
