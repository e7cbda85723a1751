// Mentions whose links have changed go to the entities that they name now, and what they support
// goes with them.
#ifndef DOSSIER_SERVER_INGEST_RELINK_H_
#define DOSSIER_SERVER_INGEST_RELINK_H_

#include <set>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/ingest/pending_graph.h"
#include "server/ingest/support.h"
#include "server/model/ids.h"

namespace dossier {

// Adds the documents with mentions that the graph's links lead away from the entity of `key`. One
// scan of its mentions.
absl::Status FindMisplaced(const std::string& key, PendingGraph* graph,
                           std::set<DocumentNumber>* documents);

// Takes a document out and puts it in again as the links lead. The document has not changed in
// `graph` before. Its revision stays, as does that of its evidence.
absl::Status RelinkDocument(DocumentNumber number, PendingGraph* graph, TouchedTriples* touched);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_RELINK_H_
