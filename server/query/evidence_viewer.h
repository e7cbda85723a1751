#ifndef DOSSIER_SERVER_QUERY_EVIDENCE_VIEWER_H_
#define DOSSIER_SERVER_QUERY_EVIDENCE_VIEWER_H_

#include <cstddef>
#include <span>
#include <string>
#include <unordered_map>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/query/evidence_walk.h"
#include "server/query/name_table.h"
#include "server/query/page_walk.h"
#include "server/query/quoter.h"
#include "server/query/views.h"
#include "server/storage/graph_reader.h"

namespace dossier {

// Shows evidence under its names and in its own words. Names are read once, many in one look-up;
// of the texts that are quoted one at a time is held, so rows had better come document by document.
// Borrows the reader.
class EvidenceViewer {
 public:
  using Row = EvidenceWalk::Row;

  explicit EvidenceViewer(const GraphReader& graph)
      : graph_(graph), names_(graph), quoter_(graph) {}

  // Reads the names that `rows` need.
  absl::Status Load(std::span<const Row> rows, PageWalk* page);

  // DATA_LOSS when a span lies outside the text. REQUIRES: Load() had it among its rows.
  absl::StatusOr<EvidenceView> View(const Row& row, PageWalk* page);
  // The same, with what is known of the document.
  absl::StatusOr<StatementView> ViewStatement(const Row& row, PageWalk* page);

 private:
  const GraphReader& graph_;
  NameTable names_;
  std::unordered_map<TripleId, TripleRecord> triples_;
  Quoter quoter_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_EVIDENCE_VIEWER_H_
