// Reextractions: other extractors tried over stored documents, and what they said, until somebody
// promotes or drops it. FORMAT.md has the grammar. The keys and values of the family reextraction,
// with the conventions of keys.h, records.h.
#ifndef DOSSIER_SERVER_STORAGE_REEXTRACTION_H_
#define DOSSIER_SERVER_STORAGE_REEXTRACTION_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/evidence.h"
#include "server/model/ids.h"
#include "server/model/mention.h"
#include "server/model/run.h"
#include "server/model/triple.h"

namespace dossier {

// How many triples differ, each counted once a document.
struct DifferenceCounts {
  uint64_t added = 0;
  uint64_t removed = 0;
  uint64_t changed = 0;

  friend bool operator==(const DifferenceCounts&, const DifferenceCounts&) = default;
};

// What is tried, and how far it came.
struct ReextractionRecord {
  std::string plugin;                 // whose candidate is tried; empty: the plugins as they serve
  std::vector<Extractor> extractors;  // all that may read a document, ascending
  // Ascending; empty: all. Numbers, so that a document that goes leaves nothing here.
  std::vector<DocumentNumber> documents;
  Revision promoted;  // the commit; invalid: not yet
  // Of the shadows that there are; of those that there were, once it is promoted.
  uint64_t read = 0;
  uint64_t failed = 0;
  DifferenceCounts found;

  friend bool operator==(const ReextractionRecord&, const ReextractionRecord&) = default;
};

// A triple by the ordinals of its mentions. In `evidence` an entity other than none stands for that
// of its mention; revisions are none.
struct ShadowTriple {
  std::string predicate;
  std::optional<Literal> literal;  // the object, unless evidence.object_mention is
  Evidence evidence;

  friend bool operator==(const ShadowTriple&, const ShadowTriple&) = default;
};

// `key` of a mention is what the document gives it; it has no entity.
struct ShadowRun {
  Extractor extractor;
  std::vector<Mention> mentions;
  std::vector<ShadowTriple> triples;

  friend bool operator==(const ShadowRun&, const ShadowRun&) = default;
};

// What a reextraction found in one document. It goes when the document changes.
struct ShadowDocument {
  Revision base;      // the document's
  std::string error;  // why it could not be read; empty: it was
  DifferenceCounts found;
  std::vector<std::string> warnings;
  std::vector<ShadowRun> runs;

  friend bool operator==(const ShadowDocument&, const ShadowDocument&) = default;
};

// The letters are stored: they never change.
enum class ReextractionRow : uint8_t {
  kDocument = 'd',  // id, document -> ShadowDocument
  kRecord = 'r',    // id -> ReextractionRecord
};

struct ReextractionKey {
  NamespaceId ns;
  ReextractionRow row = ReextractionRow::kRecord;
  std::string id;           // the client's; never empty
  DocumentNumber document;  // of kDocument

  static ReextractionKey Of(NamespaceId ns, std::string_view id) {
    return {ns, ReextractionRow::kRecord, std::string(id), {}};
  }
  static ReextractionKey Of(NamespaceId ns, std::string_view id, DocumentNumber document) {
    return {ns, ReextractionRow::kDocument, std::string(id), document};
  }

  std::string Encode() const;
  static absl::StatusOr<ReextractionKey> Decode(std::string_view key);
  // Of all records; of the shadows of one reextraction.
  static std::string Prefix(NamespaceId ns);
  static std::string Prefix(NamespaceId ns, std::string_view id);
  friend auto operator<=>(const ReextractionKey&, const ReextractionKey&) = default;
};

// Adds what `shadow` is to the counts of its record, or takes it from them.
void Count(const ShadowDocument& shadow, ReextractionRecord* record);
void Discount(const ShadowDocument& shadow, ReextractionRecord* record);

std::string EncodeReextraction(const ReextractionRecord& record);
absl::StatusOr<ReextractionRecord> DecodeReextraction(std::string_view key, std::string_view value);

// REQUIRES: as EncodeEvidence() and EncodeMention().
std::string EncodeShadow(const ShadowDocument& shadow);
// Ordinals of mentions are those of their run.
absl::StatusOr<ShadowDocument> DecodeShadow(std::string_view key, std::string_view value);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_REEXTRACTION_H_
