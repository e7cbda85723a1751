// What one document supports in the graph: put in, and taken out again, each the exact inverse of
// the other.
#ifndef DOSSIER_SERVER_INGEST_SUPPORT_H_
#define DOSSIER_SERVER_INGEST_SUPPORT_H_

#include <cstdint>
#include <map>
#include <vector>

#include "absl/status/status.h"
#include "server/ingest/pending_graph.h"
#include "server/ingest/prepare.h"
#include "server/model/ids.h"
#include "server/storage/records.h"

namespace dossier {

// The triples that a change of one document touches, with the amount of evidence that they had
// before it.
using TouchedTriples = std::map<TripleId, uint64_t>;

// Puts in what `runs` say about document `number`: evidence and mentions with their indexes, and
// their part in the records of triples, entities and terms. Mentions go where the graph's links
// lead. Sets the runs and the counts of `record`; its document and revision are set before.
// REQUIRES: the document supports nothing.
absl::Status AddSupport(DocumentNumber number, const std::vector<PreparedRun>& runs,
                        PendingGraph* graph, DocumentRecord* record, TouchedTriples* touched);

// Takes out all that document `number`, whose record is `record`, supports in the snapshot.
// DATA_LOSS when the graph does not hold what it should.
absl::Status RemoveSupport(DocumentNumber number, const DocumentRecord& record, PendingGraph* graph,
                           TouchedTriples* touched);

// Adds the triples of `touched` that came and went to the counts of `event`.
absl::Status CountTriples(const TouchedTriples& touched, PendingGraph* graph, ChangeEvent* event);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_SUPPORT_H_
