// GetDocument, ListDocuments, BeginRead, ReadTotals.
#include "server/query/documents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "server/base/status_matchers.h"
#include "server/query/graph_model_testing.h"
#include "server/query/list_evidence.h"
#include "server/query/match_triples.h"
#include "server/query/search_entities.h"
#include "server/query/stats.h"
#include "server/storage/memory_store.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const PageTokens kTokens("secret");

TEST(Documents, GetAndListShowWhatIsStored) {
  const auto store = NewMemoryStore();
  auto model = GraphModel::Random(1, {.documents = 30});
  model.documents.begin()->second.text = "abc";
  model.evidence.clear();
  model.WriteTo(store.get());
  const auto context = BeginRead(*store, kTokens, "", {});
  ASSERT_THAT(context, IsOk());
  EXPECT_EQ(context->revision, Revision(7));

  const auto document = GetDocument(*context, "document 1", true);
  ASSERT_THAT(document, IsOk());
  EXPECT_EQ(document->document.text, "abc");
  EXPECT_EQ(document->document.title, "Title");
  EXPECT_EQ(document->text_bytes, 3u);
  EXPECT_EQ(document->revision, Revision(1));
  EXPECT_EQ(document->text_sha256,  // FIPS 180-4, its first example
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(GetDocument(*context, "document 1", false)->document.text, "");
  EXPECT_THAT(GetDocument(*context, "document 99", false),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"document 99\"")));

  for (const PageRequest& page : AllKindsOfPages()) {
    const auto all = ReadAll<DocumentView>(
        page, [&](const PageRequest& p) { return ListDocuments(*context, p); });
    ASSERT_EQ(all.size(), 30u);
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(all[i].document.id, "document " + std::to_string(i + 1));
      EXPECT_EQ(all[i].document.text, "");
      EXPECT_EQ(all[i].text_bytes, model.documents.at(DocumentNumber(i + 1)).text.size());
    }
  }
}

TEST(ReadContext, DefaultNamespaceIsEmptyUntilItIsThere) {
  const auto store = NewMemoryStore();
  const auto context = BeginRead(*store, kTokens, "", {});
  ASSERT_THAT(context, IsOk());
  EXPECT_EQ(context->revision, Revision());
  EXPECT_THAT(MatchTriples(*context, {}, {}, {})->items, IsEmpty());
  EXPECT_THAT(ListEvidence(*context, {}, {}, {})->items, IsEmpty());
  EXPECT_THAT(SearchEntities(*context, {}, {})->items, IsEmpty());
  EXPECT_THAT(ListDocuments(*context, {})->items, IsEmpty());
  EXPECT_EQ(*ReadTotals(*context), Totals());
}

TEST(ReadContext, OtherNamespacesHaveToBeThere) {
  const auto store = NewMemoryStore();
  GraphModel model = GraphModel::Random(2);
  model.WriteTo(store.get(), "mine");
  EXPECT_THAT(BeginRead(*store, kTokens, "other", {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("namespace \"other\"")));
  EXPECT_THAT(BeginRead(*store, kTokens, std::string(129, 'x'), {}),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("namespace is 129 bytes")));
  const auto mine = BeginRead(*store, kTokens, "mine", {});
  ASSERT_THAT(mine, IsOk());
  EXPECT_EQ(ReadTotals(*mine)->documents, model.documents.size());
  const auto unnamed = BeginRead(*store, kTokens, "", {});
  ASSERT_THAT(unnamed, IsOk());
  EXPECT_THAT(MatchTriples(*unnamed, {}, {}, {})->items, IsEmpty());

  PageRequest page{.max_items = 1};
  page.token = ListDocuments(*mine, page)->next_token;
  EXPECT_THAT(ListDocuments(*unnamed, page),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("another request")));
}

}  // namespace
}  // namespace dossier
