// Fuzz target: a stored record with any bytes. The first byte of the input chooses the family, the
// rest is the value. What decodes must encode to something that decodes to the same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/storage/keys.h"
#include "server/storage/merge_log.h"
#include "server/storage/records.h"
#include "server/storage/reextraction.h"

namespace dossier {
namespace {

template <class Decode, class Encode>
void Check(std::string_view value, Decode decode, Encode encode) {
  const auto record = decode(value);
  if (!record.ok()) {
    return;
  }
  const std::string encoded = encode(*record);
  const auto again = decode(encoded);
  if (!again.ok() || encode(*again) != encoded) {
    std::abort();
  }
}

void CheckKey(std::string_view bytes) {
  static_cast<void>(TermRevKey::Decode(bytes));
  static_cast<void>(AliasKey::Decode(bytes));
  static_cast<void>(EvidenceKey::Decode(bytes));
  static_cast<void>(TripleIndexKey::Decode(Family::kOsp, bytes));
  if (const auto key = MergeLogKey::Decode(bytes); key.ok() && key->Encode() != bytes) {
    std::abort();
  }
  if (const auto key = ReextractionKey::Decode(bytes); key.ok() && key->Encode() != bytes) {
    std::abort();
  }
  if (const auto key = ByDocKey::Decode(bytes); key.ok() && key->Encode() != bytes) {
    std::abort();
  }
}

void CheckValue(uint8_t choice, std::string_view value) {
  static const std::string mention_key =
      MentionKey{NamespaceId(1), EntityId(2), DocumentNumber(3), RunId(4), 5}.Encode();
  const auto under = [](std::string_view key, auto decode) {
    return [=](std::string_view bytes) { return decode(key, bytes); };
  };
  switch (choice) {
    case 'E':
      return Check(value, under("key", DecodeEvidence), EncodeEvidence);
    case 'M':
      return Check(value, under(mention_key, DecodeMention), EncodeMention);
    case 'N':
      return Check(value, under("key", DecodeEntity), EncodeEntity);
    case 'T':
      return Check(value, under("key", DecodeTriple), EncodeTriple);
    case 'D':
      return Check(value, under("key", DecodeDocument), EncodeDocument);
    case 'S':
      return Check(value, under("key", DecodeSketch), EncodeSketch);
    case 'C':
      return Check(value, under("key", DecodeChange), EncodeChange);
    case 'G':
      return Check(value, under("key", DecodeMerge), EncodeMerge);
    case 'X':
      return Check(value, under("key", DecodeReextraction), EncodeReextraction);
    case 'H':
      return Check(value, under("key", DecodeShadow), EncodeShadow);
    case 'L':
      return Check(value, under("key", ParseLiteral), LiteralBytes);
    case 'R':
      return Check(value, under("key", ParseExtractor), ExtractorBytes);
    default:
      return CheckKey(value);
  }
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 0) {
    dossier::CheckValue(data[0], {reinterpret_cast<const char*>(data) + 1, size - 1});
  }
  return 0;
}
