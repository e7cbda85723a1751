#include "server/storage/validate.h"

#include <gtest/gtest.h>

#include <functional>
#include <utility>

#include "server/base/status_matchers.h"
#include "server/storage/history_store.h"
#include "server/storage/memory_store.h"
#include "server/storage/sample_graph.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Record {
  Family family;
  std::string key;
  std::string value;
};

class ValidateTest : public ::testing::Test {
 protected:
  ValidateTest() : store_(NewMemoryStore()) {
    DatabaseState state;
    SampleGraph first("", 1, &state);
    SampleGraph second("press", 2, &state);
    WriteBatch batch;
    first.AddDocument(4, 4, &batch);
    second.AddDocument(3, 3, &batch);
    first.AddDocument(5, 4, &batch);
    first.AddReextraction(&batch);
    second.AddMerge(&batch);
    first.AddShared(&batch);
    second.AddShared(&batch);
    auto plain = NewMemoryStore();
    EXPECT_THAT(plain->Write(batch), IsOk());
    const auto remembers = *KeepHistory(std::move(plain), 10);
    WriteBatch again;  // changes nothing, and is remembered
    again.Put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState(state));
    again.Put(Family::kMeta, NamespaceNameKey("press"), EncodeNumber(second.ns().value()));
    EXPECT_THAT(remembers->Write(again), IsOk());
    WriteBatch copy;
    for (const Record& record : AllOf(*remembers)) {
      copy.Put(record.family, record.key, record.value);
    }
    EXPECT_THAT(store_->Write(copy), IsOk());
  }

  ValidationReport Check() {
    auto report = Validate(*store_->NewSnapshot());
    EXPECT_THAT(report, IsOk());
    return *std::move(report);
  }

  std::vector<Record> All() const { return AllOf(*store_); }

  static std::vector<Record> AllOf(const Store& store) {
    std::vector<Record> records;
    const auto snapshot = store.NewSnapshot();
    for (const FamilyInfo& family : Catalogue()) {
      auto cursor = snapshot->Scan(family.family, "", "");
      for (; cursor->Valid(); cursor->Next()) {
        records.push_back(
            {family.family, std::string(cursor->key()), std::string(cursor->value())});
      }
    }
    return records;
  }

  // Whether Validate() finds fault once `record` is replaced by `damaged`; nullopt: once it is
  // gone.
  bool Finds(const Record& record, const std::optional<Record>& damaged) {
    const auto old =
        damaged ? *store_->NewSnapshot()->Get(damaged->family, damaged->key) : std::nullopt;
    WriteBatch damage;
    damage.Delete(record.family, record.key);
    if (damaged) {
      damage.Put(damaged->family, damaged->key, damaged->value);
    }
    EXPECT_THAT(store_->Write(damage), IsOk());
    const ValidationReport report = Check();
    WriteBatch repair;
    if (damaged) {
      repair.Delete(damaged->family, damaged->key);
    }
    if (old) {
      repair.Put(damaged->family, damaged->key, *old);
    }
    repair.Put(record.family, record.key, record.value);
    EXPECT_THAT(store_->Write(repair), IsOk());
    EXPECT_EQ(report.problems.size(),
              std::min<uint64_t>(report.problem_count, ValidationReport::kMaxProblems));
    return !report.ok();
  }

  std::unique_ptr<Store> store_;
};

std::string Name(const Record& record) {
  return std::string(InfoOf(record.family).name) + " " + KeyInHex(record.key);
}

TEST_F(ValidateTest, PassesAValidGraphOverAllFamilies) {
  const ValidationReport report = Check();
  EXPECT_THAT(report.problems, ElementsAre());
  EXPECT_EQ(report.records, All().size());
  std::set<Family> families;
  for (const Record& record : All()) {
    families.insert(record.family);
  }
  EXPECT_EQ(families.size(), kFamilyCount);
}

TEST_F(ValidateTest, PassesAnEmptyStore) {
  EXPECT_TRUE(Validate(*NewMemoryStore()->NewSnapshot())->ok());
}

TEST_F(ValidateTest, FindsEveryMissingKey) {
  for (const Record& record : All()) {
    if (record.key != FormatVersionKey()) {  // what a store checks before it opens
      EXPECT_TRUE(Finds(record, std::nullopt)) << Name(record);
    }
  }
}

TEST_F(ValidateTest, FindsEveryChangedKey) {
  for (const Record& record : All()) {
    if (record.key.starts_with(NamespaceNamePrefix())) {
      continue;  // the name of a namespace stands nowhere else
    }
    for (std::size_t i = 0; i < record.key.size(); ++i) {
      Record moved = record;
      moved.key[i] = static_cast<char>(moved.key[i] ^ 1);
      EXPECT_TRUE(Finds(record, moved)) << Name(record) << " at " << i;
    }
    EXPECT_TRUE(Finds(record, Record{record.family, record.key + "x", record.value}))
        << Name(record);
  }
}

TEST_F(ValidateTest, FindsEveryValueTooLongOrTooShort) {
  for (const Record& record : All()) {
    if (record.family == Family::kMention || record.family == Family::kHistory) {
      continue;  // bytes to the end of the record, and nothing else says what they should be
    }
    EXPECT_TRUE(Finds(record, Record{record.family, record.key, record.value + '\0'}))
        << Name(record);
    if (!record.value.empty()) {
      const std::string shorter = record.value.substr(0, record.value.size() - 1);
      EXPECT_TRUE(Finds(record, Record{record.family, record.key, shorter})) << Name(record);
    }
  }
}

// In these families every bit of a value is told by others.
TEST_F(ValidateTest, FindsEveryChangedBitOfAnIndex) {
  const std::set<Family> families = {Family::kSpo,     Family::kPos,     Family::kOsp,
                                     Family::kAgainst, Family::kFigures, Family::kTerm,
                                     Family::kTermRev, Family::kTriple,  Family::kEntity,
                                     Family::kAlias,   Family::kDocument};
  for (const Record& record : All()) {
    for (std::size_t bit = 0; families.contains(record.family) && bit < record.value.size() * 8;
         ++bit) {
      Record changed = record;
      changed.value[bit / 8] = static_cast<char>(changed.value[bit / 8] ^ 1 << bit % 8);
      EXPECT_TRUE(Finds(record, changed)) << Name(record) << " bit " << bit;
    }
  }
}

// Changes evidence by `change` and expects every one of them to be found.
void ExpectFoundInEvidence(const std::function<void(Evidence*)>& change,
                           const std::vector<Record>& all,
                           const std::function<bool(const Record&, const Record&)>& finds) {
  for (const Record& record : all) {
    if (record.family == Family::kEvidence) {
      Evidence evidence = *DecodeEvidence(record.key, record.value);
      change(&evidence);
      EXPECT_TRUE(finds(record, {record.family, record.key, EncodeEvidence(evidence)}))
          << Name(record);
    }
  }
}

TEST_F(ValidateTest, FindsEvidenceThatDisagreesWithItsSurroundings) {
  const auto all = All();
  const auto finds = [&](const Record& record, const Record& damaged) {
    return Finds(record, damaged);
  };
  ExpectFoundInEvidence(
      [](Evidence* e) {
        e->polarity =
            e->polarity == Polarity::kPositive ? Polarity::kNegative : Polarity::kPositive;
      },
      all, finds);
  ExpectFoundInEvidence([](Evidence* e) { e->sentence.end = 1'000'000; }, all, finds);
  ExpectFoundInEvidence([](Evidence* e) { e->subject.begin += 2; }, all, finds);  // half of an é
  ExpectFoundInEvidence([](Evidence* e) { e->subject_mention += 100; }, all, finds);
  ExpectFoundInEvidence(
      [](Evidence* e) {
        e->object_mention = e->object_mention ? std::nullopt : std::optional<uint32_t>(0);
      },
      all, finds);
  ExpectFoundInEvidence([](Evidence* e) { e->revision = Revision(); }, all, finds);
  ExpectFoundInEvidence([](Evidence* e) { e->revision = Revision(99); }, all, finds);
  ExpectFoundInEvidence(
      [](Evidence* e) {
        e->qualifiers.push_back({Role::kOf, {0, 1}, EntityId(99), 0, {}, {}});
      },
      all, finds);
  ExpectFoundInEvidence(
      [](Evidence* e) {
        e->attributions.push_back({{0, 1}, EntityId(99), 0});
      },
      all, finds);
}

TEST_F(ValidateTest, NamesTheFamilyAndTheKey) {
  const std::string key = KeyPrefix(NamespaceId(1), TripleId(1));
  WriteBatch damage;
  damage.Put(Family::kTriple, key, "x");
  ASSERT_THAT(store_->Write(damage), IsOk());
  EXPECT_THAT(Check().problems, ::testing::Contains(HasSubstr("triple, key " + KeyInHex(key))));
}

TEST_F(ValidateTest, ReportsOnlyTheFirstProblems) {
  WriteBatch damage;
  for (uint64_t i = 1; i <= 2 * ValidationReport::kMaxProblems; ++i) {
    damage.Put(Family::kByRun, KeyPrefix(NamespaceId(1), RunId(9), DocumentNumber(i)), "");
  }
  ASSERT_THAT(store_->Write(damage), IsOk());
  const ValidationReport report = Check();
  EXPECT_EQ(report.problems.size(), ValidationReport::kMaxProblems);
  EXPECT_GE(report.problem_count, 2 * ValidationReport::kMaxProblems);
}

TEST(Validate, KnowsTheSecretOfPageTokens) {
  const auto store = NewMemoryStore();
  WriteBatch batch;
  batch.Put(Family::kMeta, TokenSecretKey(), std::string(kTokenSecretBytes, 's'));
  ASSERT_THAT(store->Write(batch), IsOk());
  EXPECT_THAT(Validate(*store->NewSnapshot())->problems, ::testing::IsEmpty());
  WriteBatch cut;
  cut.Put(Family::kMeta, TokenSecretKey(), "short");
  ASSERT_THAT(store->Write(cut), IsOk());
  EXPECT_THAT(Validate(*store->NewSnapshot())->problems, ::testing::SizeIs(1));
}

}  // namespace
}  // namespace dossier
