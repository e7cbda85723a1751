// Typed reads of one namespace in one snapshot: what the write path and the read path share.
//
//   for (auto rows = graph.Triples({.subject = subject}); rows.Valid(); rows.Next()) {
//     Use(rows->triple);
//   }
//   // then check rows.status()
#ifndef DOSSIER_SERVER_STORAGE_GRAPH_READER_H_
#define DOSSIER_SERVER_STORAGE_GRAPH_READER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"
#include "server/storage/store.h"

namespace dossier {

struct TripleRow {
  TripleId id;
  Triple triple;
};

struct EvidenceRow {
  EvidenceKey key;
  Evidence evidence;
};

struct MentionRow {
  MentionKey key;
  Mention mention;
};

struct AliasRow {
  AliasKey key;
  uint64_t votes = 0;
};

struct DocumentRow {
  DocumentNumber number;
  DocumentRecord record;
};

struct ChangeRow {
  Revision revision;
  ChangeEvent event;
};

// Rows in key order, decoded as they come. Ends at the first damaged one, which status() names.
// Keeps its snapshot alive.
template <class Row>
class Rows {
 public:
  using Decode = absl::StatusOr<Row> (*)(Family family, std::string_view key,
                                         std::string_view value);

  Rows(std::unique_ptr<Cursor> cursor, Family family, Decode decode)
      : cursor_(std::move(cursor)), family_(family), decode_(decode) {
    Load();
  }

  bool Valid() const { return row_.ok(); }
  void Next() {
    cursor_->Next();
    Load();
  }
  const Row& operator*() const { return *row_; }
  const Row* operator->() const { return &*row_; }
  // REQUIRES: Valid(). Begin a later scan of the same kind after this key to go on from here.
  std::string_view key() const { return cursor_->key(); }
  // REQUIRES: !Valid(). OK at the end.
  absl::Status status() const {
    return absl::IsOutOfRange(row_.status()) ? absl::OkStatus() : row_.status();
  }

 private:
  void Load() {
    if (cursor_->Valid()) {
      row_ = decode_(family_, cursor_->key(), cursor_->value());
    } else {
      row_ = cursor_->status().ok() ? absl::OutOfRangeError("end") : cursor_->status();
    }
  }

  std::unique_ptr<Cursor> cursor_;
  Family family_;
  Decode decode_;
  absl::StatusOr<Row> row_;
};

// Which triples: those that agree with every member that is given.
struct TriplePattern {
  std::optional<EntityId> subject;
  std::optional<TermId> predicate;
  std::optional<ObjectId> object;
};

// nullopt: there is no such namespace.
absl::StatusOr<std::optional<NamespaceId>> FindNamespace(const Snapshot& snapshot,
                                                         std::string_view name);
absl::StatusOr<DatabaseState> ReadDatabaseState(const Snapshot& snapshot);

// Thread-safe. Each read costs a look-up or a seek. What is damaged answers DATA_LOSS.
class GraphReader {
 public:
  GraphReader(std::shared_ptr<const Snapshot> snapshot, NamespaceId ns)
      : snapshot_(std::move(snapshot)), ns_(ns) {}

  const std::shared_ptr<const Snapshot>& snapshot() const { return snapshot_; }
  NamespaceId ns() const { return ns_; }

  absl::StatusOr<IdCounters> ReadIdCounters() const;
  absl::StatusOr<Totals> ReadTotals() const;

  // From bytes to ids; nullopt when the namespace does not have it.
  absl::StatusOr<std::optional<TermId>> FindPredicate(std::string_view text) const;
  absl::StatusOr<std::optional<TermId>> FindLiteral(const Literal& literal) const;
  absl::StatusOr<std::optional<DocumentNumber>> FindDocument(std::string_view id) const;
  absl::StatusOr<std::optional<RunId>> FindRun(const Extractor& extractor) const;
  absl::StatusOr<std::optional<EntityId>> FindEntity(std::string_view key) const;
  absl::StatusOr<std::optional<TripleId>> FindTriple(const Triple& triple) const;

  // From ids to what they stand for; NOT_FOUND when the namespace does not have it.
  absl::StatusOr<TermRecord> GetTerm(TermKind kind, uint64_t id) const;
  absl::StatusOr<std::string> GetPredicate(TermId id) const;
  absl::StatusOr<Literal> GetLiteral(TermId id) const;
  absl::StatusOr<Extractor> GetExtractor(RunId id) const;
  absl::StatusOr<Entity> GetEntity(EntityId id) const;
  absl::StatusOr<TripleRecord> GetTriple(TripleId id) const;
  absl::StatusOr<Evidence> GetEvidence(const EvidenceKey& key) const;
  absl::StatusOr<DocumentRecord> GetDocument(DocumentNumber number) const;
  absl::StatusOr<std::string> GetText(DocumentNumber number) const;
  absl::StatusOr<DocumentSketch> GetSketch(DocumentNumber number) const;

  // Scans begin after the key `after`, which a scan of the same kind has given; empty: at the
  // start.

  // Walks the index that has the given members in front: only matching triples are read.
  Rows<TripleRow> Triples(const TriplePattern& pattern, std::string_view after = {}) const;
  Rows<EvidenceRow> EvidenceOf(TripleId triple, std::string_view after = {}) const;
  Rows<MentionRow> MentionsOf(EntityId entity, std::string_view after = {}) const;
  // Aliases that begin with the AliasText() of `prefix`.
  Rows<AliasRow> Aliases(std::string_view prefix, std::string_view after = {}) const;
  Rows<DocumentRow> Documents(std::string_view after = {}) const;
  // What a document contributes: run by run, evidence then mentions, in text order.
  Rows<ByDocKey> PartsOf(DocumentNumber document, std::string_view after = {}) const;
  Rows<ByRunKey> DocumentsOf(RunId run, std::string_view after = {}) const;
  Rows<ChangeRow> ChangesAfter(Revision revision) const;

 private:
  absl::StatusOr<std::optional<uint64_t>> FindId(TermKind kind, std::string bytes) const;
  template <class Row>
  Rows<Row> Scan(Family family, const std::string& prefix, std::string_view after,
                 typename Rows<Row>::Decode decode) const;

  std::shared_ptr<const Snapshot> snapshot_;
  NamespaceId ns_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_GRAPH_READER_H_
