#include "server/storage/entity_links.h"

#include <gtest/gtest.h>

#include "server/base/status_matchers.h"
#include "server/storage/memory_store.h"

namespace dossier {
namespace {

constexpr NamespaceId kNs{1};

class EntityLinksTest : public ::testing::Test {
 protected:
  void Put(const LinkSource& source, const std::string& target, NamespaceId ns = kNs) {
    WriteBatch batch;
    batch.Put(Family::kMergeLog, MergeLogKey::Of(ns, source).Encode(),
              EncodeLink({MergeId(1), target}));
    EXPECT_THAT(store_->Write(batch), IsOk());
  }
  EntityLinks Links() { return {store_->NewSnapshot(), kNs}; }

  std::unique_ptr<Store> store_ = NewMemoryStore();
};

TEST_F(EntityLinksTest, LeadNowhereWhereThereAreNone) {
  EXPECT_EQ(*Links().Follow("hale", "hale", "d"), "hale");
  Put({"hale", "", ""}, "dunn", NamespaceId(2));
  Put({"hale bo", "", ""}, "dunn");
  EXPECT_EQ(*Links().Follow("hale", "hale", "d"), "hale");
}

TEST_F(EntityLinksTest, TheMostParticularCounts) {
  Put({"hale", "", ""}, "any");
  Put({"hale", "", "d"}, "document");
  Put({"hale", "bo", ""}, "name");
  Put({"hale", "bo", "d"}, "both");
  EntityLinks links = Links();
  EXPECT_EQ(*links.Follow("hale", "bo", "d"), "both");
  EXPECT_EQ(*links.Follow("hale", "bo", "e"), "name");
  EXPECT_EQ(*links.Follow("hale", "", "d"), "document");
  EXPECT_EQ(*links.Follow("hale", "mira", "e"), "any");
}

TEST_F(EntityLinksTest, AreFollowedToTheEnd) {
  Put({"a", "", ""}, "b");
  Put({"b", "bo", ""}, "c");
  Put({"c", "", ""}, "d");
  EntityLinks links = Links();
  EXPECT_EQ(*links.Follow("a", "bo", "x"), "d");
  EXPECT_EQ(*links.Follow("a", "mira", "x"), "b");
  EXPECT_EQ(links.Way("a", "bo", "x")->size(), 3u);
  EXPECT_THAT(links.Set({{"d", "", ""}, {MergeId(2), "e"}}), IsOk());
  EXPECT_EQ(*links.Follow("a", "bo", "x"), "e");
  EXPECT_THAT(links.Clear({"b", "bo", ""}), IsOk());
  EXPECT_EQ(*links.Follow("a", "bo", "x"), "b");
}

TEST_F(EntityLinksTest, CirclesEnd) {
  Put({"a", "", ""}, "b");
  Put({"b", "", ""}, "a");
  EXPECT_EQ(*Links().Follow("a", "", ""), "b");
}

}  // namespace
}  // namespace dossier
