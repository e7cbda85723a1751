#include "server/query/list_mentions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <ostream>

#include "server/base/status_matchers.h"
#include "server/query/graph_model_testing.h"
#include "server/query/page_walk.h"
#include "server/query/quoter.h"
#include "server/storage/graph_reader.h"
#include "server/storage/memory_store.h"
#include "server/storage/sample_graph.h"

namespace dossier {

// How failed comparisons show a view.
void PrintTo(const MentionView& view, std::ostream* out) {
  *out << view.document_id << " [" << view.mention.span.begin << "] " << view.mention.name;
}

namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ListMentionsTest : public ::testing::Test {
 protected:
  ListMentionsTest() {
    DatabaseState state;
    SampleGraph graph("", 1, &state);
    WriteBatch batch;
    for (int n = 0; n < 4; ++n) {
      graph.AddDocument(3, 5, &batch);
    }
    graph.AddShared(&batch);
    batch.Put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState(state));
    EXPECT_THAT(store_->Write(batch), IsOk());
  }

  ReadContext Read() {
    auto context = BeginRead(*store_, tokens_, "", {});
    EXPECT_THAT(context, IsOk());
    return *std::move(context);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  PageTokens tokens_{"secret"};
};

// One mention after the other, read by itself.
MentionView Expected(const ReadContext& context, const MentionKey& key, const Mention& mention) {
  const GraphReader& graph = context.graph;
  const auto entity = graph.GetEntity(key.entity);
  const auto document = graph.GetDocument(key.document);
  const auto text = graph.GetText(key.document);
  MentionView view;
  view.entity = {key.entity, std::string(entity->preferred_name()), std::string(entity->type())};
  view.document_id = document->document.id;
  view.mention = mention;
  view.text = Slice(*text, mention.span);
  view.extractor = *graph.GetExtractor(key.run);
  return view;
}

TEST_F(ListMentionsTest, EveryScopeAndPageSizeAgreesWithLookingAtEverything) {
  const ReadContext context = Read();
  std::map<std::string, std::vector<MentionView>> of_documents;
  std::map<EntityId, std::vector<MentionView>> of_entities;
  for (auto documents = context.graph.Documents(); documents.Valid(); documents.Next()) {
    for (auto parts = context.graph.PartsOf(documents->number); parts.Valid(); parts.Next()) {
      if (parts->part == Part::kMention) {
        const MentionKey key = parts->mention();
        for (auto rows = context.graph.MentionsOf(key.entity); rows.Valid(); rows.Next()) {
          if (rows->key == key) {
            const MentionView view = Expected(context, key, rows->mention);
            of_documents[view.document_id].push_back(view);
            of_entities[key.entity].push_back(view);
          }
        }
      }
    }
  }
  ASSERT_THAT(of_documents, Not(IsEmpty()));
  const auto check = [&](const MentionScope& scope, const std::vector<MentionView>& expected) {
    for (const PageRequest& page : AllKindsOfPages()) {
      auto all = ReadAll<MentionView>(
          page, [&](const PageRequest& p) { return ListMentions(context, scope, p); });
      for (MentionView& view : all) {
        EXPECT_THAT(view.context, HasSubstr(view.text));
        view.context.clear();
      }
      ASSERT_EQ(all, expected);
    }
  };
  for (const auto& [id, expected] : of_documents) {
    check(id, expected);
  }
  for (const auto& [id, expected] : of_entities) {
    check(id, expected);
  }
}

TEST_F(ListMentionsTest, WhatIsNotThere) {
  EXPECT_THAT(ListMentions(Read(), EntityId(999), {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("e999")));
  EXPECT_THAT(ListMentions(Read(), "nothing", {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("nothing")));
}

TEST_F(ListMentionsTest, ContextEndsWithTheLineAndBetweenCharacters) {
  const GraphReader graph(store_->NewSnapshot(), NamespaceId(1));
  WriteBatch batch;
  const std::string key = DocumentKey{graph.ns(), DocumentNumber(1)}.Encode();
  const std::string text = "above\n" + std::string(60, 'x') + "ééééééééééééé Hale éééé\nbelow";
  batch.Put(Family::kText, key, text);
  ASSERT_THAT(store_->Write(batch), IsOk());
  const ReadContext context = Read();
  const auto walk = PageWalk::Begin(context, {}, "test");
  ASSERT_THAT(walk, IsOk());
  PageWalk page = *walk;
  Quoter quoter(context.graph);
  ASSERT_THAT(quoter.Open(DocumentNumber(1), &page), IsOk());
  const auto begin = static_cast<uint32_t>(text.find("Hale"));
  EXPECT_EQ(quoter.QuoteAround({begin, begin + 4}, 80),
            std::string(53, 'x') + "ééééééééééééé Hale éééé");
  EXPECT_EQ(quoter.QuoteAround({begin, begin + 4}, 4), "é Hale é");
}

}  // namespace
}  // namespace dossier
