#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "server/base/status_matchers.h"
#include "server/model/document.h"
#include "server/model/entity.h"
#include "server/model/evidence.h"
#include "server/model/time_interval.h"
#include "server/model/triple.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

Document Valid() {
  Document document;
  document.id = "a.txt";
  document.text = "The envoy arrived.";
  return document;
}

TEST(Document, AcceptsTextOfAnyScript) {
  Document document = Valid();
  document.text = "وصل المبعوث – 使節が到着した";
  document.published = "2024-02-29";
  EXPECT_THAT(ValidateDocument(document), IsOk());
}

TEST(Document, NamesTheFieldAndPlaceOfAFault) {
  struct Row {
    std::string Document::*field;
    std::string value;
    const char* message;
  };
  const Row rows[] = {
      {&Document::id, "", "id is empty"},
      {&Document::id, std::string(10240, 'x'), "id is 10240 bytes long; at most 1024"},
      {&Document::id, "a\xff", "id is not UTF-8: byte 0xff at offset 1"},
      {&Document::text, "", "text is empty"},
      {&Document::text, "caf\xe9", "text is not UTF-8: byte 0xe9 at offset 3"},
      {&Document::text, std::string("ab\0cd", 5), "text has a NUL byte at offset 2"},
      {&Document::published, "last Friday", "published is neither"},
      {&Document::published, "2023-02-29", "published is neither"},
  };
  for (const Row& row : rows) {
    Document document = Valid();
    document.*row.field = row.value;
    EXPECT_THAT(ValidateDocument(document),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.message)));
  }
}

TEST(TimeInterval, KnowsIsoDatesAndTimes) {
  for (const char* text : {"2024-10-18", "2024-02-29", "2024-10-18T06:30:00Z", "0800-01-01"}) {
    EXPECT_TRUE(IsIsoTime(text)) << text;
  }
  for (const char* text : {"", "2024", "2024-13-01", "2023-02-29", "2024-10-18T24:00:00Z",
                           "2024-10-18T06:30:00", "2024-1-1", "+024-10-18", "18-10-2024"}) {
    EXPECT_FALSE(IsIsoTime(text)) << text;
  }
}

TEST(Entity, PrefersTheCommonestNameThenTheFirst) {
  Entity entity;
  AddVotes(&entity.names, "B", 2);
  AddVotes(&entity.names, "A", 2);
  AddVotes(&entity.names, "C", 1);
  EXPECT_EQ(entity.preferred_name(), "A");
  AddVotes(&entity.names, "C", 2);
  EXPECT_EQ(entity.preferred_name(), "C");
  EXPECT_EQ(entity.type(), "");
}

TEST(Entity, PrefersNamesThatSpellTheKey) {
  Entity entity;
  entity.key = "ada lovelace";
  AddVotes(&entity.names, "Lovelace", 9);
  EXPECT_EQ(entity.preferred_name(), "Lovelace");
  AddVotes(&entity.names, "Ada Lovelace", 2);
  AddVotes(&entity.names, "ADA LOVELACE", 1);
  EXPECT_EQ(entity.preferred_name(), "Ada Lovelace");
}

TEST(Entity, VotesTakenAwayLeaveNoTrace) {
  std::mt19937 random(3);
  std::vector<Vote> votes;
  std::vector<std::string> given;
  for (int i = 0; i < 200; ++i) {
    given.push_back(std::string(1, static_cast<char>('a' + random() % 5)));
    AddVotes(&votes, given.back(), 1);
  }
  std::shuffle(given.begin(), given.end(), random);
  for (const std::string& text : given) {
    AddVotes(&votes, text, -1);
  }
  EXPECT_TRUE(votes.empty());
}

TEST(Triple, ObjectIdKeepsEntitiesAndLiteralsApart) {
  const ObjectId entity(EntityId(7));
  const ObjectId literal(TermId(7));
  EXPECT_FALSE(entity.is_literal());
  EXPECT_TRUE(literal.is_literal());
  EXPECT_NE(entity, literal);
  EXPECT_EQ(ObjectId::FromBits(literal.bits()).literal(), TermId(7));
}

TEST(StanceCounts, CountsEachStanceApart) {
  StanceCounts counts;
  counts.at(Polarity::kNegative, Modality::kDenied) = 2;
  counts.at(Polarity::kPositive, Modality::kAsserted) = 3;
  EXPECT_EQ(counts.at(Polarity::kPositive, Modality::kDenied), 0u);
  EXPECT_EQ(counts.total(), 5u);
}

TEST(TimeInterval, OverlapsWhereBothHaveAMoment) {
  const TimeInterval march{"2025-03-03", "2025-03-09"};
  EXPECT_TRUE(Overlaps(march, march));
  EXPECT_TRUE(Overlaps(march, {"2025-03-09", "2025-04-01"}));
  EXPECT_FALSE(Overlaps(march, {"2025-03-10", "2025-04-01"}));
  EXPECT_FALSE(Overlaps({"2025-03-10", "2025-04-01"}, march));
  EXPECT_TRUE(Overlaps(march, {"", ""}));
  EXPECT_TRUE(Overlaps(march, {"", "2025-03-03"}));
  EXPECT_FALSE(Overlaps(march, {"2025-03-10", ""}));
  EXPECT_TRUE(Overlaps(march, {"2025-03-09T23:00:00Z", ""}));
  EXPECT_TRUE(Overlaps({"", "2025-03-03T01:00:00Z"}, march));
  EXPECT_FALSE(Overlaps({"2025-03-03T02:00:00Z", ""}, {"", "2025-03-03T01:00:00Z"}));
}

}  // namespace
}  // namespace dossier
