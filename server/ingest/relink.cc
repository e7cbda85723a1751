#include "server/ingest/relink.h"

#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/ingest/prepare.h"
#include "server/ingest/required.h"
#include "server/ingest/stored_runs.h"
#include "server/storage/keys.h"

namespace dossier {

absl::Status FindMisplaced(const std::string& key, PendingGraph* graph,
                           std::set<DocumentNumber>* documents) {
  const GraphReader& before = graph->before();
  ASSIGN_OR_RETURN(const auto entity, before.FindEntity(key));
  if (!entity) {
    return absl::OkStatus();
  }
  DocumentNumber number;
  std::string document;
  auto rows = before.MentionsOf(*entity);
  for (; rows.Valid(); rows.Next()) {
    if (rows->key.document != number) {
      number = rows->key.document;
      ASSIGN_OR_RETURN(DocumentRecord record, Required(before.GetDocument(number)));
      document = std::move(record.document.id);
    }
    const Mention& mention = rows->mention;
    ASSIGN_OR_RETURN(
        const std::string end,
        graph->links().Follow(mention.key.empty() ? key : mention.key, mention.name, document));
    if (end != key) {
      documents->insert(number);
    }
  }
  return rows.status();
}

absl::Status RelinkDocument(DocumentNumber number, PendingGraph* graph, TouchedTriples* touched) {
  const GraphReader& before = graph->before();
  ASSIGN_OR_RETURN(DocumentRecord record, Required(before.GetDocument(number)));
  ASSIGN_OR_RETURN(const std::vector<PreparedRun> runs, LoadRuns(number, before, record));
  RETURN_IF_ERROR(RemoveSupport(number, record, graph, touched));
  RETURN_IF_ERROR(AddSupport(number, runs, graph, &record, touched));
  graph->batch().Put(Family::kDocument, DocumentKey{graph->ns(), number}.Encode(),
                     EncodeDocument(record));
  return absl::OkStatus();
}

}  // namespace dossier
