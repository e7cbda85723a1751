#include "server/storage/keys.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "server/base/status_matchers.h"
#include "server/storage/merge_log.h"
#include "server/storage/records.h"
#include "server/storage/reextraction.h"

namespace dossier {
namespace {

using std::string_literals::operator""s;
using ::testing::HasSubstr;

constexpr NamespaceId kNs{7};

std::string Id8(char last) { return "\0\0\0\0\0\0\0"s + last; }
const std::string kNsBytes = "\0\0\0\7"s;

TEST(Keys, MetaHasExactBytes) {
  EXPECT_EQ(FormatVersionKey(), "\0\0\0\0format"s);
  EXPECT_EQ(DatabaseStateKey(), "\0\0\0\0state"s);
  EXPECT_EQ(NamespaceNameKey("press"), "\0\0\0\0namespace/press"s);
  EXPECT_EQ(NamespaceNameKey(""), NamespaceNamePrefix());
  EXPECT_EQ(IdCountersKey(kNs), kNsBytes + "ids");
  EXPECT_EQ(TotalsKey(kNs), kNsBytes + "totals");
}

TEST(Keys, HaveExactBytes) {
  const Triple triple{EntityId(1), TermId(2), ObjectId(TermId(3))};
  const std::string literal = "\x80\0\0\0\0\0\0\3"s;
  const TripleIndexKey index{kNs, triple};
  EXPECT_EQ(index.Encode(Family::kSpo), kNsBytes + Id8(1) + Id8(2) + literal);
  EXPECT_EQ(index.Encode(Family::kPos), kNsBytes + Id8(2) + literal + Id8(1));
  EXPECT_EQ(index.Encode(Family::kAgainst), kNsBytes + Id8(2) + Id8(1) + literal);
  EXPECT_EQ(index.Encode(Family::kFigures), kNsBytes + Id8(2) + Id8(1) + literal);
  EXPECT_EQ(index.Encode(Family::kOsp), kNsBytes + literal + Id8(1) + Id8(2));
  EXPECT_EQ((TermKey{kNs, TermKind::kRun, 1}.Encode()), kNsBytes + "\4" + Id8(1));
  EXPECT_EQ((TermRevKey{kNs, TermKind::kPredicate, "say"}.Encode()), kNsBytes + "\1say");
  EXPECT_EQ((TripleKey{kNs, TripleId(9)}.Encode()), kNsBytes + Id8(9));
  const EvidenceKey evidence{kNs, TripleId(1), DocumentNumber(2), RunId(3), 4};
  EXPECT_EQ(evidence.Encode(), kNsBytes + Id8(1) + Id8(2) + Id8(3) + "\0\0\0\4"s);
  const MentionKey mention{kNs, EntityId(1), DocumentNumber(2), RunId(3), 4};
  EXPECT_EQ(mention.Encode(), kNsBytes + Id8(1) + Id8(2) + Id8(3) + "\0\0\0\4"s);
  EXPECT_EQ(ByDocKey::Of(evidence).Encode(), kNsBytes + Id8(2) + Id8(3) + "e\0\0\0\4"s + Id8(1));
  EXPECT_EQ(ByDocKey::Of(mention).Encode(), kNsBytes + Id8(2) + Id8(3) + "m\0\0\0\4"s + Id8(1));
  EXPECT_EQ((ByRunKey{kNs, RunId(3), DocumentNumber(2)}.Encode()), kNsBytes + Id8(3) + Id8(2));
  EXPECT_EQ((EntityKey{kNs, EntityId(5)}.Encode()), kNsBytes + Id8(5));
  EXPECT_EQ((AliasKey{kNs, "nato", EntityId(5)}.Encode()), kNsBytes + "nato\0"s + Id8(5));
  EXPECT_EQ((DocumentKey{kNs, DocumentNumber(2)}.Encode()), kNsBytes + Id8(2));
  EXPECT_EQ((ChangeKey{kNs, Revision(6)}.Encode()), kNsBytes + Id8(6));
  EXPECT_EQ(MergeLogKey::Of(kNs, MergeId(6)).Encode(), kNsBytes + "d" + Id8(6));
  EXPECT_EQ(MergeLogKey::Of(kNs, LinkSource{"nis", "un", "doc"}).Encode(),
            kNsBytes + "l\3nis\2undoc");
  EXPECT_EQ(MergeLogKey::Of(kNs, EntityId(6)).Encode(), kNsBytes + "e" + Id8(6));
  EXPECT_EQ(MergeLogKey::OfRequest(kNs, "again").Encode(), kNsBytes + "ragain");
}

TEST(Keys, ByDocLeadsBackToWhatItLists) {
  const EvidenceKey evidence{kNs, TripleId(1), DocumentNumber(2), RunId(3), 4};
  EXPECT_EQ(ByDocKey::Of(evidence).evidence(), evidence);
  const MentionKey mention{kNs, EntityId(1), DocumentNumber(2), RunId(3), 4};
  EXPECT_EQ(ByDocKey::Of(mention).mention(), mention);
}

// Ids of every size, often equal, so that later members decide too.
class RandomKeys {
 public:
  template <class Kind>
  Kind Number() {
    using Value = typename Kind::ValueType;
    return Kind(std::max<Value>(1, static_cast<Value>(Bits())));
  }
  uint64_t Bits() { return random_() % 3 != 0 ? random_() % 3 : random_() >> (random_() % 64); }
  ObjectId Object() {
    return random_() % 2 == 0 ? ObjectId(EntityId(Small())) : ObjectId(TermId(Small()));
  }
  std::string Text() {
    std::string text(1 + random_() % 3, '\0');
    std::generate(text.begin(), text.end(), [&] { return static_cast<char>(1 + random_() % 255); });
    return text;
  }

 private:
  uint64_t Small() { return 1 + (Bits() >> 2); }

  std::mt19937_64 random_{1};
};

// Keys and their bytes sort alike; decoding is the inverse of encoding; every shorter or longer
// string of bytes is refused.
template <class Key, class Make, class Encode, class Decode>
void CheckLaws(Make make, Encode encode, Decode decode) {
  for (int i = 0; i < 500; ++i) {
    const Key a = make();
    const Key b = make();
    EXPECT_EQ(a < b, encode(a) < encode(b));
    EXPECT_EQ(a == b, encode(a) == encode(b));
    const auto decoded = decode(encode(a));
    ASSERT_THAT(decoded, IsOk());
    EXPECT_EQ(*decoded, a);
  }
}

template <class Key, class Make>
void CheckLaws(Make make) {
  CheckLaws<Key>(
      make, [](const Key& key) { return key.Encode(); },
      [](std::string_view bytes) { return Key::Decode(bytes); });
}

TEST(Keys, SortAsTheirMembersAndDecodeToThem) {
  RandomKeys r;
  auto ns = [&] { return r.Number<NamespaceId>(); };
  auto document = [&] { return r.Number<DocumentNumber>(); };
  auto run = [&] { return r.Number<RunId>(); };
  auto kind = [&] { return static_cast<TermKind>(1 + r.Bits() % 5); };
  auto ordinal = [&] { return static_cast<uint32_t>(r.Bits()); };
  CheckLaws<TermKey>([&] { return TermKey{ns(), kind(), r.Number<TermId>().value()}; });
  CheckLaws<TermRevKey>([&] { return TermRevKey{ns(), kind(), r.Text()}; });
  CheckLaws<TripleKey>([&] { return TripleKey{ns(), r.Number<TripleId>()}; });
  CheckLaws<EvidenceKey>([&] {
    return EvidenceKey{ns(), r.Number<TripleId>(), document(), run(), ordinal()};
  });
  CheckLaws<MentionKey>([&] {
    return MentionKey{ns(), r.Number<EntityId>(), document(), run(), ordinal()};
  });
  CheckLaws<ByDocKey>([&] {
    const Part part = r.Bits() % 2 == 0 ? Part::kEvidence : Part::kMention;
    return ByDocKey{ns(), document(), run(), part, ordinal(), r.Number<TripleId>().value()};
  });
  CheckLaws<ByRunKey>([&] { return ByRunKey{ns(), run(), document()}; });
  CheckLaws<EntityKey>([&] { return EntityKey{ns(), r.Number<EntityId>()}; });
  CheckLaws<AliasKey>([&] { return AliasKey{ns(), r.Text(), r.Number<EntityId>()}; });
  CheckLaws<ChangeKey>([&] { return ChangeKey{ns(), r.Number<Revision>()}; });
  CheckLaws<DocumentKey>(
      [&] {
        return DocumentKey{ns(), document()};
      },
      [](const DocumentKey& key) { return key.Encode(); },
      [](std::string_view bytes) { return DocumentKey::Decode(Family::kDocument, bytes); });
}

// Ids stand behind their lengths, so these do not sort as their members.
TEST(Keys, OfReextractionsDecodeToThem) {
  EXPECT_EQ(ReextractionKey::Of(kNs, "try").Encode(), kNsBytes + "rtry");
  EXPECT_EQ(ReextractionKey::Of(kNs, "try", DocumentNumber(6)).Encode(),
            kNsBytes + "d\3try" + Id8(6));
  RandomKeys r;
  for (int i = 0; i < 1000; ++i) {
    for (const ReextractionKey& key :
         {ReextractionKey::Of(kNs, r.Text()),
          ReextractionKey::Of(kNs, r.Text(), r.Number<DocumentNumber>())}) {
      const auto decoded = ReextractionKey::Decode(key.Encode());
      ASSERT_THAT(decoded, IsOk());
      EXPECT_EQ(*decoded, key);
    }
  }
  EXPECT_FALSE(ReextractionKey::Decode(kNsBytes + "r").ok());
  EXPECT_FALSE(ReextractionKey::Decode(kNsBytes + "x\3try").ok());
  EXPECT_FALSE(ReextractionKey::Decode(kNsBytes + "d\3try" + Id8(0)).ok());
  EXPECT_FALSE(ReextractionKey::Decode(kNsBytes + "d\x83\0try"s + Id8(1)).ok());
}

// The sources of links stand behind their lengths, so these do not sort as their members.
TEST(Keys, OfTheMergeLogDecodeToThem) {
  RandomKeys r;
  for (int i = 0; i < 500; ++i) {
    for (const MergeLogKey& key :
         {MergeLogKey::Of(kNs, r.Number<MergeId>()), MergeLogKey::Of(kNs, r.Number<EntityId>()),
          MergeLogKey::Of(kNs, LinkSource{r.Text(), i % 2 == 0 ? r.Text() : "", r.Text()}),
          MergeLogKey::OfRequest(kNs, r.Text())}) {
      const auto decoded = MergeLogKey::Decode(key.Encode());
      ASSERT_THAT(decoded, IsOk());
      EXPECT_EQ(*decoded, key);
    }
  }
  EXPECT_FALSE(MergeLogKey::Decode(kNsBytes + "x" + Id8(1)).ok());
  EXPECT_FALSE(MergeLogKey::Decode(kNsBytes + "d" + Id8(0)).ok());
  EXPECT_FALSE(MergeLogKey::Decode(kNsBytes + "l\0\0"s).ok());       // no key
  EXPECT_FALSE(MergeLogKey::Decode(kNsBytes + "l\x81\0a\0"s).ok());  // a length in two bytes
  EXPECT_FALSE(MergeLogKey::Decode(kNsBytes + "r").ok());
}

TEST(Keys, TripleIndexesDecodeAndSortByTheirOrder) {
  RandomKeys r;
  auto make = [&] {
    return TripleIndexKey{r.Number<NamespaceId>(),
                          {r.Number<EntityId>(), r.Number<TermId>(), r.Object()}};
  };
  auto rank = [](Family order, const TripleIndexKey& key) {
    const auto& [s, p, o] = key.triple;
    const uint64_t ns = key.ns.value();
    switch (order) {
      case Family::kSpo:
        return std::vector{ns, s.value(), p.value(), o.bits()};
      case Family::kPos:
        return std::vector{ns, p.value(), o.bits(), s.value()};
      case Family::kAgainst:
      case Family::kFigures:
        return std::vector{ns, p.value(), s.value(), o.bits()};
      default:
        return std::vector{ns, o.bits(), s.value(), p.value()};
    }
  };
  for (int i = 0; i < 1000; ++i) {
    const TripleIndexKey a = make();
    const TripleIndexKey b = make();
    for (const Family order : kTripleIndexes) {
      EXPECT_EQ(a.Encode(order) < b.Encode(order), rank(order, a) < rank(order, b));
      const auto decoded = TripleIndexKey::Decode(order, a.Encode(order));
      ASSERT_THAT(decoded, IsOk());
      EXPECT_EQ(*decoded, a);
    }
  }
}

TEST(Keys, RefuseOtherLengthsAndIdsOfZero) {
  const std::string evidence =
      EvidenceKey{kNs, TripleId(1), DocumentNumber(2), RunId(3), 4}.Encode();
  for (std::size_t size = 0; size < evidence.size(); ++size) {
    EXPECT_FALSE(EvidenceKey::Decode(evidence.substr(0, size)).ok()) << size;
  }
  EXPECT_FALSE(EvidenceKey::Decode(evidence + "x").ok());
  EXPECT_FALSE(EvidenceKey::Decode(std::string(evidence.size(), '\0')).ok());
  EXPECT_FALSE(TripleKey::Decode(kNsBytes + Id8(0)).ok());
  EXPECT_FALSE(TermKey::Decode(kNsBytes + "\6" + Id8(1)).ok());
  EXPECT_FALSE(ByDocKey::Decode(kNsBytes + Id8(2) + Id8(3) + "x\0\0\0\4"s + Id8(1)).ok());
  EXPECT_FALSE(AliasKey::Decode(kNsBytes + "\0"s + Id8(1)).ok());  // no text
  EXPECT_FALSE(AliasKey::Decode(kNsBytes + "text").ok());
  const std::string empty_literal = "\x80\0\0\0\0\0\0\0"s;
  EXPECT_FALSE(
      TripleIndexKey::Decode(Family::kSpo, kNsBytes + Id8(1) + Id8(2) + empty_literal).ok());
}

TEST(Keys, DamageNamesFamilyAndKey) {
  EXPECT_THAT(TripleKey::Decode("\xab\x01"),
              StatusIs(absl::StatusCode::kDataLoss,
                       "damaged record in triple, key ab01: the key is malformed"));
  EXPECT_THAT(EntityKey::Decode(std::string(70, '\xff')),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(std::string(128, 'f') + "...:")));
}

// A filter over prefixes must not meet a key without one.
TEST(Keys, NoKeyIsShorterThanThePrefixOfItsFamily) {
  const Triple triple{EntityId(1), TermId(1), ObjectId(EntityId(1))};
  const EvidenceKey evidence{kNs, TripleId(1), DocumentNumber(1), RunId(1), 0};
  const std::map<Family, std::string> keys = {
      {Family::kSpo, TripleIndexKey{kNs, triple}.Encode(Family::kSpo)},
      {Family::kPos, TripleIndexKey{kNs, triple}.Encode(Family::kPos)},
      {Family::kOsp, TripleIndexKey{kNs, triple}.Encode(Family::kOsp)},
      {Family::kEvidence, evidence.Encode()},
      {Family::kByDoc, ByDocKey::Of(evidence).Encode()},
      {Family::kByRun, ByRunKey{kNs, RunId(1), DocumentNumber(1)}.Encode()},
      {Family::kMention, MentionKey{kNs, EntityId(1), DocumentNumber(1), RunId(1), 0}.Encode()}};
  for (const FamilyInfo& info : Catalogue()) {
    if (info.prefix_bytes > 0) {
      EXPECT_GE(keys.at(info.family).size(), info.prefix_bytes) << info.name;
    }
  }
}

TEST(Keys, AliasTextIsFoldedBoundedAndFreeOfNul) {
  EXPECT_EQ(AliasText(" Kim  Jong\tUN "), "kim jong un");
  EXPECT_EQ(AliasText("ab\0cd"s), "ab");
  EXPECT_EQ(AliasText(""), "");
  std::string name;
  for (int i = 0; i < 300; ++i) {
    name += "\xc3\xa9";  // two bytes each
  }
  EXPECT_EQ(AliasText("x" + name).size(), kMaxAliasBytes - 1);  // no half of a character
}

TEST(Families, HaveDistinctNamesAndKnownVersions) {
  std::set<std::string> names;
  for (const FamilyInfo& info : Catalogue()) {
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_GE(info.since_version, 1u);
    EXPECT_LE(info.since_version, kFormatVersion);
    EXPECT_EQ(&InfoOf(info.family), &info);
    EXPECT_EQ(info.lookup == Lookup::kPrefix || info.lookup == Lookup::kKeyAndPrefix,
              info.prefix_bytes > 0);
  }
}

}  // namespace
}  // namespace dossier
