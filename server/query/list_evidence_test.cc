#include "server/query/list_evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "server/base/status_matchers.h"
#include "server/query/graph_model_testing.h"
#include "server/storage/memory_store.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ListEvidenceTest : public ::testing::Test {
 protected:
  ReadContext Read(std::stop_token stop = {}) {
    auto context = BeginRead(*store_, tokens_, "", std::move(stop));
    EXPECT_THAT(context, IsOk());
    return *std::move(context);
  }

  std::unique_ptr<Store> store_ = NewMemoryStore();
  PageTokens tokens_{"secret"};
};

std::vector<EvidenceView> Expected(const GraphModel& model, const EvidenceScope& scope,
                                   const EvidenceFilter& filter) {
  std::vector<EvidenceKey> keys;
  for (const auto& [key, item] : model.evidence) {
    const auto* triple = std::get_if<TripleId>(&scope);
    const auto* document = std::get_if<std::string>(&scope);
    if (filter.Matches(item) && (triple == nullptr || key.triple == *triple) &&
        (document == nullptr || model.documents.at(key.document).id == *document)) {
      keys.push_back(key);
    }
  }
  if (!std::holds_alternative<TripleId>(scope)) {
    std::ranges::sort(keys, {}, [](const EvidenceKey& key) { return ByDocKey::Of(key); });
  }
  std::vector<EvidenceView> views;
  for (const EvidenceKey& key : keys) {
    views.push_back(model.View(key));
  }
  return views;
}

TEST_F(ListEvidenceTest, EveryScopeFilterAndPageSizeAgreesWithLookingAtEverything) {
  const auto model = GraphModel::Random(1, {.documents = 5, .entities = 4, .terms = 2});
  model.WriteTo(store_.get());
  const ReadContext context = Read();
  std::vector<EvidenceScope> scopes = {std::monostate()};
  for (const auto& [number, document] : model.documents) {
    scopes.emplace_back(document.id);
  }
  for (const auto& [triple, record] : model.Triples()) {
    scopes.emplace_back(model.triple_ids.at(triple));
  }
  const Modality denied[] = {Modality::kDenied, Modality::kPossible};
  for (const EvidenceFilter& filter :
       {EvidenceFilter(), *EvidenceFilter::Create({}, denied, 0.2)}) {
    for (const EvidenceScope& scope : scopes) {
      const std::vector<EvidenceView> expected = Expected(model, scope, filter);
      for (const PageRequest& page : AllKindsOfPages()) {
        ASSERT_EQ(ReadAll<EvidenceView>(page,
                                        [&](const PageRequest& p) {
                                          return ListEvidence(context, scope, filter, p);
                                        }),
                  expected);
      }
    }
  }
}

TEST_F(ListEvidenceTest, DefaultViewNeverShowsWhatIsDeniedPossibleOrNegative) {
  GraphModel::Random(2).WriteTo(store_.get());
  const auto all = ListEvidence(Read(), {}, {}, {.max_items = 1000});
  ASSERT_THAT(all, IsOk());
  EXPECT_THAT(all->items, Not(IsEmpty()));
  for (const EvidenceView& view : all->items) {
    EXPECT_EQ(view.evidence.polarity, Polarity::kPositive);
    EXPECT_TRUE(view.evidence.modality == Modality::kAsserted ||
                view.evidence.modality == Modality::kReported);
  }
}

TEST_F(ListEvidenceTest, UnchangedDocumentsAreNeitherLostNorRepeated) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    auto model = GraphModel::Random(seed);
    const DocumentNumber last = model.documents.rbegin()->first;
    const auto before = model.evidence;
    std::size_t moment = 0;
    std::vector<EvidenceView> all = ReadAll<EvidenceView>(
        {.max_items = 2 + seed % 7, .max_work = 3 + seed}, [&](const PageRequest& page) {
          model.WriteTo(store_.get());
          auto part = ListEvidence(Read(), {}, {}, page);
          if (++moment < 4) {
            model.Change(seed + moment);
          }
          return part;
        });
    // Change() leaves all documents alone but for the last and those that it takes out.
    std::set<std::string> steady;
    for (const auto& [number, document] : model.documents) {
      if (number != last) {
        steady.insert(document.id);
      }
    }
    std::erase_if(all, [&](const auto& view) { return !steady.contains(view.document_id); });
    std::vector<EvidenceKey> keys;
    for (const auto& [key, item] : before) {
      if (key.document != last && model.documents.contains(key.document) &&
          EvidenceFilter().Matches(item)) {
        keys.push_back(key);
      }
    }
    std::ranges::sort(keys, {}, [](const EvidenceKey& key) { return ByDocKey::Of(key); });
    ASSERT_EQ(all.size(), keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      EXPECT_EQ(all[i].evidence, before.at(keys[i]));
    }
  }
}

TEST_F(ListEvidenceTest, LongQuotesAreCutBetweenCharacters) {
  auto model = GraphModel::Random(3, {.documents = 1, .entities = 2, .terms = 1, .evidence = 1});
  std::string& text = model.documents.begin()->second.text;
  text.assign(1, 'x');
  for (int i = 0; i < 100'000; ++i) {
    text += "é";
  }
  const auto size = static_cast<uint32_t>(text.size());
  Evidence& evidence = model.evidence.begin()->second;
  evidence = Evidence();
  evidence.sentence = {0, size};
  evidence.subject = {0, size};
  model.WriteTo(store_.get());
  const auto all = ListEvidence(Read(), {}, {}, {});
  ASSERT_THAT(all, IsOk());
  ASSERT_THAT(all->items, SizeIs(1));
  EXPECT_THAT(all->items[0].sentence, SizeIs(kMaxSentenceBytes - 1));
  EXPECT_THAT(all->items[0].subject, SizeIs(kMaxQuoteBytes - 1));
  EXPECT_EQ(all->items[0].object, "");
}

TEST_F(ListEvidenceTest, SpanOutsideTheTextIsDamage) {
  auto model = GraphModel::Random(4, {.documents = 1, .entities = 2, .terms = 1, .evidence = 1});
  model.evidence.begin()->second.sentence = {0, 1'000'000};
  model.WriteTo(store_.get());
  EXPECT_THAT(ListEvidence(Read(), {}, {}, {}),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr("outside the document's text")));
}

TEST_F(ListEvidenceTest, UnknownScopeIsNotFound) {
  GraphModel::Random(5).WriteTo(store_.get());
  EXPECT_THAT(ListEvidence(Read(), TripleId(999), {}, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"t999\"")));
  EXPECT_THAT(ListEvidence(Read(), "no such", {}, {}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"no such\"")));
}

TEST_F(ListEvidenceTest, StopsWhenTheCallerIsGone) {
  GraphModel::Random(6).WriteTo(store_.get());
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THAT(ListEvidence(Read(stop.get_token()), {}, {}, {}),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("caller")));
}

}  // namespace
}  // namespace dossier
