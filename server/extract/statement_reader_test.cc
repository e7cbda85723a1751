#include "server/extract/statement_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <limits>
#include <string>

#include "server/base/status_matchers.h"
#include "server/extract/c_string.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

const std::string kText = "Zoë met 3,000 men.";  // ë: bytes 2 and 3
const StatementContext kContext{kText, /*mention_count=*/2};
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
const std::string kLong(kMaxTermBytes + 1, 'x');

// A triple with all its parts, for the tests to spoil.
struct Parts {
  dossier_time time{sizeof(dossier_time), ToC("2024-10-08"), ToC("2024-10-13T06:00:00Z")};
  dossier_quantity quantity{sizeof(dossier_quantity), DOSSIER_ABOUT, 3000, 3000, ToC("men")};
  dossier_qualifier qualifier{
      sizeof(dossier_qualifier), DOSSIER_ROLE_QUANTITY, 9, 14, DOSSIER_NONE, &time, &quantity};
  dossier_attribution attribution{sizeof(dossier_attribution), 0, 4, 0};
  std::array<const dossier_qualifier*, 1> qualifiers = {&qualifier};
  std::array<const dossier_attribution*, 1> attributions = {&attribution};
  dossier_triple triple = MakeTriple();

  dossier_triple MakeTriple() {
    dossier_triple t = {};
    t.size = sizeof(t);
    t.end = static_cast<uint32_t>(kText.size());
    t.subject = 0;
    t.object = DOSSIER_NONE;
    t.literal_type = DOSSIER_LITERAL_TEXT;
    t.literal_begin = 9;
    t.literal_end = 14;
    t.predicate = ToC("meet");
    t.predicate_begin = 5;
    t.predicate_end = 8;
    t.polarity = DOSSIER_POSITIVE;
    t.modality = DOSSIER_REPORTED;
    t.confidence = 0.5;
    t.time = &time;
    t.quantity = &quantity;
    t.qualifier_count = 1;
    t.attribution_count = 1;
    t.qualifiers = qualifiers.data();
    t.attributions = attributions.data();
    t.rule = ToC("svo");
    return t;
  }
};

TEST(StatementReader, ReadsAWholeTriple) {
  const auto triple = ReadTriple(Parts().triple, kContext);
  ASSERT_THAT(triple, IsOk());
  ExtractedTriple expected;
  expected.sentence = {0, static_cast<uint32_t>(kText.size())};
  expected.literal = {LiteralType::kText, "3,000"};
  expected.literal_span = {9, 14};
  expected.predicate = "meet";
  expected.predicate_span = {5, 8};
  expected.modality = Modality::kReported;
  expected.confidence = 0.5;
  expected.time = {"2024-10-08", "2024-10-13T06:00:00Z"};
  expected.quantity = {3000, 3000, "men", Bound::kAbout};
  expected.qualifiers = {
      {Role::kQuantity, {9, 14}, std::nullopt, expected.time, expected.quantity}};
  expected.attributions = {{{0, 4}, 0}};
  expected.rule = "svo";
  EXPECT_EQ(*triple, expected);
}

TEST(StatementReader, PrefersTheEntityToTheLiteral) {
  Parts parts;
  parts.triple.object = 1;
  parts.triple.literal_type = 99;
  const auto triple = ReadTriple(parts.triple, kContext);
  ASSERT_THAT(triple, IsOk());
  EXPECT_EQ(triple->object, 1);
  EXPECT_EQ(triple->literal, Literal());
}

TEST(StatementReader, NamesWhatIsWrongWithATriple) {
  const struct {
    std::function<void(Parts&)> spoil;
    const char* text;
  } rows[] = {
      {[](Parts& p) { p.triple.size = 16; }, "size field"},
      {[](Parts& p) { p.triple.end = 100; }, "the statement [0, 100) is out of range"},
      {[](Parts& p) { p.triple.begin = UINT32_MAX; }, "out of range"},
      {[](Parts& p) { p.triple.begin = 3; }, "cuts a character"},
      {[](Parts& p) { p.triple.end = 0; }, "the statement is empty"},
      {[](Parts& p) { p.triple.subject = 2; }, "subject 2 is unknown; there are 2 mentions"},
      {[](Parts& p) { p.triple.subject = DOSSIER_NONE; }, "subject is missing"},
      {[](Parts& p) { p.triple.object = 2; }, "object 2 is unknown"},
      {[](Parts& p) { p.triple.literal_type = 4; }, "literal_type 4 is unknown"},
      {[](Parts& p) { p.triple.literal_end = 99; }, "literal [9, 99) is out of range"},
      {[](Parts& p) { p.triple.literal_end = 9; }, "literal is empty"},
      {[](Parts& p) { p.triple.predicate = ToC(""); }, "predicate is empty"},
      {[](Parts& p) { p.triple.predicate = ToC(kLong); }, "predicate is 4097 bytes long"},
      {[](Parts& p) {
         p.triple.predicate = {nullptr, 3};
       },
       "predicate is NULL with a size of 3"},
      {[](Parts& p) { p.triple.predicate = ToC("be\xc3"); }, "predicate is not UTF-8"},
      {[](Parts& p) { p.triple.predicate = ToC(std::string_view("b\0e", 3)); }, "has a NUL"},
      {[](Parts& p) { p.triple.predicate_begin = 9; }, "predicate [9, 8) is out of range"},
      {[](Parts& p) { p.triple.polarity = 0; }, "polarity 0 is unknown"},
      {[](Parts& p) { p.triple.modality = 7; }, "modality 7 is unknown"},
      {[](Parts& p) { p.triple.confidence = kNan; }, "confidence nan"},
      {[](Parts& p) { p.triple.confidence = 1.01; }, "confidence 1.01"},
      {[](Parts& p) { p.triple.confidence = -0.1; }, "confidence -0.1"},
      {[](Parts& p) { p.triple.qualifiers = nullptr; }, "the array must not be NULL"},
      {[](Parts& p) { p.triple.qualifier_count = UINT32_MAX; }, "at most 256 are allowed"},
      {[](Parts& p) { p.qualifiers[0] = nullptr; }, "qualifiers 0 is NULL"},
      {[](Parts& p) { p.attributions[0] = nullptr; }, "attributions 0 is NULL"},
      {[](Parts& p) { p.qualifier.role = 10; }, "qualifier.role 10 is unknown"},
      {[](Parts& p) { p.qualifier.end = 99; }, "qualifier [9, 99) is out of range"},
      {[](Parts& p) { p.qualifier.mention = 5; }, "qualifier.mention 5 is unknown"},
      {[](Parts& p) { p.attribution.begin = 3; }, "attribution [3, 4) cuts a character"},
      {[](Parts& p) { p.attribution.mention = 5; }, "attribution.mention 5 is unknown"},
      {[](Parts& p) { p.time.size = 0; }, "size field"},
      {[](Parts& p) { p.time.from = ToC("October"); }, "\"October\" is not an ISO 8601"},
      {[](Parts& p) { p.time.from = ToC("2024-10-14"); }, "is reversed"},
      {[](Parts& p) { p.time.from = p.time.to = ToC(""); }, "time has neither end"},
      {[](Parts& p) { p.quantity.value = kNan; }, "quantity nan"},
      {[](Parts& p) { p.quantity.high = 2; }, "quantity 3000 to 2 is not finite or reversed"},
      {[](Parts& p) { p.quantity.bound = 5; }, "quantity.bound 5 is unknown"},
      {[](Parts& p) { p.quantity.unit = ToC(kLong); }, "quantity.unit is 4097 bytes long"},
  };
  for (const auto& row : rows) {
    Parts parts;
    row.spoil(parts);
    EXPECT_THAT(ReadTriple(parts.triple, kContext),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.text)));
  }
}

dossier_mention MentionAt(uint32_t begin, uint32_t end) {
  dossier_mention mention = {};
  mention.size = sizeof(mention);
  mention.begin = begin;
  mention.end = end;
  mention.kind = DOSSIER_MENTION_NAME;
  mention.antecedent = DOSSIER_NONE;
  mention.confidence = kNan;  // not read without an antecedent
  return mention;
}

TEST(StatementReader, FilesAMentionUnderItsWords) {
  const auto mention = ReadMention(MentionAt(0, 4), kContext);
  ASSERT_THAT(mention, IsOk());
  EXPECT_EQ(mention->name, "Zoë");
  EXPECT_EQ(mention->antecedent, std::nullopt);
  EXPECT_EQ(mention->confidence, 1);
}

TEST(StatementReader, NamesWhatIsWrongWithAMention) {
  const struct {
    std::function<void(dossier_mention&)> spoil;
    const char* text;
  } rows[] = {
      {[](auto& m) { m.size = 4; }, "size field"},
      {[](auto& m) { m.end = 3; }, "the mention [0, 3) cuts a character"},
      {[](auto& m) { m.end = 0; }, "the mention is empty"},
      {[](auto& m) { m.kind = 4; }, "kind 4 is unknown"},
      {[](auto& m) { m.name = ToC(kLong); }, "name is 4097 bytes long"},
      {[](auto& m) { m.antecedent = 2; }, "antecedent 2 is unknown; there are 2 mentions"},
      {[](auto& m) { m.antecedent = 1; }, "confidence nan"},
  };
  for (const auto& row : rows) {
    dossier_mention mention = MentionAt(0, 4);
    row.spoil(mention);
    EXPECT_THAT(ReadMention(mention, kContext),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(row.text)));
  }
}

TEST(StatementReader, ReadsPropositions) {
  const std::array<dossier_str, 2> arguments = {ToC("Zoë"), ToC("3,000 men")};
  dossier_proposition proposition = {};
  proposition.size = sizeof(proposition);
  proposition.end = 4;
  proposition.argument_count = 2;
  proposition.confidence = 1;
  proposition.relation = ToC("met");
  proposition.arguments = arguments.data();
  const auto read = ReadProposition(proposition, kContext);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(*read, (ExtractedProposition{{0, 4}, 1, "met", {"Zoë", "3,000 men"}}));
  proposition.arguments = nullptr;
  EXPECT_THAT(ReadProposition(proposition, kContext),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("must not be NULL")));
}

}  // namespace
}  // namespace dossier
