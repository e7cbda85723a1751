#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/extract/wire/input_wire.h"
#include "server/extract/wire/layer_wire.h"
#include "server/extract/wire/output_wire.h"

namespace dossier {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr char kText[] = "Ada Finch led the Sorn Institute in 1999, wrote Bea.";

Layer LineLayer() {
  StringColumn words;
  words.codes = {1, 0, 1};
  words.offsets = {0, 2, 5};
  words.bytes = "abcde";
  return {"line/1",
          3,
          {{"begin", std::vector<uint32_t>{0, 1, 2}},
           {"weight", std::vector<double>{0.5, -1, 1e300}},
           {"words", words}}};
}

// Says everything that can be said, `copies` times.
RunOutput FullOutput(uint32_t copies) {
  RunOutput output;
  for (uint32_t i = 0; i < copies; ++i) {
    const uint32_t first = 2 * i;
    output.mentions.push_back({{0, 9}, MentionKind::kName, "PERSON", "Ada Finch", {}, 1, ""});
    output.mentions.push_back(
        {{18, 32}, MentionKind::kNominal, "", "Institute", first, 0.25, "rule"});
    ExtractedTriple triple;
    triple.sentence = {0, 52};
    triple.subject = first;
    triple.object = first + 1;
    triple.predicate = "lead";
    triple.predicate_span = {10, 13};
    triple.polarity = Polarity::kNegative;
    triple.modality = Modality::kDenied;
    triple.confidence = 0.125;
    triple.time = TimeInterval{"1999-01-01", "1999-12-31"};
    triple.quantity = Quantity{1, 2, "boats", Bound::kAtMost};
    triple.qualifiers.push_back(
        {Role::kTime, {33, 40}, first + 1, TimeInterval{"1999-01-01", ""}, triple.quantity});
    triple.qualifiers.push_back({Role::kOther, {14, 17}, {}, {}, {}});
    triple.attributions = {{{48, 51}, first}, {{48, 51}, {}}};
    triple.rule = "clause";
    output.triples.push_back(triple);
    for (const LiteralType type : {LiteralType::kText, LiteralType::kNumber, LiteralType::kTime}) {
      ExtractedTriple literal;
      literal.sentence = {0, 52};
      literal.subject = first;
      literal.literal = {type, "1999"};
      literal.literal_span = {36, 40};
      literal.predicate = "be";
      output.triples.push_back(literal);
    }
    ExtractedTriple bare;
    bare.sentence = {0, 52};
    bare.subject = first;
    bare.predicate = "lead";
    bare.literal.type = LiteralType::kNone;
    output.triples.push_back(bare);
    output.propositions.push_back({{0, 52}, 0.5, "led", {"Ada Finch", "", "the Sorn Institute"}});
  }
  output.layers = {LineLayer()};
  output.refused = 3;
  output.refusals = {"a mention: why", "a layer: why"};
  return output;
}

class OutputWireTest : public ::testing::Test {
 protected:
  OutputWireTest() {
    manifest_.provides = {"line/1"};
    manifest_.emits_mentions = manifest_.emits_triples = manifest_.emits_propositions = true;
    document_.text = kText;
  }

  absl::StatusOr<RunOutput> Read(const std::vector<v1::ExtractorOutput>& parts) {
    const StopToken stop;
    const DocumentInput input{document_, {}};
    OutputSink sink(manifest_, input, {}, stop);
    OutputReader reader(&sink);
    for (const v1::ExtractorOutput& part : parts) {
      reader.Add(part);
    }
    return std::move(sink).Finish(DOSSIER_OK);
  }

  Manifest manifest_;
  Document document_;
};

TEST_F(OutputWireTest, WhatIsWrittenIsReadInHoweverManyParts) {
  for (const uint32_t copies : {0u, 1u, 5000u}) {
    const RunOutput output = FullOutput(copies);
    OutputWriter writer(output);
    std::vector<v1::ExtractorOutput> parts(1);
    while (!writer.Next(&parts.back())) {
      EXPECT_LT(parts.back().ByteSizeLong(), 2u << 20);
      parts.emplace_back();
    }
    EXPECT_EQ(parts.size() > 1, copies > 1000);
    const auto read = Read(parts);
    ASSERT_THAT(read, IsOk());
    EXPECT_TRUE(*read == output) << copies;
  }
}

// As the least that a stranger may write.
TEST_F(OutputWireTest, UnsetFieldsHaveTheirDefaults) {
  manifest_.provides.clear();
  v1::ExtractorOutput part;
  part.add_mentions()->mutable_span()->set_end(9);
  v1::ExtractedTriple* triple = part.add_triples();
  triple->mutable_sentence()->set_end(52);
  triple->set_subject(0);
  triple->set_predicate("exist");
  const auto read = Read({part});
  ASSERT_THAT(read, IsOk());
  ASSERT_THAT(read->triples, SizeIs(1)) << read->refusals.front();
  EXPECT_EQ(read->mentions[0].name, "Ada Finch");
  EXPECT_EQ(read->mentions[0].kind, MentionKind::kName);
  EXPECT_EQ(read->triples[0].polarity, Polarity::kPositive);
  EXPECT_EQ(read->triples[0].modality, Modality::kAsserted);
  EXPECT_EQ(read->triples[0].confidence, 1);
  EXPECT_EQ(read->triples[0].literal.type, LiteralType::kNone);
}

TEST_F(OutputWireTest, ARefusedMentionKeepsItsNumber) {
  manifest_.provides.clear();
  v1::ExtractorOutput part;
  part.add_mentions()->mutable_span()->set_end(999);
  part.add_mentions()->mutable_span()->set_end(9);
  for (const uint32_t subject : {0u, 1u, 2u, std::numeric_limits<uint32_t>::max()}) {
    v1::ExtractedTriple* triple = part.add_triples();
    triple->mutable_sentence()->set_end(52);
    triple->set_subject(subject);
    triple->set_predicate("exist");
  }
  const auto read = Read({part});
  ASSERT_THAT(read, IsOk());
  ASSERT_THAT(read->triples, SizeIs(1));
  EXPECT_EQ(read->triples[0].subject, 0u);
  EXPECT_THAT(read->refusals,
              ElementsAre(HasSubstr("out of range"), HasSubstr("mention 0 was refused"),
                          HasSubstr("mention 2 is unknown"), HasSubstr("is unknown")));
}

TEST_F(OutputWireTest, LayersWhoseColumnsAreShortAreRefused) {
  v1::ExtractorOutput part;
  ToWire(LineLayer(), part.add_layers());
  part.mutable_layers(0)->set_rows(4);
  EXPECT_THAT(Read({part}), StatusIs(absl::StatusCode::kInternal,
                                     HasSubstr("column \"begin\": 3 values for 4 rows")));
  part.mutable_layers(0)->set_rows(3);
  part.mutable_layers(0)->mutable_columns(2)->mutable_strings()->set_bytes("abc");
  EXPECT_THAT(Read({part}), StatusIs(absl::StatusCode::kInternal, HasSubstr("the bytes are 3")));
}

TEST(InputWireTest, WhatIsWrittenIsRead) {
  Document document;
  document.id = "id";
  document.uri = "uri";
  document.title = "title";
  document.source = "source";
  document.published = "2024-01-01";
  document.language = "en";
  document.text = kText;
  const Layer layer = LineLayer();
  v1::ExtractorInput message;
  ToWire({document, {&layer}}, &message);
  const auto read = FromWire(message);
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->document.id, "id");
  EXPECT_EQ(read->document.uri, "uri");
  EXPECT_EQ(read->document.title, "title");
  EXPECT_EQ(read->document.source, "source");
  EXPECT_EQ(read->document.published, "2024-01-01");
  EXPECT_EQ(read->document.language, "en");
  EXPECT_EQ(read->document.text, kText);
  EXPECT_THAT(read->layers, ElementsAre(layer));
}

}  // namespace
}  // namespace dossier
