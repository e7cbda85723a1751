#include "server/query/page_token.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "server/base/status_matchers.h"
#include "server/query/page.h"
#include "server/storage/keys.h"
#include "server/storage/memory_store.h"
#include "server/storage/validate.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kUrlSafe =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string RandomBytes(std::mt19937_64& random, std::size_t size) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) {
    byte = static_cast<char>(random() & 0xff);
  }
  return bytes;
}

TEST(PageTokens, OpenGivesBackWhatWasSealed) {
  const PageTokens tokens("secret");
  std::mt19937_64 random(1);
  for (std::size_t size = 0; size < 300; ++size) {
    const std::string position = RandomBytes(random, size);
    const std::string token = tokens.Seal("request", position);
    EXPECT_EQ(token.find_first_not_of(kUrlSafe), std::string::npos);
    const auto opened = tokens.Open("page_token", "request", token);
    ASSERT_THAT(opened, IsOk());
    EXPECT_EQ(*opened, position);
  }
}

// The bytes that page_token.h promises, computed by another HMAC.
TEST(PageTokens, HaveTheSameBytesInEveryVersion) {
  EXPECT_EQ(PageTokens("secret").Seal("request", "a position of some length"),
            "AQ1DT_6Pb_9tYSBwb3NpdGlvbiBvZiBzb21lIGxlbmd0aF-xYDRNXR4v3fpK00oclPU");
}

TEST(PageTokens, AnotherRequestIsSaidToBeOne) {
  const PageTokens tokens("secret");
  EXPECT_THAT(tokens.Open("page_token", "request B", tokens.Seal("request A", "x")),
              StatusIs(absl::StatusCode::kInvalidArgument,
                       HasSubstr("page_token belongs to another request")));
}

TEST(PageTokens, OneChangedBitIsOneTooMany) {
  const PageTokens tokens("secret");
  const std::string token = tokens.Seal("request", "position");
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (const char letter : kUrlSafe) {
      std::string forged = token;
      forged[i] = letter;
      if (forged != token) {
        EXPECT_THAT(tokens.Open("page_token", "request", forged),
                    StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not one that this")));
      }
    }
  }
}

TEST(PageTokens, StrangersAreRefused) {
  const PageTokens tokens("secret");
  const std::string token = tokens.Seal("request", "position");
  std::mt19937_64 random(2);
  std::vector<std::string> strangers = {"",
                                        "A",
                                        "=",
                                        "page 2",
                                        token + "=",
                                        token + "A",
                                        token + token,
                                        token.substr(1),
                                        token.substr(0, token.size() - 1),
                                        std::string(100'000, 'A'),
                                        std::string("\0", 1),
                                        PageTokens("other").Seal("request", "position")};
  for (std::size_t size = 0; size < 200; ++size) {
    strangers.push_back(RandomBytes(random, size));
    std::string letters;
    for (std::size_t i = 0; i < size; ++i) {
      letters.push_back(kUrlSafe[random() % kUrlSafe.size()]);
    }
    strangers.push_back(letters);
  }
  for (const std::string& stranger : strangers) {
    EXPECT_THAT(tokens.Open("resume_token", "request", stranger),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("resume_token is not one")));
  }
}

TEST(PageTokens, OutliveTheServer) {
  const auto store = NewMemoryStore();
  const auto before = PageTokens::Create(*store);
  ASSERT_THAT(before, IsOk());
  const auto after = PageTokens::Create(*store);
  ASSERT_THAT(after, IsOk());
  EXPECT_THAT(after->Open("page_token", "request", before->Seal("request", "position")), IsOk());
  EXPECT_TRUE(Validate(*store->NewSnapshot())->ok());
  const auto other = PageTokens::Create(*NewMemoryStore());
  ASSERT_THAT(other, IsOk());
  EXPECT_THAT(other->Open("page_token", "request", before->Seal("request", "position")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("not one")));
}

TEST(PageTokens, DamagedSecretIsNotUsed) {
  const auto store = NewMemoryStore();
  WriteBatch batch;
  batch.Put(Family::kMeta, TokenSecretKey(), "");
  ASSERT_THAT(store->Write(batch), IsOk());
  EXPECT_THAT(PageTokens::Create(*store),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("secret of page tokens")));
  EXPECT_FALSE(Validate(*store->NewSnapshot())->ok());
}

TEST(PageItems, StandForASize) {
  EXPECT_EQ(*PageItems(0), 100u);
  EXPECT_EQ(*PageItems(1), 1u);
  EXPECT_EQ(*PageItems(1000), 1000u);
  EXPECT_EQ(*PageItems(2'000'000'000), 1000u);
  EXPECT_THAT(PageItems(-1),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_size is -1")));
}

}  // namespace
}  // namespace dossier
