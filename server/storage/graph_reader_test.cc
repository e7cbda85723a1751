#include "server/storage/graph_reader.h"

#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/storage/memory_store.h"
#include "server/storage/sample_graph.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;

class GraphReaderTest : public ::testing::Test {
 protected:
  GraphReaderTest() : store_(NewMemoryStore()) {
    DatabaseState state;
    SampleGraph other("other", 1, &state);
    SampleGraph graph("", 2, &state);
    WriteBatch batch;
    for (int i = 0; i < 4; ++i) {
      graph.AddDocument(8, 5, &batch);
      other.AddDocument(2, 2, &batch);
    }
    graph.AddShared(&batch);
    other.AddShared(&batch);
    EXPECT_THAT(store_->Write(batch), IsOk());
  }

  GraphReader Reader() {
    const auto snapshot = store_->NewSnapshot();
    const auto ns = FindNamespace(*snapshot, "");
    return GraphReader(snapshot, ns->value());
  }

  // The rows' members that `take` picks; checks that the scan ended well.
  template <class Row, class Take>
  static auto Collect(Rows<Row> rows, Take take) {
    std::vector<decltype(take(*rows))> taken;
    for (; rows.Valid(); rows.Next()) {
      taken.push_back(take(*rows));
    }
    EXPECT_THAT(rows.status(), IsOk());
    return taken;
  }

  std::unique_ptr<Store> store_;
};

TEST_F(GraphReaderTest, FindsNamespacesByName) {
  const auto snapshot = store_->NewSnapshot();
  EXPECT_EQ(FindNamespace(*snapshot, "other")->value(), NamespaceId(1));
  EXPECT_EQ(FindNamespace(*snapshot, "")->value(), NamespaceId(2));
  EXPECT_EQ(*FindNamespace(*snapshot, "nobody"), std::nullopt);
  EXPECT_EQ(ReadDatabaseState(*snapshot)->last, Revision(8));
}

TEST_F(GraphReaderTest, ReadsAnEmptyNamespaceAsEmpty) {
  const GraphReader reader(NewMemoryStore()->NewSnapshot(), NamespaceId(1));
  EXPECT_EQ(*reader.ReadTotals(), Totals());
  EXPECT_EQ(*reader.ReadIdCounters(), IdCounters());
  EXPECT_EQ(*reader.FindDocument("doc-1"), std::nullopt);
  EXPECT_FALSE(reader.Triples({}).Valid());
  EXPECT_THAT(reader.GetEntity(EntityId(1)), StatusIs(absl::StatusCode::kNotFound, "no entity 1"));
}

// Every pattern, whichever index answers it, gives what a filter over all triples gives.
TEST_F(GraphReaderTest, AnswersEveryPatternFromSomeIndex) {
  const GraphReader reader = Reader();
  const auto triple_of = [](const TripleRow& row) { return row.triple; };
  const std::vector<Triple> all = Collect(reader.Triples({}), triple_of);
  ASSERT_EQ(all.size(), reader.ReadTotals()->triples);
  for (const Triple& wanted : all) {
    for (int given = 0; given < 8; ++given) {
      TriplePattern pattern;
      if ((given & 1) != 0) {
        pattern.subject = wanted.subject;
      }
      if ((given & 2) != 0) {
        pattern.predicate = wanted.predicate;
      }
      if ((given & 4) != 0) {
        pattern.object = wanted.object;
      }
      std::set<Triple> expected;
      for (const Triple& triple : all) {
        if (triple.subject == pattern.subject.value_or(triple.subject) &&
            triple.predicate == pattern.predicate.value_or(triple.predicate) &&
            triple.object == pattern.object.value_or(triple.object)) {
          expected.insert(triple);
        }
      }
      const auto found = Collect(reader.Triples(pattern), triple_of);
      EXPECT_EQ(found.size(), expected.size());
      EXPECT_EQ(std::set<Triple>(found.begin(), found.end()), expected) << given;
    }
  }
}

TEST_F(GraphReaderTest, GoesOnAfterAnyRow) {
  const GraphReader reader = Reader();
  const auto id_of = [](const TripleRow& row) { return row.id; };
  const TermId predicate = reader.Triples({})->triple.predicate;
  const TriplePattern pattern{{}, predicate, {}};
  const std::vector<TripleId> all = Collect(reader.Triples(pattern), id_of);
  std::size_t seen = 0;
  for (auto rows = reader.Triples(pattern); rows.Valid(); rows.Next()) {
    ++seen;
    const std::vector<TripleId> rest(all.begin() + static_cast<std::ptrdiff_t>(seen), all.end());
    EXPECT_EQ(Collect(reader.Triples(pattern, rows.key()), id_of), rest);
  }
  EXPECT_EQ(seen, all.size());
}

TEST_F(GraphReaderTest, FindsWhatItGets) {
  const GraphReader reader = Reader();
  for (auto rows = reader.Triples({}); rows.Valid(); rows.Next()) {
    EXPECT_EQ(*reader.FindTriple(rows->triple), rows->id);
    EXPECT_EQ(reader.GetTriple(rows->id)->triple, rows->triple);
    const std::string predicate = *reader.GetPredicate(rows->triple.predicate);
    EXPECT_EQ(*reader.FindPredicate(predicate), rows->triple.predicate);
    const std::string key = reader.GetEntity(rows->triple.subject)->key;
    EXPECT_EQ(*reader.FindEntity(key), rows->triple.subject);
    if (rows->triple.object.is_literal()) {
      const Literal literal = *reader.GetLiteral(rows->triple.object.literal());
      EXPECT_EQ(*reader.FindLiteral(literal), rows->triple.object.literal());
    }
    uint64_t evidence = 0;
    for (auto proof = reader.EvidenceOf(rows->id); proof.Valid(); proof.Next()) {
      EXPECT_EQ(*reader.GetEvidence(proof->key), proof->evidence);
      ++evidence;
    }
    EXPECT_EQ(evidence, reader.GetTriple(rows->id)->stances.total());
  }
}

TEST_F(GraphReaderTest, WalksDocumentsAndWhatTheyContribute) {
  const GraphReader reader = Reader();
  std::vector<uint64_t> numbers;
  for (auto documents = reader.Documents(); documents.Valid(); documents.Next()) {
    numbers.push_back(documents->number.value());
    EXPECT_EQ(*reader.FindDocument(documents->record.document.id), documents->number);
    EXPECT_EQ(reader.GetText(documents->number)->size(), documents->record.text_bytes);
    EXPECT_EQ(reader.GetDocument(documents->number)->document.id, documents->record.document.id);
    const auto parts =
        Collect(reader.PartsOf(documents->number), [](const ByDocKey& part) { return part.part; });
    EXPECT_EQ(parts.size(), documents->record.evidence + documents->record.mentions);
    EXPECT_TRUE(std::is_sorted(parts.begin(), parts.end()));
  }
  EXPECT_THAT(numbers, ElementsAre(1, 2, 3, 4));
  const RunId run = reader.GetDocument(DocumentNumber(1))->runs.front();
  EXPECT_EQ(*reader.FindRun(*reader.GetExtractor(run)), run);
  EXPECT_THAT(
      Collect(reader.DocumentsOf(run), [](const ByRunKey& key) { return key.document.value(); }),
      ElementsAreArray(numbers));
}

TEST_F(GraphReaderTest, FindsEntitiesByTheBeginningOfAName) {
  const GraphReader reader = Reader();
  const auto all = Collect(reader.Aliases("SÉRGIO"), [](const AliasRow& row) { return row.key; });
  EXPECT_EQ(all.size(), reader.ReadTotals()->entities);
  const auto one = reader.Aliases("sérgio 1");
  ASSERT_TRUE(one.Valid());
  EXPECT_EQ(one->key.text, "sérgio 1");
  const uint64_t mentions = reader.GetEntity(one->key.entity)->mentions;
  EXPECT_EQ(one->votes, mentions);
  EXPECT_EQ(
      Collect(reader.MentionsOf(one->key.entity), [](const auto& row) { return row.mention.name; })
          .size(),
      mentions);
  EXPECT_FALSE(reader.Aliases("nobody").Valid());
}

TEST_F(GraphReaderTest, ResumesTheChangeLog) {
  const auto revisions = [&](Revision after) {
    return Collect(Reader().ChangesAfter(after),
                   [](const ChangeRow& row) { return row.revision.value(); });
  };
  EXPECT_THAT(revisions(Revision()), ElementsAre(1, 3, 5, 7));  // the others are of "other"
  EXPECT_THAT(revisions(Revision(3)), ElementsAre(5, 7));
  EXPECT_THAT(revisions(Revision(4)), ElementsAre(5, 7));
  EXPECT_THAT(revisions(Revision(7)), ElementsAre());
}

TEST_F(GraphReaderTest, EndsAScanAtADamagedRow) {
  const GraphReader before = Reader();
  const auto first = before.Triples({});
  WriteBatch damage;
  damage.Put(Family::kSpo, std::string(first.key()), "\xff");
  ASSERT_THAT(store_->Write(damage), IsOk());
  const GraphReader reader = Reader();
  const auto rows = reader.Triples({});
  EXPECT_FALSE(rows.Valid());
  EXPECT_THAT(rows.status(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(KeyInHex(first.key()))));
  EXPECT_TRUE(before.Triples({}).Valid());  // its snapshot is older
}

}  // namespace
}  // namespace dossier
