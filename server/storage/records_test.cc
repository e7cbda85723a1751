#include "server/storage/records.h"

#include <gtest/gtest.h>

#include <functional>

#include "server/base/sha256.h"
#include "server/base/status_matchers.h"
#include "server/storage/keys.h"
#include "server/storage/random_records.h"

namespace dossier {
namespace {

using std::string_literals::operator""s;

const std::string kMentionKey =
    MentionKey{NamespaceId(1), EntityId(5), DocumentNumber(2), RunId(3), 4}.Encode();

Evidence PlainEvidence() {
  Evidence evidence;
  evidence.sentence = {1000, 1100};
  evidence.subject = {1000, 1012};
  evidence.predicate = {1013, 1021};
  evidence.object = {1022, 1034};
  evidence.subject_mention = 8;
  evidence.object_mention = 9;
  evidence.confidence = 0.9;
  evidence.rule = "svo";
  evidence.revision = Revision(7);
  return evidence;
}

TEST(Records, EvidenceHasExactBytes) {
  // flags, revision, confidence (1000 steps below one), sentence, subject, predicate, object,
  // mentions of subject and object, rule.
  EXPECT_EQ(EncodeEvidence(PlainEvidence()),
            "\x02\x07\xe8\x07"
            "\xd0\x0f\x64"
            "\x00\x0c"
            "\x02\x08"
            "\x02\x0c"
            "\x08\x0a"
            "\x03svo"s);
  Evidence full = PlainEvidence();
  full.polarity = Polarity::kNegative;
  full.modality = Modality::kDenied;
  full.object_mention = std::nullopt;
  full.confidence = 1;
  full.time = {"2024-10-18", "2024-10-18"};
  full.quantity = {10000, 10000, "troops", Bound::kAtMost};
  full.qualifiers.push_back({Role::kPlace, {1040, 1050}, EntityId(9), 3, {}, {}});
  full.attributions.push_back({{990, 995}, EntityId(), 0});
  EXPECT_EQ(EncodeEvidence(full),
            "\xfd\x07\x00"
            "\xd0\x0f\x64"
            "\x00\x0c"
            "\x02\x08"
            "\x02\x0c"
            "\x08\x00"
            "\x03svo"
            "\x01\x0a"
            "2024-10-18"
            "\x13\x90\x4e\x06troops"
            "\x01\x42\x0c\x0a\x09\x03"
            "\x01\x77\x05\x00"s);
}

TEST(Records, OthersHaveExactBytes) {
  EXPECT_EQ(EncodeNumber(300), "\xac\x02");
  EXPECT_EQ(EncodeDatabaseState({Revision(300), Revision(2), NamespaceId(1)}), "\xac\x02\x02\x01");
  EXPECT_EQ(EncodeIdCounters({1, 2, 3, 4, 5, 6}), "\1\2\3\4\5\6");
  EXPECT_EQ(EncodeTotals({1, 2, 3, 4, 5, 6}), "\1\2\3\4\5\6");
  EXPECT_EQ(EncodeTerm({2, "deploy to"}),
            "\x02"
            "deploy to");
  TripleRecord triple{{EntityId(1), TermId(2), ObjectId(TermId(3))}, 4, 9, {}};
  triple.stances.at(Polarity::kPositive, Modality::kAsserted) = 5;
  triple.stances.at(Polarity::kNegative, Modality::kAsserted) = 6;
  EXPECT_EQ(EncodeTriple(triple), "\x01\x02\x07\x04\x09\x41\x05\x06");
  EXPECT_EQ(EncodeEntity({"nato", {{"NATO", 2}}, {{"ORG", 3}}, 4}),
            "\x04nato\x04\x01\x04NATO\x02\x01\x03ORG\x03");
  EXPECT_EQ(
      EncodeMention({{300, 304}, MentionKind::kName, EntityId(5), "ORG", "NIS", "name", 1, "nis"}),
      "\x01\xd8\x04\x04\x00\3ORG\3NIS\3nisname"s);
  EXPECT_EQ(EncodeChange({ChangeKind::kReplaced, DocumentNumber(1), "a", MergeId(), 2, 3, 4, 5}),
            "\x02\x01\x01"
            "a\0\2\3\4\5"s);
  EXPECT_EQ(EncodeMerge({MergeKind::kSplit,
                         Revision(7),
                         Revision(),
                         "r",
                         "no",
                         "t",
                         {{{"nis", "nis", "d"}, EntityId(5)}}}),
            "\x02\x07\x00\1r\2no\1t\1\3nis\3nis\1d\5"s);
  EXPECT_EQ(EncodeLink({MergeId(3), "nato"}), "\3nato");
  EXPECT_EQ(EncodeReextraction({"p",
                                {{"e", "1", "ab", ""}},
                                {DocumentNumber(4), DocumentNumber(6)},
                                Revision(9),
                                8,
                                7,
                                {1, 2, 3}}),
            "\1p\1\x08\1e\1"
            "1\2ab\0\2\4\2\x09\x08\7\1\2\3"s);
  const ShadowTriple statement{"be", Literal{LiteralType::kText, "so"}, {}};
  const std::string evidence = EncodeEvidence(statement.evidence);
  const dossier::Mention mention{{0, 1}, MentionKind::kName, {}, "", "S", "", 1, "s"};
  EXPECT_EQ(
      EncodeShadow(
          {Revision(5), "", {1, 2, 3}, {"w"}, {{{"e", "1", "ab", ""}, {mention}, {statement}}}}),
      "\5\0\1\2\3\1\1w\1\x08\1e\1"
      "1\2ab\0\1\x09\1\0\1\0\0\1S\1s\1\2be\1\1\2so"s +
          static_cast<char>(evidence.size()) + evidence);
  EXPECT_EQ(LiteralBytes({LiteralType::kTime, "2024"}),
            "\3"
            "2024");
  EXPECT_EQ(ExtractorBytes({"e", "1", "ab", ""}),
            "\1e\1"
            "1\2ab\0"s);
  EXPECT_EQ(EncodeSketch({{5, 300}, {{{1, 90}, {}}, {{7, 99}, {2}}}}),
            "\2\5\xa7\2\2\1\x59\0\6\x5c\1\2"s);
  DocumentRecord document{{"id", "u", "t", "s", "p", "l", ""},
                          std::string(kSha256Bytes, 't'),
                          std::string(kSha256Bytes, 'f'),
                          9,
                          Revision(8),
                          {RunId(2), RunId(5)},
                          1,
                          2,
                          3};
  EXPECT_EQ(EncodeDocument(document), "\2id\1u\1t\1s\1p\1l\x20" + document.text_sha256 + "\x20" +
                                          document.fingerprint + "\x09\x08\1\2\3\2\2\3");
}

TEST(Records, PlainEvidenceIsSmall) { EXPECT_LE(EncodeEvidence(PlainEvidence()).size(), 22u); }

struct Codec {
  const char* name;
  std::function<std::string(RandomRecords*)> encode_random;
  // Decodes and encodes again.
  std::function<absl::StatusOr<std::string>(std::string_view)> recode;
};

template <class T, class Decode, class Encode>
Codec MakeCodec(const char* name, T (RandomRecords::*make)(), Encode encode, Decode decode) {
  return {name, [=](RandomRecords* random) { return encode((random->*make)()); },
          [=](std::string_view value) -> absl::StatusOr<std::string> {
            const auto record = decode("key", value);
            if (!record.ok()) {
              return record.status();
            }
            return encode(*record);
          }};
}

const std::vector<Codec>& Codecs() {
  static const std::vector<Codec> codecs = {
      MakeCodec("evidence", &RandomRecords::Evidence, EncodeEvidence, DecodeEvidence),
      MakeCodec("entity", &RandomRecords::Entity, EncodeEntity, DecodeEntity),
      MakeCodec("triple", &RandomRecords::Triple, EncodeTriple, DecodeTriple),
      MakeCodec("sketch", &RandomRecords::TextAndPassages, EncodeSketch, DecodeSketch),
      MakeCodec("document", &RandomRecords::Document, EncodeDocument, DecodeDocument),
      MakeCodec("change", &RandomRecords::Change, EncodeChange, DecodeChange),
      MakeCodec("merge", &RandomRecords::Merge, EncodeMerge, DecodeMerge),
      MakeCodec("reextraction", &RandomRecords::Reextraction, EncodeReextraction,
                DecodeReextraction),
      MakeCodec("shadow", &RandomRecords::Shadow, EncodeShadow, DecodeShadow),
      {"mention", [](RandomRecords* random) { return EncodeMention(random->Mention(EntityId(5))); },
       [](std::string_view value) -> absl::StatusOr<std::string> {
         const auto mention = DecodeMention(kMentionKey, value);
         if (!mention.ok()) {
           return mention.status();
         }
         return EncodeMention(*mention);
       }},
  };
  return codecs;
}

TEST(Records, DecodingIsTheInverseOfEncoding) {
  RandomRecords random(1);
  for (int i = 0; i < 2000; ++i) {
    const Evidence evidence = random.Evidence();
    EXPECT_EQ(*DecodeEvidence("", EncodeEvidence(evidence)), evidence);
    const Mention mention = random.Mention(EntityId(5));
    EXPECT_EQ(*DecodeMention(kMentionKey, EncodeMention(mention)), mention);
    const Entity entity = random.Entity();
    EXPECT_EQ(*DecodeEntity("", EncodeEntity(entity)), entity);
    const TripleRecord triple = random.Triple();
    EXPECT_EQ(*DecodeTriple("", EncodeTriple(triple)), triple);
    const DocumentSketch sketch = random.TextAndPassages();
    EXPECT_EQ(*DecodeSketch("", EncodeSketch(sketch)), sketch);
    const ChangeEvent change = random.Change();
    EXPECT_EQ(*DecodeChange("", EncodeChange(change)), change);
    const MergeRecord merge = random.Merge();
    EXPECT_EQ(*DecodeMerge("", EncodeMerge(merge)), merge);
    const ReextractionRecord reextraction = random.Reextraction();
    EXPECT_EQ(*DecodeReextraction("", EncodeReextraction(reextraction)), reextraction);
    const ShadowDocument shadow = random.Shadow();
    EXPECT_EQ(*DecodeShadow("", EncodeShadow(shadow)), shadow);
    const LinkRecord link{MergeId(1 + random.Below(999)), "x" + random.Bytes(9)};
    EXPECT_EQ(*DecodeLink("", EncodeLink(link)), link);
    const TermRecord term{1 + random.Below(9), random.Bytes(20)};
    EXPECT_EQ(*DecodeTerm("", EncodeTerm(term)), term);
    const Totals totals{random.Number(), random.Number(), 3, 4, 5, random.Number()};
    EXPECT_EQ(*DecodeTotals("", EncodeTotals(totals)), totals);
    const IdCounters counters{random.Number(), random.Number(), 3, 4, random.Number(), 6};
    EXPECT_EQ(*DecodeIdCounters("", EncodeIdCounters(counters)), counters);
    const Extractor extractor{random.Bytes(9), random.Bytes(9), random.Bytes(9), random.Bytes(9)};
    EXPECT_EQ(*ParseExtractor("", ExtractorBytes(extractor)), extractor);
    const Literal literal{static_cast<LiteralType>(random.Below(4)), random.Bytes(9)};
    EXPECT_EQ(*ParseLiteral("", LiteralBytes(literal)), literal);
    const DocumentRecord document = random.Document();
    const auto decoded = DecodeDocument("", EncodeDocument(document));
    ASSERT_THAT(decoded, IsOk());
    EXPECT_EQ(decoded->document.id, document.document.id);
    EXPECT_EQ(decoded->document.language, document.document.language);
    EXPECT_EQ(decoded->runs, document.runs);
    EXPECT_EQ(EncodeDocument(*decoded), EncodeDocument(document));
  }
}

// A damaged record either is refused or decodes to a record that can be encoded again.
TEST(Records, SurviveEveryTruncationAndBitFlip) {
  RandomRecords random(2);
  for (const Codec& codec : Codecs()) {
    for (int i = 0; i < 40; ++i) {
      const std::string value = codec.encode_random(&random);
      for (std::size_t size = 0; size < value.size(); ++size) {
        const auto again = codec.recode(value.substr(0, size));
        if (again.ok()) {
          EXPECT_THAT(codec.recode(*again), IsOk()) << codec.name;
        }
      }
      for (std::size_t bit = 0; bit < value.size() * 8; ++bit) {
        std::string damaged = value;
        damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ 1 << bit % 8);
        const auto again = codec.recode(damaged);
        if (again.ok()) {
          EXPECT_THAT(codec.recode(*again), IsOk()) << codec.name;
        } else {
          EXPECT_THAT(again, StatusIs(absl::StatusCode::kDataLoss, ::testing::_));
        }
      }
    }
  }
}

TEST(Records, RefuseRandomBytesWithoutCrashing) {
  RandomRecords random(3);
  for (int i = 0; i < 20000; ++i) {
    const std::string bytes = random.Bytes(60);
    for (const Codec& codec : Codecs()) {
      const auto again = codec.recode(bytes);
      if (again.ok()) {
        EXPECT_THAT(codec.recode(*again), IsOk()) << codec.name;
      }
    }
  }
}

TEST(Records, RefuseWhatBreaksInvariants) {
  const auto refused = [](const auto& result) {
    return result.status().code() == absl::StatusCode::kDataLoss;
  };
  EXPECT_TRUE(refused(DecodeTerm("", EncodeTerm({0, "x"}))));
  EXPECT_TRUE(refused(DecodeTriple("", "\0\1\2\1\0\1\1"s)));        // no subject
  EXPECT_TRUE(refused(DecodeTriple("", "\1\1\1\1\1\1\1")));         // a literal without number
  EXPECT_TRUE(refused(DecodeEntity("", "\0\0\2\1b\1\1a\1\0"s)));    // names out of order
  EXPECT_TRUE(refused(DecodeEntity("", "\0\0\1\1b\0\0"s)));         // a name without a vote
  EXPECT_TRUE(refused(DecodeSketch("", "\2\5\0\0"s)));              // a hash twice
  EXPECT_TRUE(refused(DecodeSketch("", "\0\2\1\3\1\7\0\3\1\7"s)));  // a sentence twice
  EXPECT_TRUE(refused(DecodeChange("", "\x08\1\1a\0\0\0\0\0"s)));
  EXPECT_TRUE(refused(DecodeMerge("", "\1\1\0\0\0\1t\0"s)));  // no source
  ShadowDocument shadow = RandomRecords(1).Shadow();
  shadow.runs = {RandomRecords(2).Run()};
  shadow.runs[0].triples = {{"be", {}, {}}};  // neither a literal nor a mention
  EXPECT_TRUE(refused(DecodeShadow("", EncodeShadow(shadow))));
  shadow.runs[0].triples[0].evidence.object_mention = 99;  // of a few
  EXPECT_TRUE(refused(DecodeShadow("", EncodeShadow(shadow))));
  EXPECT_TRUE(refused(DecodeLink("", "\0t"s)));  // no decision
  EXPECT_TRUE(refused(ParseLiteral("", "\4x")));
  EXPECT_TRUE(refused(ParseLiteral("", "")));
  EXPECT_TRUE(refused(DecodeMention("short", "\1\0\0\0"s)));
  EXPECT_TRUE(refused(DecodeMention(kMentionKey, "\1\1\0\0"s)));  // begins before the text
  EXPECT_TRUE(refused(DecodeNumber(Family::kSpo, "", "\1\1")));
}

}  // namespace
}  // namespace dossier
