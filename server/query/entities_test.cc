// SearchEntities, GetEntity, Neighbors.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

#include "server/base/status_matchers.h"
#include "server/query/get_entity.h"
#include "server/query/graph_model_testing.h"
#include "server/query/neighbors.h"
#include "server/query/search_entities.h"
#include "server/storage/memory_store.h"

namespace dossier {

// So that a failed comparison shows which neighbour it was.
bool operator==(const NeighborView& a, const NeighborView& b) {
  return a.direction == b.direction && a.triple == b.triple;
}

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class EntitiesTest : public ::testing::Test {
 protected:
  ReadContext Read() {
    auto context = BeginRead(*store_, tokens_, "", {});
    EXPECT_THAT(context, IsOk());
    return *std::move(context);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  PageTokens tokens_{"secret"};
};

std::vector<EntityDetails> ExpectedEntities(const GraphModel& model, const EntitySearch& search) {
  std::map<std::pair<std::string, EntityId>, EntityDetails> found;
  for (const auto& [id, entity] : model.entities) {
    std::set<std::string> aliases;
    for (const Vote& name : entity.names) {
      if (AliasText(name.text).starts_with(AliasText(search.prefix))) {
        aliases.insert(AliasText(name.text));
      }
    }
    if (!aliases.empty() && (search.type.empty() || entity.type() == search.type)) {
      found[{*aliases.begin(), id}] = DetailsOf(id, entity);
    }
  }
  std::vector<EntityDetails> result;
  for (const auto& [place, details] : found) {
    result.push_back(details);
  }
  return result;
}

TEST_F(EntitiesTest, EverySearchAgreesWithLookingAtEverything) {
  const auto model = GraphModel::Random(1, {.entities = 60, .evidence = 1});
  model.WriteTo(store_.get());
  const ReadContext context = Read();
  for (const char* prefix : {"", "a", "ADA", "ada  l", "ålesund", "port", "PORTS", "z", "q"}) {
    for (const char* type : {"", "GPE", "none"}) {
      const EntitySearch search{prefix, type};
      for (const PageRequest& page : AllKindsOfPages()) {
        ASSERT_EQ(
            ReadAll<EntityDetails>(
                page, [&](const PageRequest& p) { return SearchEntities(context, search, p); }),
            ExpectedEntities(model, search));
      }
    }
  }
}

TEST_F(EntitiesTest, SearchTokenIsGoodForItsOwnSearchOnly) {
  GraphModel::Random(2).WriteTo(store_.get());
  PageRequest page{.max_items = 1};
  page.token = SearchEntities(Read(), {}, page)->next_token;
  EXPECT_THAT(SearchEntities(Read(), {"a", ""}, page),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token belongs")));
  EXPECT_THAT(SearchEntities(Read(), {"", "GPE"}, page),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token belongs")));
}

TEST_F(EntitiesTest, DetailsHaveTheCommonestNameFirst) {
  const Entity entity{"key", {{"a", 1}, {"b", 3}, {"c", 1}, {"d", 3}}, {{"ORG", 2}}, 8};
  const EntityDetails details = DetailsOf(EntityId(5), entity);
  EXPECT_EQ(details.entity, (EntityView{EntityId(5), "b", "ORG"}));
  EXPECT_THAT(details.names, ElementsAre(Vote{"b", 3}, Vote{"d", 3}, Vote{"a", 1}, Vote{"c", 1}));
  EXPECT_EQ(details.mentions, 8u);
}

TEST_F(EntitiesTest, DetailsAreBounded) {
  Entity entity;
  for (int i = 0; i < 1000; ++i) {
    entity.names.push_back({std::to_string(1000 + i) + std::string(1020, 'x'), 1});
  }
  EXPECT_THAT(DetailsOf(EntityId(1), entity).names, SizeIs(kMaxNamesBytes / 1024));
}

TEST_F(EntitiesTest, GetEntity) {
  const auto model = GraphModel::Random(3);
  model.WriteTo(store_.get());
  const auto details = GetEntity(Read(), EntityId(2));
  ASSERT_THAT(details, IsOk());
  EXPECT_EQ(*details, DetailsOf(EntityId(2), model.entities.at(EntityId(2))));
  EXPECT_THAT(GetEntity(Read(), EntityId(777)),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"e777\"")));
}

std::vector<NeighborView> ExpectedNeighbors(const GraphModel& model,
                                            const std::set<EntityId>& entities,
                                            const NeighborsRequest& request) {
  std::map<std::tuple<Direction, uint64_t, uint64_t, uint64_t>, NeighborView> found;
  for (const auto& [triple, record] : model.Triples()) {
    const auto& [s, p, o] = triple;
    if (o.is_literal() || !request.filter.MayMatch(record.stances) ||
        (!request.predicate.empty() && model.predicates.at(p) != request.predicate)) {
      continue;
    }
    const TripleView view = model.View(record);
    if (entities.contains(s) && request.direction != Direction::kIncoming) {
      found[{Direction::kOutgoing, s.value(), p.value(), o.bits()}] = {Direction::kOutgoing, view};
    } else if (entities.contains(o.entity()) && request.direction != Direction::kOutgoing) {
      const NeighborView neighbor{Direction::kIncoming, view};
      if (request.predicate.empty()) {
        found[{Direction::kIncoming, o.bits(), s.value(), p.value()}] = neighbor;
      } else {
        found[{Direction::kIncoming, p.value(), o.bits(), s.value()}] = neighbor;
      }
    }
  }
  std::vector<NeighborView> result;
  for (const auto& [place, neighbor] : found) {
    result.push_back(neighbor);
  }
  return result;
}

TEST_F(EntitiesTest, NeighborsAgreeWithLookingAtEverything) {
  const auto model = GraphModel::Random(4, {.evidence = 300});
  model.WriteTo(store_.get());
  const ReadContext context = Read();
  std::size_t found = 0;
  for (const EntitySelector& selector :
       {EntitySelector(EntityId(1)), EntitySelector("ada"), EntitySelector("nobody")}) {
    const auto* id = std::get_if<EntityId>(&selector);
    const std::set<EntityId> entities =
        id != nullptr ? std::set{*id} : model.Called(std::get<std::string>(selector));
    for (const Direction direction :
         {Direction::kBoth, Direction::kOutgoing, Direction::kIncoming}) {
      for (const char* predicate : {"", "predicate 1", "unknown"}) {
        const NeighborsRequest request{selector, direction, predicate, {}};
        const auto expected = ExpectedNeighbors(model, entities, request);
        found += expected.size();
        for (const PageRequest& page : AllKindsOfPages()) {
          ASSERT_EQ(ReadAll<NeighborView>(
                        page, [&](const PageRequest& p) { return Neighbors(context, request, p); }),
                    expected);
        }
      }
    }
  }
  EXPECT_GT(found, 50u);
  EXPECT_THAT(Neighbors(context, {EntityId(999), Direction::kBoth, "", {}}, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"e999\"")));
}

TEST_F(EntitiesTest, OfManyWithOneNameTheFirstHundredAreMeant) {
  auto model = GraphModel::Random(5, {.entities = 130, .evidence = 1});
  for (auto& [id, entity] : model.entities) {
    entity.names = {{"Same", 1}};
  }
  model.WriteTo(store_.get());
  const auto selected = SelectEntities(Read(), " SAME ");
  ASSERT_THAT(selected, IsOk());
  EXPECT_THAT(*selected, SizeIs(kMaxSelectedEntities));
  EXPECT_EQ(selected->back(), EntityId(100));
  EXPECT_THAT(*SelectEntities(Read(), "Sam"), IsEmpty());
  EXPECT_THAT(*SelectEntities(Read(), " "), IsEmpty());
}

}  // namespace
}  // namespace dossier
