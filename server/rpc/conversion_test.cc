// Requests into the model and views into answers.
#include <gtest/gtest.h>

#include <string>
#include <variant>

#include "server/base/field_error.h"
#include "server/base/status_matchers.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/to_proto.h"

namespace dossier {
namespace {

template <class Model, class Proto>
bool Same(Model model, Proto proto) {
  return static_cast<int>(model) == static_cast<int>(proto);
}

TEST(Conversion, EnumerationsHaveTheSameNumbers) {
  EXPECT_TRUE(Same(Polarity::kPositive, v1::POLARITY_POSITIVE));
  EXPECT_TRUE(Same(Polarity::kNegative, v1::POLARITY_NEGATIVE));
  EXPECT_TRUE(Same(Modality::kAsserted, v1::MODALITY_ASSERTED));
  EXPECT_TRUE(Same(Modality::kReported, v1::MODALITY_REPORTED));
  EXPECT_TRUE(Same(Modality::kPlanned, v1::MODALITY_PLANNED));
  EXPECT_TRUE(Same(Modality::kPossible, v1::MODALITY_POSSIBLE));
  EXPECT_TRUE(Same(Modality::kConditional, v1::MODALITY_CONDITIONAL));
  EXPECT_TRUE(Same(Modality::kDenied, v1::MODALITY_DENIED));
  EXPECT_TRUE(Same(Role::kTime, v1::ROLE_TIME));
  EXPECT_TRUE(Same(Role::kPurpose, v1::ROLE_PURPOSE));
  EXPECT_TRUE(Same(Role::kWith, v1::ROLE_WITH));
  EXPECT_TRUE(Same(Role::kOther, v1::ROLE_OTHER));
  EXPECT_TRUE(Same(Bound::kExact, v1::BOUND_EXACT));
  EXPECT_TRUE(Same(Bound::kAbout, v1::BOUND_ABOUT));
  EXPECT_TRUE(Same(MentionKind::kName, v1::MENTION_KIND_NAME));
  EXPECT_TRUE(Same(MentionKind::kPronoun, v1::MENTION_KIND_PRONOUN));
  EXPECT_TRUE(Same(Direction::kOutgoing, v1::DIRECTION_OUTGOING));
  EXPECT_TRUE(Same(Direction::kIncoming, v1::DIRECTION_INCOMING));
  EXPECT_TRUE(Same(ConflictKind::kPolarity, v1::CONFLICT_KIND_POLARITY));
  EXPECT_TRUE(Same(ConflictKind::kDenial, v1::CONFLICT_KIND_DENIAL));
  EXPECT_TRUE(Same(ConflictKind::kQuantity, v1::CONFLICT_KIND_QUANTITY));
  EXPECT_TRUE(Same(ConflictKind::kExclusive, v1::CONFLICT_KIND_EXCLUSIVE));
  EXPECT_TRUE(Same(ConflictKind::kSeries, v1::CONFLICT_KIND_SERIES));
}

TEST(Conversion, LiteralTypesAndCommitStatusesAreOneHigher) {
  v1::Literal literal;
  ToProto(Literal{LiteralType::kTime, "2024-10-08"}, &literal);
  EXPECT_EQ(literal.type(), v1::LITERAL_TYPE_TIME);
  ToProto(Literal{}, &literal);
  EXPECT_EQ(literal.type(), v1::LITERAL_TYPE_NONE);
  const auto response = ToIngestResponse(
      2, "a", IngestResult{.status = CommitStatus::kUnchanged, .revision = {}, .warnings = {}});
  EXPECT_EQ(response.committed().status(), v1::COMMIT_STATUS_UNCHANGED);
}

TEST(Conversion, PatternTakesWhatIsSet) {
  v1::MatchTriplesRequest request;
  EXPECT_FALSE(ToPattern(request)->subject.has_value());
  EXPECT_FALSE(ToPattern(request)->object.has_value());
  request.mutable_subject()->set_id("e17");
  request.mutable_literal()->set_type(v1::LITERAL_TYPE_NUMBER);
  request.mutable_literal()->set_value("3000");
  const auto pattern = ToPattern(request);
  ASSERT_THAT(pattern, IsOk());
  EXPECT_EQ(std::get<EntityId>(*pattern->subject), EntityId(17));
  EXPECT_EQ(std::get<Literal>(*pattern->object), (Literal{LiteralType::kNumber, "3000"}));
}

TEST(Conversion, FaultsOfPatternsHavePaths) {
  v1::MatchTriplesRequest request;
  request.mutable_subject();
  EXPECT_EQ(FieldOf(ToPattern(request).status()), "subject.selector");
  request.mutable_subject()->set_id("17");
  EXPECT_EQ(FieldOf(ToPattern(request).status()), "subject.id");
  request.mutable_subject()->set_name(std::string(5000, 'n'));
  EXPECT_EQ(FieldOf(ToPattern(request).status()), "subject.name");
  request.clear_subject();
  request.set_predicate(std::string(5000, 'p'));
  EXPECT_EQ(FieldOf(ToPattern(request).status()), "predicate");
  request.clear_predicate();
  request.mutable_literal();
  EXPECT_EQ(FieldOf(ToPattern(request).status()), "literal.type");
}

TEST(Conversion, FaultsOfConflictQueriesHavePaths) {
  v1::ListConflictsRequest request;
  EXPECT_THAT(ToConflictQuery(request), IsOk());
  request.mutable_time()->set_from("2024-10-18");
  request.mutable_time()->set_to("2024-10-17");
  EXPECT_EQ(FieldOf(ToConflictQuery(request).status()), "time.to");
  request.mutable_time()->set_to("tomorrow");
  EXPECT_EQ(FieldOf(ToConflictQuery(request).status()), "time.to");
  request.mutable_time()->set_to("2024-10-18T06:30:00Z");
  request.add_kinds(v1::CONFLICT_KIND_SERIES);
  const auto query = ToConflictQuery(request);
  ASSERT_THAT(query, IsOk());
  EXPECT_TRUE(query->kinds.contains(ConflictKind::kSeries));
  request.add_kinds(v1::CONFLICT_KIND_UNSPECIFIED);
  EXPECT_EQ(FieldOf(ToConflictQuery(request).status()), "kinds[1]");
  request.clear_kinds();
  request.set_min_confidence(2);
  EXPECT_EQ(FieldOf(ToConflictQuery(request).status()), "min_confidence");
  request.mutable_entity();
  EXPECT_EQ(FieldOf(ToConflictQuery(request).status()), "entity.selector");
}

TEST(Conversion, FiltersTakeATime) {
  v1::EvidenceFilter filter;
  filter.mutable_time()->set_from("2024-10-01");
  const auto taken = ToFilter(filter);
  ASSERT_THAT(taken, IsOk());
  EXPECT_TRUE(taken->needs_evidence());
  filter.mutable_time()->set_from("October");
  EXPECT_EQ(FieldOf(ToFilter(filter).status()), "filter.time.from");
}

TEST(Conversion, EvidenceLeavesOutWhatItHasNot) {
  EvidenceView view;
  view.triple.object = Literal{};
  view.evidence.sentence = {4, 9};
  view.sentence = "words";
  v1::Evidence proto;
  ToProto(view, &proto);
  EXPECT_EQ(proto.sentence_span().begin(), 4u);
  EXPECT_FALSE(proto.has_subject_span());
  EXPECT_FALSE(proto.has_time());
  EXPECT_FALSE(proto.has_quantity());
  EXPECT_FALSE(proto.has_revision());
  EXPECT_EQ(proto.triple().literal().type(), v1::LITERAL_TYPE_NONE);
}

}  // namespace
}  // namespace dossier
