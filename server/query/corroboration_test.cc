#include "server/query/corroboration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "server/base/status_matchers.h"
#include "server/query/graph_model_testing.h"
#include "server/query/origins.h"
#include "server/storage/memory_store.h"

namespace dossier {
namespace {

const PageTokens kTokens("secret");
const PredicateRules kRules;

class CorroborationTest : public ::testing::Test {
 protected:
  void Load(uint64_t seed) {
    model_ = GraphModel::Random(seed, {.documents = 8, .entities = 4, .terms = 2, .evidence = 200});
    model_.WriteTo(store_.get());
  }

  absl::StatusOr<Corroboration> Ask(TripleId triple, const EvidenceFilter& filter,
                                    const PageRequest& page) {
    auto context = BeginRead(*store_, kTokens, "", {});
    return context.ok() ? GetCorroboration(*context, kRules, triple, filter, page)
                        : context.status();
  }

  // The origins of the evidence that matches, by the model.
  std::vector<Origin> Expected(TripleId triple, const EvidenceFilter& filter,
                               std::vector<EvidenceKey>* keys) const {
    std::vector<StatementPlace> places;
    std::map<DocumentNumber, DocumentSketch> sketches;
    for (const auto& [key, item] : model_.evidence) {
      if (key.triple == triple && filter.Matches(item)) {
        keys->push_back(key);
        places.push_back(
            {key.document, item.sentence,
             item.attributions.empty() ? EntityId() : item.attributions.back().entity});
        sketches[key.document] = model_.SketchOf(key.document);
      }
    }
    return FindOrigins(places, sketches);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  GraphModel model_;
};

TEST_F(CorroborationTest, CountsWhatTheModelCounts) {
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    Load(seed);
    for (const auto& [triple, record] : model_.Triples()) {
      const TripleId id = model_.triple_ids.at(triple);
      std::vector<EvidenceKey> keys;
      const std::vector<Origin> expected = Expected(id, {}, &keys);
      const auto found = Ask(id, {}, {});
      ASSERT_THAT(found, IsOk());
      EXPECT_EQ(found->triple, model_.View(record));
      EXPECT_EQ(found->origins, expected.size());
      EXPECT_EQ(found->evidence, keys.size());
      EXPECT_TRUE(found->complete);
      ASSERT_EQ(found->page.items.size(), expected.size());
      for (std::size_t i = 0; i < expected.size(); ++i) {
        const OriginView& view = found->page.items[i];
        EXPECT_EQ(view.evidence, expected[i].statements.size());
        EXPECT_EQ(view.statements.front().evidence,
                  model_.View(keys[expected[i].statements.front()]));
        EXPECT_EQ(view.statements.size(), view.documents);
      }
    }
  }
}

TEST_F(CorroborationTest, PagesAddUpToTheWhole) {
  Load(7);
  for (const auto& [triple, record] : model_.Triples()) {
    const TripleId id = model_.triple_ids.at(triple);
    const auto whole = Ask(id, {}, {});
    ASSERT_THAT(whole, IsOk());
    for (const PageRequest& page : AllKindsOfPages()) {
      EXPECT_EQ(ReadAll<OriginView>(page,
                                    [&](const PageRequest& p) -> absl::StatusOr<Page<OriginView>> {
                                      auto found = Ask(id, {}, p);
                                      if (!found.ok()) {
                                        return found.status();
                                      }
                                      EXPECT_EQ(found->origins, whole->origins);
                                      return std::move(found->page);
                                    }),
                whole->page.items);
    }
  }
}

TEST_F(CorroborationTest, AnUnknownTripleIsNotFound) {
  Load(1);
  EXPECT_THAT(Ask(TripleId(9999), {}, {}),
              StatusIs(absl::StatusCode::kNotFound, ::testing::HasSubstr("t9999")));
}

}  // namespace
}  // namespace dossier
