#ifndef DOSSIER_SERVER_INGEST_STORED_RUNS_H_
#define DOSSIER_SERVER_INGEST_STORED_RUNS_H_

#include <vector>

#include "absl/status/statusor.h"
#include "server/ingest/prepare.h"
#include "server/model/ids.h"
#include "server/storage/graph_reader.h"
#include "server/storage/records.h"

namespace dossier {

// What document `number`, whose record is `record`, supports, as it was prepared: mentions with the
// keys that the document gives them. DATA_LOSS when the graph does not hold what it should.
absl::StatusOr<std::vector<PreparedRun>> LoadRuns(DocumentNumber number, const GraphReader& graph,
                                                  const DocumentRecord& record);

// Whether exactly `extractors` read the document. A look-up for each.
absl::StatusOr<bool> IsReadBy(const GraphReader& graph, const DocumentRecord& record,
                              const std::vector<Extractor>& extractors);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_STORED_RUNS_H_
