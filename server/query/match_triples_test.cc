#include "server/query/match_triples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <tuple>

#include "server/base/status_matchers.h"
#include "server/query/graph_model_testing.h"
#include "server/storage/memory_store.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class MatchTriplesTest : public ::testing::Test {
 protected:
  ReadContext Read(std::stop_token stop = {}) {
    auto context = BeginRead(*store_, tokens_, "", std::move(stop));
    EXPECT_THAT(context, IsOk());
    return *std::move(context);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  PageTokens tokens_{"secret"};
};

std::vector<EvidenceFilter> Filters() {
  const Polarity negative[] = {Polarity::kNegative};
  const Polarity both[] = {Polarity::kPositive, Polarity::kNegative};
  const Modality denied[] = {Modality::kDenied};
  const Modality all[] = {Modality::kAsserted, Modality::kReported,    Modality::kPlanned,
                          Modality::kPossible, Modality::kConditional, Modality::kDenied};
  return {EvidenceFilter(), *EvidenceFilter::Create(both, all, 0),
          *EvidenceFilter::Create(both, all, 0.75), *EvidenceFilter::Create(negative, denied, 0),
          *EvidenceFilter::Create({}, {}, 1)};
}

// The subjects, and objects, that may be asked for, with the ids that they stand for.
std::vector<std::pair<EntitySelector, std::set<EntityId>>> Selectors(const GraphModel& model) {
  std::vector<std::pair<EntitySelector, std::set<EntityId>>> selectors;
  for (const uint64_t id : {1u, 3u}) {
    selectors.push_back({EntityId(id), {EntityId(id)}});
  }
  for (const char* name : {"ada", "  PORT ", "nobody"}) {
    selectors.push_back({name, model.Called(name)});
  }
  return selectors;
}

struct Case {
  TripleQuery query;
  std::optional<std::set<EntityId>> subjects;
  std::optional<std::set<ObjectId>> objects;
};

std::vector<Case> Cases(const GraphModel& model) {
  std::vector<Case> subjects = {{}};
  for (const auto& [selector, ids] : Selectors(model)) {
    subjects.push_back({{.subject = selector}, ids, {}});
  }
  std::vector<Case> cases;
  for (const Case& subject : subjects) {
    for (const char* predicate : {"", "predicate 1", "predicate unknown"}) {
      Case open = subject;
      open.query.predicate = predicate;
      cases.push_back(open);
      for (const auto& [selector, ids] : Selectors(model)) {
        Case entity = open;
        entity.query.object = selector;
        entity.objects.emplace();
        for (const EntityId id : ids) {
          entity.objects->insert(ObjectId(id));
        }
        cases.push_back(entity);
      }
      for (const auto& [id, literal] : model.literals) {
        Case value = open;
        value.query.object = literal;
        value.objects = {ObjectId(id)};
        cases.push_back(value);
      }
    }
  }
  return cases;
}

bool HasMatch(const GraphModel& model, TripleId triple, const EvidenceFilter& filter) {
  return std::any_of(model.evidence.begin(), model.evidence.end(), [&](const auto& item) {
    return item.first.triple == triple && filter.Matches(item.second);
  });
}

// All that fits, in the order that triple_walk.h promises.
std::vector<TripleView> Expected(const GraphModel& model, const Case& c,
                                 const EvidenceFilter& filter) {
  std::map<std::tuple<uint64_t, uint64_t, uint64_t>, TripleView> views;
  for (const auto& [triple, record] : model.Triples()) {
    const auto& [s, p, o] = triple;
    if ((c.subjects && !c.subjects->contains(s)) || (c.objects && !c.objects->contains(o)) ||
        (!c.query.predicate.empty() && model.predicates.at(p) != c.query.predicate) ||
        !HasMatch(model, model.triple_ids.at(triple), filter)) {
      continue;
    }
    std::tuple place(s.value(), p.value(), o.bits());
    if (!c.subjects && !c.query.predicate.empty()) {
      place = {p.value(), o.bits(), s.value()};
    } else if (c.objects && c.query.predicate.empty()) {
      place = {o.bits(), s.value(), p.value()};
    }
    views[place] = model.View(record);
  }
  std::vector<TripleView> result;
  for (auto& [place, view] : views) {
    result.push_back(std::move(view));
  }
  return result;
}

TEST_F(MatchTriplesTest, EveryPatternFilterAndPageSizeAgreesWithLookingAtEverything) {
  const auto model = GraphModel::Random(1, {.evidence = 300});
  model.WriteTo(store_.get());
  const ReadContext context = Read();
  std::size_t found = 0;
  for (const Case& c : Cases(model)) {
    for (const EvidenceFilter& filter : Filters()) {
      const std::vector<TripleView> expected = Expected(model, c, filter);
      found += expected.size();
      for (const PageRequest& page : AllKindsOfPages()) {
        const auto all = ReadAll<TripleView>(
            page, [&](const PageRequest& p) { return MatchTriples(context, c.query, filter, p); });
        ASSERT_EQ(all, expected);
      }
    }
  }
  EXPECT_GT(found, 1000u);
}

TEST_F(MatchTriplesTest, LargerGraphs) {
  for (uint64_t seed = 2; seed < 5; ++seed) {
    const auto model =
        GraphModel::Random(seed, {.documents = 10, .entities = 40, .terms = 8, .evidence = 1500});
    model.WriteTo(store_.get());
    const ReadContext context = Read();
    const EvidenceFilter strict = *EvidenceFilter::Create({}, {}, 0.9);
    for (const EvidenceFilter& filter : {EvidenceFilter(), strict}) {
      for (const std::size_t items : {100u, 300u, 5000u}) {
        EXPECT_EQ(ReadAll<TripleView>(
                      {.max_items = items},
                      [&](const PageRequest& p) { return MatchTriples(context, {}, filter, p); }),
                  Expected(model, {}, filter));
      }
    }
  }
}

TEST_F(MatchTriplesTest, DefaultViewHoldsOnlyWhatDocumentsHoldToBeSo) {
  const auto model = GraphModel::Random(5);
  model.WriteTo(store_.get());
  const auto all = MatchTriples(Read(), {}, {}, {.max_items = 1000});
  ASSERT_THAT(all, IsOk());
  for (const TripleView& triple : all->items) {
    EXPECT_GT(triple.stances.at(Polarity::kPositive, Modality::kAsserted) +
                  triple.stances.at(Polarity::kPositive, Modality::kReported),
              0u);
  }
}

// What a triple is at each moment of a walk that the graph changes under.
TEST_F(MatchTriplesTest, WhatDoesNotChangeIsNeitherLostNorRepeated) {
  const EvidenceFilter filters[] = {EvidenceFilter(), *EvidenceFilter::Create({}, {}, 0.5)};
  for (uint64_t seed = 0; seed < 40; ++seed) {
    auto model = GraphModel::Random(seed);
    const EvidenceFilter& filter = filters[seed % 2];
    TripleQuery query;
    if (seed % 3 == 1) {
      query.subject = "ada";
    } else if (seed % 3 == 2) {
      query.predicate = "predicate 2";
    }
    std::map<TripleId, std::size_t> steady;  // in every moment's answer
    std::map<TripleId, std::size_t> seen;
    PageRequest page{.max_items = 1 + seed % 5, .max_work = 3 + seed};
    for (std::size_t moment = 0; moment == 0 || !page.token.empty(); ++moment) {
      ASSERT_LT(moment, 10'000u);
      model.WriteTo(store_.get());
      const ReadContext context = Read();
      const auto whole = MatchTriples(context, query, filter, {.max_items = 1'000'000});
      ASSERT_THAT(whole, IsOk());
      for (const TripleView& triple : whole->items) {
        ++steady[triple.id];
      }
      std::erase_if(steady, [&](const auto& item) { return item.second != moment + 1; });
      const auto part = MatchTriples(context, query, filter, page);
      ASSERT_THAT(part, IsOk());
      for (const TripleView& triple : part->items) {
        ++seen[triple.id];
      }
      page.token = part->next_token;
      if (moment < 5) {
        model.Change(1000 * seed + moment);
      }
    }
    for (const auto& [id, moments] : steady) {
      EXPECT_EQ(seen[id], 1u) << "seed " << seed << " triple " << id.value();
    }
  }
}

TEST_F(MatchTriplesTest, SearchInVainEndsAfterItsWork) {
  const auto model = GraphModel::Random(6);
  model.WriteTo(store_.get());
  const EvidenceFilter never = *EvidenceFilter::Create({}, {}, 1);
  const auto page = MatchTriples(Read(), {}, never, {.max_work = 10});
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(page->items, IsEmpty());
  EXPECT_NE(page->next_token, "");
}

TEST_F(MatchTriplesTest, StopsWhenTheCallerIsGone) {
  GraphModel::Random(7).WriteTo(store_.get());
  std::stop_source stop;
  const ReadContext context = Read(stop.get_token());
  EXPECT_THAT(MatchTriples(context, {}, {}, {}), IsOk());
  stop.request_stop();
  EXPECT_THAT(MatchTriples(context, {}, {}, {}),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("caller")));
}

TEST_F(MatchTriplesTest, UnknownEntityIsNotFound) {
  GraphModel::Random(8).WriteTo(store_.get());
  EXPECT_THAT(MatchTriples(Read(), {.subject = EntityId(999)}, {}, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"e999\"")));
  EXPECT_THAT(MatchTriples(Read(), {.subject = EntityId()}, {}, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("no entity")));
}

TEST_F(MatchTriplesTest, TokenOfAnotherPatternIsRefused) {
  GraphModel::Random(9).WriteTo(store_.get());
  const ReadContext context = Read();
  PageRequest page{.max_items = 1};
  page.token = MatchTriples(context, {}, {}, page)->next_token;
  EXPECT_THAT(MatchTriples(context, {}, {}, page), IsOk());
  EXPECT_THAT(
      MatchTriples(context, {.predicate = "predicate 1"}, {}, page),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("resume_token belongs to another")));
  EXPECT_THAT(MatchTriples(context, {}, *EvidenceFilter::Create({}, {}, 0.5), page),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("another request")));
}

// The walk trusts no position, not even one that carries the right MAC.
TEST_F(MatchTriplesTest, HostilePositionsDoNotCrash) {
  GraphModel::Random(10).WriteTo(store_.get());
  const ReadContext context = Read();
  const std::string ns("\0\0\0\1", 4);
  for (const std::string& position :
       {std::string("x"), std::string(200, '\xff'), std::string(200, '\0'), "\x04" + ns,
        "\x05" + ns + "\xff", "\x03" + ns, "\x80" + ns, "\x10" + ns + std::string(100, 'e')}) {
    // Empty fields stand for the open pattern and the default filter, as MatchTriples writes them.
    std::string request;
    PutVarint(&request, context.graph.ns().value());
    PutVarint(&request, 0);  // the graph as it is now
    request.append("MatchTriples");
    PutVarint(&request, 0);
    PutString(&request, "");
    PutVarint(&request, 0);
    EvidenceFilter().AppendTo(&request);
    EXPECT_THAT(MatchTriples(context, {}, {}, {.token = tokens_.Seal(request, position)}), IsOk());
  }
}

}  // namespace
}  // namespace dossier
