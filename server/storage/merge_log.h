// Merges and splits of entities: the log of decisions, and the links that stand. FORMAT.md has the
// grammar. The keys and values of the family merge_log, with the conventions of keys.h, records.h.
#ifndef DOSSIER_SERVER_STORAGE_MERGE_LOG_H_
#define DOSSIER_SERVER_STORAGE_MERGE_LOG_H_

#include <compare>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/ids.h"

namespace dossier {

// The numbers are stored: they never change.
enum class MergeKind : uint8_t { kMerge = 1, kSplit = 2 };

// Which mentions a decision concerns: those that lead to an entity's key, all of them or only those
// with a name or in a document. Keys, not ids, so that a decision outlives what it was taken on.
struct LinkSource {
  std::string key;
  std::string name;      // FoldName() of Mention::name; empty: any
  std::string document;  // the client's id; empty: any

  friend auto operator<=>(const LinkSource&, const LinkSource&) = default;
};

// A decision: what leads to the sources leads to `target` instead, as long as it is not undone.
struct MergeRecord {
  MergeKind kind = MergeKind::kMerge;
  Revision made;
  Revision undone;      // invalid: it stands
  std::string request;  // the client's id for it; may be empty
  std::string note;     // the client's words
  std::string target;   // the key that a merge leads to, or a split's own
  struct Source {
    LinkSource source;
    EntityId entity;  // that a merge took in; invalid in a split

    friend bool operator==(const Source&, const Source&) = default;
  };
  std::vector<Source> sources;  // at least one

  friend bool operator==(const MergeRecord&, const MergeRecord&) = default;
};

// Where a source leads.
struct LinkRecord {
  MergeId merge;
  std::string target;

  friend bool operator==(const LinkRecord&, const LinkRecord&) = default;
};

// A row of the family is one of four kinds. The letters are stored: they never change.
enum class MergeRow : uint8_t {
  kDecision = 'd',  // merge -> MergeRecord
  kLink = 'l',      // source -> LinkRecord; there while the decision stands
  kEntity = 'e',    // an entity that a merge took in -> the merge: varint; likewise
  kRequest = 'r',   // the client's id -> the merge: varint
};

struct MergeLogKey {
  NamespaceId ns;
  MergeRow row = MergeRow::kDecision;
  MergeId merge;        // of kDecision
  LinkSource source;    // of kLink
  EntityId entity;      // of kEntity
  std::string request;  // of kRequest

  static MergeLogKey Of(NamespaceId ns, MergeId merge) {
    return {ns, MergeRow::kDecision, merge, {}, {}, {}};
  }
  static MergeLogKey Of(NamespaceId ns, LinkSource source) {
    return {ns, MergeRow::kLink, {}, std::move(source), {}, {}};
  }
  static MergeLogKey Of(NamespaceId ns, EntityId entity) {
    return {ns, MergeRow::kEntity, {}, {}, entity, {}};
  }
  static MergeLogKey OfRequest(NamespaceId ns, std::string request) {
    return {ns, MergeRow::kRequest, {}, {}, {}, std::move(request)};
  }

  std::string Encode() const;
  static absl::StatusOr<MergeLogKey> Decode(std::string_view key);
  // Of all rows of one kind; of all links whose source has one key.
  static std::string Prefix(NamespaceId ns, MergeRow row);
  static std::string Prefix(NamespaceId ns, std::string_view source_key);
  friend auto operator<=>(const MergeLogKey&, const MergeLogKey&) = default;
};

std::string EncodeMerge(const MergeRecord& merge);
absl::StatusOr<MergeRecord> DecodeMerge(std::string_view key, std::string_view value);

std::string EncodeLink(const LinkRecord& link);
absl::StatusOr<LinkRecord> DecodeLink(std::string_view key, std::string_view value);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_MERGE_LOG_H_
