// The keys of every family as types, so that no code elsewhere puts bytes together. FORMAT.md has
// the grammar. Encode() of a key and Decode() of its bytes are inverse; keys sort by their members
// from first to last. Decode() takes bytes that may be damaged: it answers DATA_LOSS with the
// family and the key in hex.
#ifndef DOSSIER_SERVER_STORAGE_KEYS_H_
#define DOSSIER_SERVER_STORAGE_KEYS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/base/coding.h"
#include "server/model/ids.h"
#include "server/model/triple.h"
#include "server/storage/family.h"

namespace dossier {

// A key for people: in hex, at most 64 bytes of it.
std::string KeyInHex(std::string_view key);

// DATA_LOSS that names the family and the key.
absl::Status DamagedRecord(Family family, std::string_view key, std::string_view what);

// The namespace that is the database itself.
inline constexpr NamespaceId kDatabase{};

template <class Tag, class Value>
void AppendId(std::string* key, Id<Tag, Value> id) {
  PutFixed64(key, id.value());
}
inline void AppendId(std::string* key, NamespaceId id) { PutFixed32(key, id.value()); }
inline void AppendId(std::string* key, ObjectId id) { PutFixed64(key, id.bits()); }

// A namespace and the ids that follow it: the prefix of keys that begin so, or a whole key.
template <class... Ids>
std::string KeyPrefix(NamespaceId ns, Ids... ids) {
  std::string key;
  key.reserve(sizeof(uint32_t) + sizeof...(ids) * sizeof(uint64_t));
  AppendId(&key, ns);
  (AppendId(&key, ids), ...);
  return key;
}

// meta.
std::string FormatVersionKey();                       // -> varint
std::string DatabaseStateKey();                       // -> DatabaseState
std::string TokenSecretKey();                         // -> kTokenSecretBytes random bytes
std::string NamespaceNameKey(std::string_view name);  // -> NamespaceId
std::string NamespaceNamePrefix();
std::string IdCountersKey(NamespaceId ns);  // -> IdCounters
std::string TotalsKey(NamespaceId ns);      // -> Totals

inline constexpr std::size_t kTokenSecretBytes = 32;

// What has bytes and an id. The numbers are stored: they never change.
enum class TermKind : uint8_t {
  kPredicate = 1,
  kLiteral = 2,   // bytes: see LiteralBytes() in records.h
  kDocument = 3,  // bytes: the client's id; stands in term_rev only
  kRun = 4,       // bytes: see ExtractorBytes() in records.h
  kEntity = 5,    // bytes: what resolution identifies it by; stands in term_rev only
};

// term. Each kind counts its ids by itself, save that predicates and literals share TermId.
struct TermKey {
  NamespaceId ns;
  TermKind kind = TermKind::kPredicate;
  uint64_t id = 0;

  std::string Encode() const;
  static absl::StatusOr<TermKey> Decode(std::string_view key);
  friend auto operator<=>(const TermKey&, const TermKey&) = default;
};

// term_rev -> the id, of the type that the kind has.
struct TermRevKey {
  NamespaceId ns;
  TermKind kind = TermKind::kPredicate;
  std::string bytes;

  std::string Encode() const;
  static absl::StatusOr<TermRevKey> Decode(std::string_view key);
  friend auto operator<=>(const TermRevKey&, const TermRevKey&) = default;
};

// The indexes of triples; those from the fourth on are partial (StandsIn() in records.h).
inline constexpr Family kTripleIndexes[] = {Family::kSpo, Family::kPos, Family::kOsp,
                                            Family::kAgainst, Family::kFigures};

// spo, pos, osp, against, figures -> TripleId. `order` is one of them.
struct TripleIndexKey {
  NamespaceId ns;
  Triple triple;

  std::string Encode(Family order) const;
  static absl::StatusOr<TripleIndexKey> Decode(Family order, std::string_view key);
  friend auto operator<=>(const TripleIndexKey&, const TripleIndexKey&) = default;
};

// triple.
struct TripleKey {
  NamespaceId ns;
  TripleId triple;

  std::string Encode() const { return KeyPrefix(ns, triple); }
  static absl::StatusOr<TripleKey> Decode(std::string_view key);
  friend auto operator<=>(const TripleKey&, const TripleKey&) = default;
};

// evidence. Ordinals number the evidence of one run over one document, in text order, from 0.
struct EvidenceKey {
  NamespaceId ns;
  TripleId triple;
  DocumentNumber document;
  RunId run;
  uint32_t ordinal = 0;

  std::string Encode() const;
  static absl::StatusOr<EvidenceKey> Decode(std::string_view key);
  friend auto operator<=>(const EvidenceKey&, const EvidenceKey&) = default;
};

// mention. Ordinals number the mentions of one run over one document, in text order, from 0.
struct MentionKey {
  NamespaceId ns;
  EntityId entity;
  DocumentNumber document;
  RunId run;
  uint32_t ordinal = 0;

  std::string Encode() const;
  static absl::StatusOr<MentionKey> Decode(std::string_view key);
  friend auto operator<=>(const MentionKey&, const MentionKey&) = default;
};

// What a document contributes. The letters are stored: they never change.
enum class Part : uint8_t { kEvidence = 'e', kMention = 'm' };

// by_doc -> nothing: an evidence of triple `id`, or a mention of entity `id`.
struct ByDocKey {
  NamespaceId ns;
  DocumentNumber document;
  RunId run;
  Part part = Part::kEvidence;
  uint32_t ordinal = 0;
  uint64_t id = 0;

  static ByDocKey Of(const EvidenceKey& key);
  static ByDocKey Of(const MentionKey& key);
  EvidenceKey evidence() const;  // REQUIRES: part == Part::kEvidence
  MentionKey mention() const;    // REQUIRES: part == Part::kMention

  std::string Encode() const;
  static absl::StatusOr<ByDocKey> Decode(std::string_view key);
  friend auto operator<=>(const ByDocKey&, const ByDocKey&) = default;
};

// by_run -> nothing.
struct ByRunKey {
  NamespaceId ns;
  RunId run;
  DocumentNumber document;

  std::string Encode() const { return KeyPrefix(ns, run, document); }
  static absl::StatusOr<ByRunKey> Decode(std::string_view key);
  friend auto operator<=>(const ByRunKey&, const ByRunKey&) = default;
};

// entity.
struct EntityKey {
  NamespaceId ns;
  EntityId entity;

  std::string Encode() const { return KeyPrefix(ns, entity); }
  static absl::StatusOr<EntityKey> Decode(std::string_view key);
  friend auto operator<=>(const EntityKey&, const EntityKey&) = default;
};

inline constexpr std::size_t kMaxAliasBytes = 256;

// The form in which `alias` holds a name: FoldName() of it up to the first NUL, cut to
// kMaxAliasBytes at the end of a character. Empty when nothing is left; such a name has no alias.
std::string AliasText(std::string_view name);

// alias -> the number of votes that the entity has for names with this AliasText(), as varint.
struct AliasKey {
  NamespaceId ns;
  std::string text;
  EntityId entity;

  std::string Encode() const;
  static absl::StatusOr<AliasKey> Decode(std::string_view key);
  // Of all aliases that begin with `text`.
  static std::string Prefix(NamespaceId ns, std::string_view text);
  friend auto operator<=>(const AliasKey&, const AliasKey&) = default;
};

// document, text, sketch.
struct DocumentKey {
  NamespaceId ns;
  DocumentNumber document;

  std::string Encode() const { return KeyPrefix(ns, document); }
  static absl::StatusOr<DocumentKey> Decode(Family family, std::string_view key);
  friend auto operator<=>(const DocumentKey&, const DocumentKey&) = default;
};

// change.
struct ChangeKey {
  NamespaceId ns;
  Revision revision;

  std::string Encode() const { return KeyPrefix(ns, revision); }
  static absl::StatusOr<ChangeKey> Decode(std::string_view key);
  friend auto operator<=>(const ChangeKey&, const ChangeKey&) = default;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_KEYS_H_
