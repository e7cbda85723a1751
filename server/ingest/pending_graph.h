// A namespace as it will be: a snapshot, and changes to it that are kept in memory until they go
// into one batch. What it answers has the changes in it, so several documents can be put in and
// taken out before anything is written.
#ifndef DOSSIER_SERVER_INGEST_PENDING_GRAPH_H_
#define DOSSIER_SERVER_INGEST_PENDING_GRAPH_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/storage/entity_links.h"
#include "server/storage/graph_reader.h"
#include "server/storage/records.h"
#include "server/storage/store.h"

namespace dossier {

// Not thread-safe. Of those who write to a namespace there is one at a time. After an error the
// changes are of no more use: drop them all.
//
// Nothing is created or removed by name. What has an id exists while it is used: an entity while it
// has mentions, a triple while it has evidence, a term while it is referred to. Write() sees to it,
// so what is taken out and put in again keeps its id.
class PendingGraph {
 public:
  // Borrows `batch`, to which the changes go.
  static absl::StatusOr<std::unique_ptr<PendingGraph>> Open(
      std::shared_ptr<const Snapshot> snapshot, NamespaceId ns, WriteBatch* batch);

  NamespaceId ns() const { return before_.ns(); }
  // Without the changes.
  const GraphReader& before() const { return before_; }
  // For keys that this class does not know of. Later changes of one key win.
  WriteBatch& batch() { return *batch_; }
  // Documents, evidence, mentions and text bytes are the caller's to count.
  Totals& totals() { return totals_; }

  // The id of what has these bytes; a new one when there is nothing.
  absl::StatusOr<EntityId> InternEntity(const std::string& key);
  absl::StatusOr<TermId> InternPredicate(const std::string& text);
  absl::StatusOr<TermId> InternLiteral(const Literal& literal);
  absl::StatusOr<RunId> InternRun(const Extractor& extractor);
  absl::StatusOr<TripleId> InternTriple(const Triple& triple);
  DocumentNumber NewDocumentNumber() { return DocumentNumber(++counters_.document); }
  MergeId NewMergeId() { return MergeId(++counters_.merge); }
  // Gives an entity back the id that it had. REQUIRES: no entity has the key or the id.
  void RestoreEntityId(const std::string& key, EntityId id);

  // Where the keys of mentions lead: by the links that stand, and those that are made here.
  EntityLinks& links() { return links_; }

  // The record, to be changed in place; it stays where it is until Write().
  absl::StatusOr<Entity*> MutableEntity(EntityId id);
  absl::StatusOr<TripleRecord*> MutableTriple(TripleId id);
  absl::Status AddReferences(TermKind kind, uint64_t id, int64_t delta);

  // Puts the changes into the batch. Once.
  absl::Status Write();

 private:
  // `now` in place of `before`; nullopt: there was none.
  template <class Record>
  struct Slot {
    std::optional<Record> before;
    Record now;
  };

  PendingGraph(GraphReader before, WriteBatch* batch)
      : before_(std::move(before)), batch_(batch), links_(before_.snapshot(), before_.ns()) {}

  template <class Kind>
  absl::StatusOr<Kind> Intern(TermKind kind, const std::string& bytes, uint64_t* counter);
  absl::StatusOr<Slot<TermRecord>*> Term(TermKind kind, uint64_t id);
  absl::Status AddReferencesOf(const Triple& triple, int64_t delta);

  absl::Status WriteTriples();
  void WriteTripleIndexes(TripleId id, const Slot<TripleRecord>& slot, bool lives);
  void WriteTerms();
  void WriteEntities();
  void WriteAliases(EntityId id, const Slot<Entity>& slot);

  const GraphReader before_;
  WriteBatch* const batch_;
  EntityLinks links_;
  IdCounters counters_;
  Totals totals_;
  std::unordered_map<std::string, uint64_t> ids_;  // by TermRevKey
  std::map<Triple, TripleId> triple_ids_;
  std::map<std::pair<TermKind, uint64_t>, Slot<TermRecord>> terms_;
  std::map<TripleId, Slot<TripleRecord>> triples_;
  std::map<EntityId, Slot<Entity>> entities_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_PENDING_GRAPH_H_
