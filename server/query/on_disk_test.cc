// Queries over the store on disk answer what they answer over the one in memory.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <string>

#include "server/base/status_matchers.h"
#include "server/query/graph_model_testing.h"
#include "server/query/list_evidence.h"
#include "server/query/match_triples.h"
#include "server/query/search_entities.h"
#include "server/storage/memory_store.h"
#include "server/storage/rocksdb_store.h"

namespace dossier {
namespace {

class OnDiskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string path = ::testing::TempDir() + "query_XXXXXX";
    ASSERT_NE(mkdtemp(path.data()), nullptr);
    folder_ = path;
    auto store = OpenRocksDbStore({.path = path + "/db"});
    ASSERT_THAT(store, IsOk());
    disk_ = *std::move(store);
  }
  void TearDown() override {
    disk_.reset();
    std::filesystem::remove_all(folder_);
  }

  // Both stores' answers to `query(ReadContext, PageRequest)`, page by page.
  template <class T, class Query>
  void ExpectSame(Query query) {
    for (const PageRequest& page : {PageRequest{.max_items = 7}, PageRequest{.max_work = 50}}) {
      std::vector<T> answers[2];
      for (const bool on_disk : {false, true}) {
        const auto context = BeginRead(on_disk ? *disk_ : *memory_, tokens_, "", {});
        ASSERT_THAT(context, IsOk());
        answers[on_disk] =
            ReadAll<T>(page, [&](const PageRequest& p) { return query(*context, p); });
      }
      EXPECT_EQ(answers[0], answers[1]);
      EXPECT_FALSE(answers[0].empty());
    }
  }

  std::filesystem::path folder_;
  std::unique_ptr<Store> memory_ = NewMemoryStore();
  std::unique_ptr<Store> disk_;
  PageTokens tokens_{"secret"};
};

TEST_F(OnDiskTest, AnswersAreThoseOfTheStoreInMemory) {
  const auto model =
      GraphModel::Random(1, {.documents = 10, .entities = 8, .terms = 2, .evidence = 600});
  model.WriteTo(memory_.get());
  model.WriteTo(disk_.get());
  for (const bool flushed : {false, true}) {
    if (flushed) {  // files are read through filters, buffers are not
      ASSERT_THAT(disk_->Flush(), IsOk());
    }
    const EntitySelector ada = "ada";
    const std::string predicate = "predicate 1";
    for (const TripleQuery& query : std::vector<TripleQuery>{
             {},
             {.subject = ada},
             {.predicate = predicate},
             {.object = ada},
             {.subject = ada, .predicate = predicate},
             {.subject = EntityId(1), .object = ada},
             {.predicate = predicate, .object = ada},
             {.subject = ada, .predicate = predicate, .object = EntityId(1)}}) {
      ExpectSame<TripleView>([&](const ReadContext& context, const PageRequest& page) {
        return MatchTriples(context, query, *EvidenceFilter::Create({}, {}, 0.3), page);
      });
    }
    for (const EvidenceScope& scope :
         {EvidenceScope(), EvidenceScope(TripleId(1)), EvidenceScope("document 3")}) {
      ExpectSame<EvidenceView>([&](const ReadContext& context, const PageRequest& page) {
        return ListEvidence(context, scope, {}, page);
      });
    }
    ExpectSame<EntityDetails>([](const ReadContext& context, const PageRequest& page) {
      return SearchEntities(context, {"a", ""}, page);
    });
  }
}

}  // namespace
}  // namespace dossier
