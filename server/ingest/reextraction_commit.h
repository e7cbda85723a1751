// What a reextraction writes. Between its beginning and its end nothing but shadows, which no query
// sees: promoting it puts all of them in the place of what their documents supported, in one write;
// dropping it leaves the store as if it had never been.
#ifndef DOSSIER_SERVER_INGEST_REEXTRACTION_COMMIT_H_
#define DOSSIER_SERVER_INGEST_REEXTRACTION_COMMIT_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/extract/plan.h"
#include "server/model/ids.h"
#include "server/storage/graph_reader.h"
#include "server/storage/reextraction.h"
#include "server/storage/store.h"

namespace dossier {

struct ReextractionName {
  std::string name_space;
  std::string id;  // the client's; not empty
};

// What to try.
struct ReextractionOrder {
  ReextractionName name;
  std::string plugin;                  // as in ReextractionRecord
  std::vector<std::string> documents;  // the clients' ids, in any order; empty: all
};

// Promoting goes into one write, so it has no more documents, and no more bytes of shadows, than
// this. The write takes a small multiple of them in memory.
inline constexpr std::size_t kMaxPromotedDocuments = 20'000;
inline constexpr uint64_t kMaxPromotedBytes = 256u << 20;

// The extractors of a plan, ascending.
std::vector<Extractor> ExtractorsOf(const Plan& plan);

// A reextraction as `snapshot` has it. NOT_FOUND.
absl::StatusOr<ReextractionRecord> FindReextraction(const Snapshot& snapshot,
                                                    const ReextractionName& name);

// Where a walk over the documents of a reextraction stands.
struct ScopePosition {
  std::size_t next = 0;  // of those that are named
  std::string after;     // of all: as in GraphReader::Documents()
};

// The next document that the reextraction concerns; nullopt: there is none any more.
absl::StatusOr<std::optional<DocumentRow>> NextInScope(const GraphReader& graph,
                                                       const ReextractionRecord& record,
                                                       ScopePosition* position);

// OK when `plan` may promote it: it is the plan that was tried, and every document that it concerns
// has been read since it last changed. FAILED_PRECONDITION otherwise, with the number of documents
// that have not been and the first of them.
absl::Status CheckPromotable(std::shared_ptr<const Snapshot> snapshot, const ReextractionName& name,
                             const Plan& plan);

// There is one writer of a store at a time, who calls the following.

// Begins it, or goes on with one that is the same. NOT_FOUND: no such namespace or document.
// FAILED_PRECONDITION: one of that id tries something else, or was promoted.
absl::StatusOr<ReextractionRecord> BeginReextraction(Store& store, const ReextractionOrder& order,
                                                     const Plan& plan);

// Keeps what was found in a document. False: the document has changed since; nothing was done.
// NOT_FOUND: the reextraction was dropped. FAILED_PRECONDITION: it was promoted.
absl::StatusOr<bool> PutShadow(Store& store, const ReextractionName& name, DocumentNumber document,
                               const ShadowDocument& shadow);

// One commit: every document that was read supports what its shadow says, and nothing else. A
// document that could not be read keeps what it has. Again: the same revision. Errors of
// CheckPromotable(); RESOURCE_EXHAUSTED above the two limits.
absl::StatusOr<Revision> PromoteReextraction(Store& store, const ReextractionName& name,
                                             const Plan& plan);

// Takes it out with all its shadows; of one that was promoted, its record. NOT_FOUND.
absl::Status DropReextraction(Store& store, const ReextractionName& name);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_REEXTRACTION_COMMIT_H_
