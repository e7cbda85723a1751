#include "server/ingest/group_commit.h"

#include <fmt/format.h>

#include <utility>

#include "server/base/status_macros.h"
#include "server/ingest/required.h"
#include "server/ingest/stored_runs.h"
#include "server/storage/graph_reader.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

struct Stored {
  DocumentNumber number;
  DocumentRecord record;
};

// What becomes of one document.
struct Change {
  Change(const std::string& document_id, ChangeKind kind) {
    event.kind = kind;
    event.document_id = document_id;
  }

  ChangeEvent event;
  TouchedTriples touched;
};

absl::StatusOr<std::optional<Stored>> FindStored(const GraphReader& graph,
                                                 std::string_view document_id) {
  ASSIGN_OR_RETURN(const auto number, graph.FindDocument(document_id));
  if (!number) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(DocumentRecord record, Required(graph.GetDocument(*number)));
  return Stored{*number, std::move(record)};
}

absl::StatusOr<bool> IsSame(const GraphReader& graph, const DocumentRecord& record,
                            const std::string& fingerprint,
                            const std::vector<Extractor>& extractors) {
  if (record.fingerprint != fingerprint) {
    return false;
  }
  return IsReadBy(graph, record, extractors);
}

IngestResult ResultOf(CommitStatus status, const DocumentRecord& record) {
  return {status, record.revision, record.mentions, record.triples, record.evidence, {}};
}

Document Metadata(const Document& document) {
  return {document.id,        document.uri,      document.title, document.source,
          document.published, document.language, std::string()};
}

// Takes out what the document supports; its record, text and number stay.
absl::Status TakeOut(const Stored& stored, PendingGraph* graph, Change* change) {
  change->event.document = stored.number;
  change->event.evidence_removed = stored.record.evidence;
  graph->totals().text_bytes -= stored.record.text_bytes;
  return RemoveSupport(stored.number, stored.record, graph, &change->touched);
}

// Puts in the document under the number that it has.
absl::StatusOr<DocumentRecord> PutIn(const PreparedDocument& document, Revision revision,
                                     PendingGraph* graph, Change* change) {
  const DocumentNumber number = change->event.document;
  DocumentRecord record;
  record.document = Metadata(document.document);
  record.text_sha256 = document.text_sha256;
  record.fingerprint = document.fingerprint;
  record.text_bytes = document.document.text.size();
  record.revision = revision;
  RETURN_IF_ERROR(AddSupport(number, document.runs, graph, &record, &change->touched));
  change->event.evidence_added = record.evidence;
  graph->totals().text_bytes += record.text_bytes;
  const std::string key = DocumentKey{graph->ns(), number}.Encode();
  graph->batch().Put(Family::kDocument, key, EncodeDocument(record));
  graph->batch().Put(Family::kText, key, document.document.text);
  graph->batch().Put(Family::kSketch, key, EncodeSketch(document.sketch));
  return record;
}

std::vector<Extractor> ExtractorsOf(const PreparedDocument& document) {
  std::vector<Extractor> extractors;
  for (const PreparedRun& run : document.runs) {
    extractors.push_back(run.extractor);
  }
  return extractors;
}

}  // namespace

absl::StatusOr<std::optional<IngestResult>> FindUnchanged(
    std::shared_ptr<const Snapshot> snapshot, std::string_view name_space,
    std::string_view document_id, const std::string& fingerprint,
    const std::vector<Extractor>& extractors) {
  ASSIGN_OR_RETURN(const auto ns, FindNamespace(*snapshot, name_space));
  if (!ns) {
    return std::nullopt;
  }
  const GraphReader graph(std::move(snapshot), *ns);
  ASSIGN_OR_RETURN(const auto stored, FindStored(graph, document_id));
  if (!stored) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(const bool same, IsSame(graph, stored->record, fingerprint, extractors));
  return same ? std::optional(ResultOf(CommitStatus::kUnchanged, stored->record)) : std::nullopt;
}

absl::StatusOr<std::unique_ptr<GroupCommit>> GroupCommit::Open(Store& store) {
  auto snapshot = store.NewSnapshot();
  ASSIGN_OR_RETURN(const DatabaseState state, ReadDatabaseState(*snapshot));
  return std::unique_ptr<GroupCommit>(new GroupCommit(store, std::move(snapshot), state));
}

absl::StatusOr<PendingGraph*> GroupCommit::OpenGraph(const std::string& name_space,
                                                     NamespaceId ns) {
  ASSIGN_OR_RETURN(auto graph, PendingGraph::Open(snapshot_, ns, &batch_));
  return (graphs_[name_space] = std::move(graph)).get();
}

absl::StatusOr<PendingGraph*> GroupCommit::FindGraph(const std::string& name_space) {
  const auto open = graphs_.find(name_space);
  if (open != graphs_.end()) {
    return open->second.get();
  }
  ASSIGN_OR_RETURN(const auto ns, FindNamespace(*snapshot_, name_space));
  if (!ns) {
    return nullptr;
  }
  return OpenGraph(name_space, *ns);
}

absl::StatusOr<PendingGraph*> GroupCommit::FindOrMakeGraph(const std::string& name_space) {
  ASSIGN_OR_RETURN(PendingGraph * graph, FindGraph(name_space));
  if (graph != nullptr) {
    return graph;
  }
  state_.last_namespace = NamespaceId(state_.last_namespace.value() + 1);
  batch_.Put(Family::kMeta, NamespaceNameKey(name_space),
             EncodeNumber(state_.last_namespace.value()));
  return OpenGraph(name_space, state_.last_namespace);
}

absl::StatusOr<IngestResult> GroupCommit::Ingest(const std::string& name_space,
                                                 const PreparedDocument& document) {
  ASSIGN_OR_RETURN(PendingGraph * graph, FindOrMakeGraph(name_space));
  const std::string& id = document.document.id;
  ASSIGN_OR_RETURN(const auto stored, FindStored(graph->before(), id));
  Change change(id, ChangeKind::kAdded);
  if (stored) {
    ASSIGN_OR_RETURN(const bool same, IsSame(graph->before(), stored->record, document.fingerprint,
                                             ExtractorsOf(document)));
    if (same) {
      return ResultOf(CommitStatus::kUnchanged, stored->record);
    }
    change.event.kind = ChangeKind::kReplaced;
    RETURN_IF_ERROR(TakeOut(*stored, graph, &change));
    RETURN_IF_ERROR(ForgetShadows(stored->number, graph));
  } else {
    change.event.document = graph->NewDocumentNumber();
    ++graph->totals().documents;
    graph->batch().Put(Family::kTermRev, TermRevKey{graph->ns(), TermKind::kDocument, id}.Encode(),
                       EncodeNumber(change.event.document.value()));
  }
  ASSIGN_OR_RETURN(const DocumentRecord record, PutIn(document, NextRevision(), graph, &change));
  RETURN_IF_ERROR(Record(change.event, change.touched, graph));
  IngestResult result = ResultOf(stored ? CommitStatus::kReplaced : CommitStatus::kAdded, record);
  result.warnings = document.warnings;
  return result;
}

absl::StatusOr<Revision> GroupCommit::Delete(const std::string& name_space,
                                             const std::string& document_id) {
  ASSIGN_OR_RETURN(PendingGraph * graph, FindGraph(name_space));
  std::optional<Stored> stored;
  if (graph != nullptr) {
    ASSIGN_OR_RETURN(stored, FindStored(graph->before(), document_id));
  }
  if (!stored) {
    return absl::NotFoundError(fmt::format("there is no document \"{}\"", document_id));
  }
  Change change(document_id, ChangeKind::kDeleted);
  RETURN_IF_ERROR(TakeOut(*stored, graph, &change));
  RETURN_IF_ERROR(ForgetShadows(stored->number, graph));
  --graph->totals().documents;
  const std::string key = DocumentKey{graph->ns(), stored->number}.Encode();
  graph->batch().Delete(Family::kDocument, key);
  graph->batch().Delete(Family::kText, key);
  graph->batch().Delete(Family::kSketch, key);
  graph->batch().Delete(Family::kTermRev,
                        TermRevKey{graph->ns(), TermKind::kDocument, document_id}.Encode());
  RETURN_IF_ERROR(Record(change.event, change.touched, graph));
  return state_.last;
}

absl::Status GroupCommit::ForgetShadows(DocumentNumber document, PendingGraph* graph) {
  auto shadows = shadows_.find(graph->ns());
  if (shadows == shadows_.end()) {
    ASSIGN_OR_RETURN(Shadows opened, Shadows::Open(snapshot_, graph->ns()));
    shadows = shadows_.emplace(graph->ns(), std::move(opened)).first;
  }
  return shadows->second.Forget(document, &batch_);
}

absl::Status GroupCommit::Record(ChangeEvent event, const TouchedTriples& touched,
                                 PendingGraph* graph) {
  RETURN_IF_ERROR(CountTriples(touched, graph, &event));
  state_.last = NextRevision();
  graph->batch().Put(Family::kChange, ChangeKey{graph->ns(), state_.last}.Encode(),
                     EncodeChange(event));
  changed_ = true;
  return absl::OkStatus();
}

absl::Status GroupCommit::ForgetChanges() {
  std::vector<std::string> logged;
  for (const WriteBatch::Change& change : batch_.changes()) {
    if (change.family == Family::kChange) {
      logged.push_back(change.key);
    }
  }
  auto stored = snapshot_->Scan(Family::kChange, "", "");
  for (; stored->Valid(); stored->Next()) {
    logged.emplace_back(stored->key());
  }
  RETURN_IF_ERROR(stored->status());
  for (std::string& key : logged) {
    batch_.Delete(Family::kChange, std::move(key));
  }
  state_.trimmed = state_.last;
  return absl::OkStatus();
}

absl::Status GroupCommit::Write() {
  if (!changed_) {
    return absl::OkStatus();
  }
  for (const auto& [name, graph] : graphs_) {
    RETURN_IF_ERROR(graph->Write());
  }
  graphs_.clear();
  for (const auto& [ns, shadows] : shadows_) {
    shadows.Write(&batch_);
  }
  shadows_.clear();
  snapshot_.reset();  // a store keeps old values for as long as somebody may look at them
  batch_.Put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState(state_));
  return store_.Write(batch_);
}

}  // namespace dossier
