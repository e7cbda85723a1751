// The values of every family: what they hold and their bytes. FORMAT.md has the grammar. Encode and
// decode are inverse. Decoders take bytes that may be damaged and the key that they stood under:
// they answer DATA_LOSS with the family and the key in hex, and never a value that breaks the
// invariants of its type.
#ifndef DOSSIER_SERVER_STORAGE_RECORDS_H_
#define DOSSIER_SERVER_STORAGE_RECORDS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/model/document.h"
#include "server/model/entity.h"
#include "server/model/evidence.h"
#include "server/model/ids.h"
#include "server/model/mention.h"
#include "server/model/run.h"
#include "server/model/sketch.h"
#include "server/model/triple.h"
#include "server/storage/family.h"

namespace dossier {

// meta: what the whole database counts. A new one is all zero.
struct DatabaseState {
  Revision last;               // the newest commit
  Revision trimmed;            // commits up to this one have left the change log
  NamespaceId last_namespace;  // the newest namespace

  friend bool operator==(const DatabaseState&, const DatabaseState&) = default;
};

// meta: the last id given out of each kind; zero when there was none. They only grow.
struct IdCounters {
  uint64_t entity = 0;
  uint64_t term = 0;
  uint64_t triple = 0;
  uint64_t document = 0;
  uint64_t run = 0;
  uint64_t merge = 0;

  friend bool operator==(const IdCounters&, const IdCounters&) = default;
};

// meta: how many a namespace has.
struct Totals {
  uint64_t documents = 0;
  uint64_t triples = 0;
  uint64_t evidence = 0;
  uint64_t entities = 0;
  uint64_t mentions = 0;
  uint64_t text_bytes = 0;

  friend bool operator==(const Totals&, const Totals&) = default;
};

// term. It goes with its last reference.
struct TermRecord {
  uint64_t references = 0;  // triples for predicates and literals, documents for runs
  std::string bytes;

  friend bool operator==(const TermRecord&, const TermRecord&) = default;
};

// triple. It goes with its last evidence.
struct TripleRecord {
  Triple triple;
  uint64_t documents = 0;  // that have evidence for it
  uint64_t figures = 0;    // of that evidence, pieces with a quantity
  StanceCounts stances;    // of that evidence

  friend bool operator==(const TripleRecord&, const TripleRecord&) = default;
};

// Whether there is evidence that the triple is not so: negative and held to be a fact, or denied.
bool IsSpokenAgainst(const TripleRecord& record);

// Whether the index lists a triple with this record; a partial one lists some only.
bool StandsIn(Family index, const TripleRecord& record);

// document.
struct DocumentRecord {
  Document document;        // without the text
  std::string text_sha256;  // Sha256() of the text
  std::string fingerprint;  // DocumentFingerprint() of both
  uint64_t text_bytes = 0;
  Revision revision;        // the commit that last changed what it supports
  std::vector<RunId> runs;  // that read it, ascending, whether or not they found something
  uint64_t triples = 0;     // that it supports
  uint64_t evidence = 0;
  uint64_t mentions = 0;
};

// The numbers are stored: they never change.
enum class ChangeKind : uint8_t {
  kAdded = 1,  // these three: a document
  kReplaced = 2,
  kDeleted = 3,
  kMerged = 4,  // these three: entities
  kSplit = 5,
  kUndone = 6,
  kPromoted = 7,  // a reextraction: all its documents
};

// change: what a commit did. Numbers are those of the graph: a triple that another document still
// supports is neither added nor removed.
struct ChangeEvent {
  ChangeKind kind = ChangeKind::kAdded;
  DocumentNumber document;  // of changes of a document
  std::string document_id;  // likewise; of kPromoted: the reextraction
  MergeId merge;            // of changes of entities
  uint64_t triples_added = 0;
  uint64_t triples_removed = 0;
  uint64_t evidence_added = 0;
  uint64_t evidence_removed = 0;

  friend bool operator==(const ChangeEvent&, const ChangeEvent&) = default;
};

// Numbers and ids by themselves: the values of spo, pos, osp, term_rev, alias and of the format
// version and namespace names in meta.
std::string EncodeNumber(uint64_t number);
absl::StatusOr<uint64_t> DecodeNumber(Family family, std::string_view key, std::string_view value);

std::string EncodeDatabaseState(const DatabaseState& state);
absl::StatusOr<DatabaseState> DecodeDatabaseState(std::string_view key, std::string_view value);

std::string EncodeIdCounters(const IdCounters& counters);
absl::StatusOr<IdCounters> DecodeIdCounters(std::string_view key, std::string_view value);

std::string EncodeTotals(const Totals& totals);
absl::StatusOr<Totals> DecodeTotals(std::string_view key, std::string_view value);

std::string EncodeTerm(const TermRecord& term);
absl::StatusOr<TermRecord> DecodeTerm(std::string_view key, std::string_view value);

std::string EncodeTriple(const TripleRecord& triple);
absl::StatusOr<TripleRecord> DecodeTriple(std::string_view key, std::string_view value);

// REQUIRES: every span has begin <= end, numbers are finite, confidences lie in [0, 1].
std::string EncodeEvidence(const Evidence& evidence);
absl::StatusOr<Evidence> DecodeEvidence(std::string_view key, std::string_view value);

// The entity stands in the key: encoding leaves it out, decoding fills it in. REQUIRES: as above.
std::string EncodeMention(const Mention& mention);
absl::StatusOr<Mention> DecodeMention(std::string_view key, std::string_view value);

std::string EncodeEntity(const Entity& entity);
absl::StatusOr<Entity> DecodeEntity(std::string_view key, std::string_view value);

std::string EncodeDocument(const DocumentRecord& document);
absl::StatusOr<DocumentRecord> DecodeDocument(std::string_view key, std::string_view value);

std::string EncodeSketch(const DocumentSketch& sketch);
absl::StatusOr<DocumentSketch> DecodeSketch(std::string_view key, std::string_view value);

std::string EncodeChange(const ChangeEvent& event);
absl::StatusOr<ChangeEvent> DecodeChange(std::string_view key, std::string_view value);

// The bytes that stand for a literal or an extractor in term and term_rev. `key` is the one of
// term.
std::string LiteralBytes(const Literal& literal);
absl::StatusOr<Literal> ParseLiteral(std::string_view key, std::string_view bytes);
std::string ExtractorBytes(const Extractor& extractor);
absl::StatusOr<Extractor> ParseExtractor(std::string_view key, std::string_view bytes);

// SHA-256, 32 bytes, of all metadata and of the text by its hash: two documents that differ
// anywhere differ here.
std::string DocumentFingerprint(const Document& document, std::string_view text_sha256);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_RECORDS_H_
