// What the parts of Validate() share. Only for them.
#ifndef DOSSIER_SERVER_STORAGE_VALIDATION_H_
#define DOSSIER_SERVER_STORAGE_VALIDATION_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"
#include "server/storage/store.h"
#include "server/storage/validate.h"

namespace dossier {

// What a namespace says that it has, and what was found.
struct NamespaceTally {
  IdCounters ids;
  Totals totals;
  Totals found;
  uint64_t triples_logged = 0;   // added less removed, over the change log
  uint64_t evidence_logged = 0;  // the same
};

// Collects problems, and the first error of the engine, after which every walk ends.
class Validation {
 public:
  explicit Validation(const Snapshot& snapshot) : snapshot_(snapshot) {}

  void Problem(Family family, std::string_view key, std::string_view what);
  // The value, or nullopt after its damage has become a problem.
  template <class T>
  std::optional<T> Sound(absl::StatusOr<T> result) {
    if (result.ok()) {
      return *std::move(result);
    }
    Note(result.status());
    return std::nullopt;
  }

  // Calls visit(key, value) for every key that begins with `prefix`.
  template <class Visit>
  void ForEach(Family family, const std::string& prefix, Visit visit) {
    auto cursor = snapshot_.Scan(family, prefix, PrefixEnd(prefix));
    for (; error_.ok() && cursor->Valid(); cursor->Next()) {
      visit(cursor->key(), cursor->value());
    }
    if (error_.ok() && !cursor->status().ok()) {
      Note(cursor->status());
    }
  }
  // The same for every key of the family; these count as checked.
  template <class Visit>
  void ForAll(Family family, Visit visit) {
    ForEach(family, "", [&](std::string_view key, std::string_view value) {
      ++report_.records;
      visit(key, value);
    });
  }

  std::optional<std::string> Get(Family family, const std::string& key);
  // Asking again for the key asked for last in a family costs nothing.
  bool Has(Family family, const std::string& key);
  // Whether `key` holds the number `expected`.
  bool Maps(Family family, const std::string& key, uint64_t expected);
  uint64_t Count(Family family, const std::string& prefix);

  // The tally of the namespace; that of none, after a problem, when it has no name.
  NamespaceTally& Tally(Family family, std::string_view key, NamespaceId ns);
  // A problem when an id was never given out.
  void CheckGivenOut(Family family, std::string_view key, uint64_t id, uint64_t last);

  const Snapshot& snapshot() const { return snapshot_; }
  DatabaseState& state() { return state_; }
  std::map<NamespaceId, NamespaceTally>& namespaces() { return namespaces_; }
  absl::StatusOr<ValidationReport> Finish() &&;

 private:
  void Note(const absl::Status& status);

  const Snapshot& snapshot_;
  ValidationReport report_;
  absl::Status error_;
  DatabaseState state_;
  std::map<NamespaceId, NamespaceTally> namespaces_;
  NamespaceTally nameless_;
  struct Asked {
    std::string key;
    bool present = false;
  };
  std::array<Asked, kFamilyCount> last_asked_;
};

// In the order in which they have to run: meta first, totals last.
void ValidateMeta(Validation* v);
void ValidateTriples(Validation* v);        // spo, pos, osp, triple, evidence
void ValidateTerms(Validation* v);          // term, term_rev
void ValidateEntities(Validation* v);       // entity, alias, mention
void ValidateMerges(Validation* v);         // merge_log
void ValidateDocuments(Validation* v);      // document, text, by_doc, by_run
void ValidateReextractions(Validation* v);  // reextraction
void ValidateChanges(Validation* v);        // change
void ValidateHistory(Validation* v);        // history, history_log
void ValidateTotals(Validation* v);

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_VALIDATION_H_
