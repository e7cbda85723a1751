// Fuzz target: a stored record with any bytes. The first byte of the input chooses what it is, the
// rest is the value or the key. What decodes must encode to something that decodes to the same; a
// key to the same bytes.
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/storage/history_records.h"
#include "server/storage/keys.h"
#include "server/storage/merge_log.h"
#include "server/storage/records.h"
#include "server/storage/reextraction.h"
#include "tests/fuzz/fuzz_target.h"

namespace dossier {
namespace {

// A mention has a part of its key in it; other values only name theirs in an error.
const std::string& SomeKey() {
  static const std::string key =
      MentionKey{NamespaceId(1), EntityId(2), DocumentNumber(3), RunId(4), 5}.Encode();
  return key;
}

template <auto kDecode, auto kEncode>
bool CheckValue(std::string_view value) {
  const auto record = kDecode(SomeKey(), value);
  if (!record.ok()) {
    return false;
  }
  const std::string encoded = kEncode(*record);
  const auto again = kDecode(SomeKey(), encoded);
  if (!again.ok() || kEncode(*again) != encoded) {
    std::abort();
  }
  return true;
}

// `encode_as` is the family, for keys that several share.
template <class Key, class... EncodeAs>
bool CheckKey(std::string_view bytes, const absl::StatusOr<Key>& key, EncodeAs... encode_as) {
  if (key.ok() && key->Encode(encode_as...) != bytes) {
    std::abort();
  }
  return key.ok();
}

bool CheckKeys(std::string_view bytes) {
  bool some = false;
  some |= CheckKey(bytes, TermKey::Decode(bytes));
  some |= CheckKey(bytes, TermRevKey::Decode(bytes));
  for (const Family order : kTripleIndexes) {
    some |= CheckKey(bytes, TripleIndexKey::Decode(order, bytes), order);
  }
  some |= CheckKey(bytes, TripleKey::Decode(bytes));
  some |= CheckKey(bytes, EvidenceKey::Decode(bytes));
  some |= CheckKey(bytes, MentionKey::Decode(bytes));
  some |= CheckKey(bytes, ByDocKey::Decode(bytes));
  some |= CheckKey(bytes, ByRunKey::Decode(bytes));
  some |= CheckKey(bytes, EntityKey::Decode(bytes));
  some |= CheckKey(bytes, AliasKey::Decode(bytes));
  some |= CheckKey(bytes, DocumentKey::Decode(Family::kText, bytes));
  some |= CheckKey(bytes, ChangeKey::Decode(bytes));
  some |= CheckKey(bytes, MergeLogKey::Decode(bytes));
  some |= CheckKey(bytes, ReextractionKey::Decode(bytes));
  some |= CheckKey(bytes, HistoryKey::Decode(bytes));
  some |= CheckKey(bytes, HistoryLogKey::Decode(bytes));
  return some;
}

constexpr struct {
  char letter;
  bool (*check)(std::string_view);
} kKinds[] = {
    {'B', CheckValue<DecodeDatabaseState, EncodeDatabaseState>},
    {'C', CheckValue<DecodeChange, EncodeChange>},
    {'D', CheckValue<DecodeDocument, EncodeDocument>},
    {'E', CheckValue<DecodeEvidence, EncodeEvidence>},
    {'G', CheckValue<DecodeMerge, EncodeMerge>},
    {'H', CheckValue<DecodeShadow, EncodeShadow>},
    {'I', CheckValue<DecodeIdCounters, EncodeIdCounters>},
    {'K', CheckValue<DecodeLink, EncodeLink>},
    {'L', CheckValue<ParseLiteral, LiteralBytes>},
    {'M', CheckValue<DecodeMention, EncodeMention>},
    {'N', CheckValue<DecodeEntity, EncodeEntity>},
    {'O', CheckValue<DecodeTotals, EncodeTotals>},
    {'P', CheckValue<DecodeHistory, EncodeHistory>},
    {'Q', CheckValue<DecodeHistoryLog, EncodeHistoryLog>},
    {'R', CheckValue<ParseExtractor, ExtractorBytes>},
    {'S', CheckValue<DecodeSketch, EncodeSketch>},
    {'T', CheckValue<DecodeTriple, EncodeTriple>},
    {'W', CheckValue<DecodeTerm, EncodeTerm>},
    {'X', CheckValue<DecodeReextraction, EncodeReextraction>},
    {'k', CheckKeys},
};

}  // namespace

bool TryInput(std::string_view input) {
  for (const auto& kind : kKinds) {
    if (input.starts_with(kind.letter)) {
      return kind.check(input.substr(1));
    }
  }
  return false;
}

}  // namespace dossier
