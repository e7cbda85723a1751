#include "server/storage/keys.h"

#include <fmt/format.h>

#include <cassert>

#include "server/base/utf8.h"

namespace dossier {
namespace {

// Reads the ids of a key. Zero is no id: it makes the key a damaged one.
class KeyDecoder {
 public:
  explicit KeyDecoder(std::string_view key) : in_(key) {}

  NamespaceId Namespace() { return Valid(NamespaceId(in_.Fixed32())); }
  ObjectId Object() {
    const auto id = ObjectId::FromBits(in_.Fixed64());
    valid_ = valid_ && (id.is_literal() ? id.literal().valid() : id.entity().valid());
    return id;
  }
  template <class Kind>
  Kind Number() {
    return Valid(Kind(in_.Fixed64()));
  }
  uint64_t RawId() { return Number<Id<struct RawTag>>().value(); }
  uint32_t Ordinal() { return in_.Fixed32(); }
  uint8_t Byte() { return in_.Byte(); }
  TermKind Kind() {
    const uint8_t kind = in_.Byte();
    valid_ = valid_ && kind >= 1 && kind <= static_cast<uint8_t>(TermKind::kEntity);
    return static_cast<TermKind>(kind);
  }
  std::string_view Rest() { return in_.Rest(); }

  bool done() const { return valid_ && in_.done(); }

 private:
  template <class Kind>
  Kind Valid(Kind id) {
    valid_ = valid_ && id.valid();
    return id;
  }

  Decoder in_;
  bool valid_ = true;
};

// `result` when `in` was read to its end without a fault.
template <class Key>
absl::StatusOr<Key> Checked(const KeyDecoder& in, Key result, Family family, std::string_view key) {
  if (!in.done()) {
    return DamagedRecord(family, key, "the key is malformed");
  }
  return result;
}

std::string WithName(NamespaceId ns, std::string_view name) { return KeyPrefix(ns).append(name); }

}  // namespace

std::string KeyInHex(std::string_view key) {
  constexpr std::size_t kShown = 64;
  std::string hex;
  for (const char byte : key.substr(0, kShown)) {
    hex += fmt::format("{:02x}", static_cast<uint8_t>(byte));
  }
  return key.size() > kShown ? hex + "..." : hex;
}

absl::Status DamagedRecord(Family family, std::string_view key, std::string_view what) {
  return absl::DataLossError(
      fmt::format("damaged record in {}, key {}: {}", InfoOf(family).name, KeyInHex(key), what));
}

std::string FormatVersionKey() { return WithName(kDatabase, "format"); }
std::string DatabaseStateKey() { return WithName(kDatabase, "state"); }
std::string TokenSecretKey() { return WithName(kDatabase, "token secret"); }
std::string NamespaceNamePrefix() { return WithName(kDatabase, "namespace/"); }
std::string NamespaceNameKey(std::string_view name) { return NamespaceNamePrefix().append(name); }
std::string IdCountersKey(NamespaceId ns) { return WithName(ns, "ids"); }
std::string TotalsKey(NamespaceId ns) { return WithName(ns, "totals"); }

std::string TermKey::Encode() const {
  std::string key = KeyPrefix(ns);
  key.push_back(static_cast<char>(kind));
  PutFixed64(&key, id);
  return key;
}

absl::StatusOr<TermKey> TermKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  TermKey result{in.Namespace(), in.Kind(), in.RawId()};
  return Checked(in, result, Family::kTerm, key);
}

std::string TermRevKey::Encode() const {
  std::string key = KeyPrefix(ns);
  key.push_back(static_cast<char>(kind));
  return key.append(bytes);
}

absl::StatusOr<TermRevKey> TermRevKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  TermRevKey result{in.Namespace(), in.Kind(), std::string(in.Rest())};
  return Checked(in, std::move(result), Family::kTermRev, key);
}

std::string TripleIndexKey::Encode(Family order) const {
  const auto& [subject, predicate, object] = triple;
  switch (order) {
    case Family::kSpo:
      return KeyPrefix(ns, subject, predicate, object);
    case Family::kPos:
      return KeyPrefix(ns, predicate, object, subject);
    case Family::kAgainst:
    case Family::kFigures:
      return KeyPrefix(ns, predicate, subject, object);
    default:
      assert(order == Family::kOsp);
      return KeyPrefix(ns, object, subject, predicate);
  }
}

absl::StatusOr<TripleIndexKey> TripleIndexKey::Decode(Family order, std::string_view key) {
  KeyDecoder in(key);
  TripleIndexKey result;
  auto& [subject, predicate, object] = result.triple;
  result.ns = in.Namespace();
  switch (order) {
    case Family::kSpo:
      subject = in.Number<EntityId>();
      predicate = in.Number<TermId>();
      object = in.Object();
      break;
    case Family::kPos:
      predicate = in.Number<TermId>();
      object = in.Object();
      subject = in.Number<EntityId>();
      break;
    case Family::kAgainst:
    case Family::kFigures:
      predicate = in.Number<TermId>();
      subject = in.Number<EntityId>();
      object = in.Object();
      break;
    default:
      assert(order == Family::kOsp);
      object = in.Object();
      subject = in.Number<EntityId>();
      predicate = in.Number<TermId>();
  }
  return Checked(in, result, order, key);
}

absl::StatusOr<TripleKey> TripleKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  TripleKey result{in.Namespace(), in.Number<TripleId>()};
  return Checked(in, result, Family::kTriple, key);
}

std::string EvidenceKey::Encode() const {
  std::string key = KeyPrefix(ns, triple, document, run);
  PutFixed32(&key, ordinal);
  return key;
}

absl::StatusOr<EvidenceKey> EvidenceKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  EvidenceKey result{in.Namespace(), in.Number<TripleId>(), in.Number<DocumentNumber>(),
                     in.Number<RunId>(), in.Ordinal()};
  return Checked(in, result, Family::kEvidence, key);
}

std::string MentionKey::Encode() const {
  std::string key = KeyPrefix(ns, entity, document, run);
  PutFixed32(&key, ordinal);
  return key;
}

absl::StatusOr<MentionKey> MentionKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  MentionKey result{in.Namespace(), in.Number<EntityId>(), in.Number<DocumentNumber>(),
                    in.Number<RunId>(), in.Ordinal()};
  return Checked(in, result, Family::kMention, key);
}

ByDocKey ByDocKey::Of(const EvidenceKey& key) {
  return {key.ns, key.document, key.run, Part::kEvidence, key.ordinal, key.triple.value()};
}

ByDocKey ByDocKey::Of(const MentionKey& key) {
  return {key.ns, key.document, key.run, Part::kMention, key.ordinal, key.entity.value()};
}

EvidenceKey ByDocKey::evidence() const {
  assert(part == Part::kEvidence);
  return {ns, TripleId(id), document, run, ordinal};
}

MentionKey ByDocKey::mention() const {
  assert(part == Part::kMention);
  return {ns, EntityId(id), document, run, ordinal};
}

std::string ByDocKey::Encode() const {
  std::string key = KeyPrefix(ns, document, run);
  key.push_back(static_cast<char>(part));
  PutFixed32(&key, ordinal);
  PutFixed64(&key, id);
  return key;
}

absl::StatusOr<ByDocKey> ByDocKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  ByDocKey result{in.Namespace(),     in.Number<DocumentNumber>(),
                  in.Number<RunId>(), static_cast<Part>(in.Byte()),
                  in.Ordinal(),       in.RawId()};
  if (result.part != Part::kEvidence && result.part != Part::kMention) {
    return DamagedRecord(Family::kByDoc, key, "neither evidence nor a mention");
  }
  return Checked(in, result, Family::kByDoc, key);
}

absl::StatusOr<ByRunKey> ByRunKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  ByRunKey result{in.Namespace(), in.Number<RunId>(), in.Number<DocumentNumber>()};
  return Checked(in, result, Family::kByRun, key);
}

absl::StatusOr<EntityKey> EntityKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  EntityKey result{in.Namespace(), in.Number<EntityId>()};
  return Checked(in, result, Family::kEntity, key);
}

std::string AliasText(std::string_view name) {
  const std::string folded = FoldName(name);
  const std::string_view text(folded);
  return std::string(Utf8Prefix(text.substr(0, text.find('\0')), kMaxAliasBytes));
}

std::string AliasKey::Prefix(NamespaceId ns, std::string_view text) { return WithName(ns, text); }

std::string AliasKey::Encode() const {
  assert(!text.empty() && text.find('\0') == std::string::npos);
  std::string key = Prefix(ns, text);
  key.push_back('\0');
  AppendId(&key, entity);
  return key;
}

absl::StatusOr<AliasKey> AliasKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  AliasKey result;
  result.ns = in.Namespace();
  const std::string_view rest = in.Rest();
  const std::size_t end = rest.find('\0');
  if (!in.done() || end == 0 || end == std::string_view::npos) {
    return DamagedRecord(Family::kAlias, key, "the key is malformed");
  }
  result.text = rest.substr(0, end);
  KeyDecoder id(rest.substr(end + 1));
  result.entity = id.Number<EntityId>();
  return Checked(id, std::move(result), Family::kAlias, key);
}

absl::StatusOr<DocumentKey> DocumentKey::Decode(Family family, std::string_view key) {
  KeyDecoder in(key);
  DocumentKey result{in.Namespace(), in.Number<DocumentNumber>()};
  return Checked(in, result, family, key);
}

absl::StatusOr<ChangeKey> ChangeKey::Decode(std::string_view key) {
  KeyDecoder in(key);
  ChangeKey result{in.Namespace(), in.Number<Revision>()};
  return Checked(in, result, Family::kChange, key);
}

}  // namespace dossier
