#include "server/ingest/reextraction_commit.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/pipeline.h"
#include "server/ingest/pending_graph.h"
#include "server/ingest/required.h"
#include "server/ingest/shadows.h"
#include "server/ingest/stored_runs.h"
#include "server/ingest/support.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

absl::StatusOr<NamespaceId> NamespaceOf(const Snapshot& snapshot, const std::string& name) {
  ASSIGN_OR_RETURN(const auto ns, FindNamespace(snapshot, name));
  return ns ? absl::StatusOr<NamespaceId>(*ns)
            : absl::NotFoundError(fmt::format("there is no namespace \"{}\"", name));
}

absl::StatusOr<ReextractionRecord> ReadRecord(const Snapshot& snapshot, NamespaceId ns,
                                              const std::string& id) {
  const std::string key = ReextractionKey::Of(ns, id).Encode();
  ASSIGN_OR_RETURN(const auto value, snapshot.Get(Family::kReextraction, key));
  if (!value) {
    return absl::NotFoundError(fmt::format("there is no reextraction \"{}\"", id));
  }
  return DecodeReextraction(key, *value);
}

std::string NamesOf(const std::vector<Extractor>& extractors) {
  std::vector<std::string> names;
  for (const Extractor& e : extractors) {
    names.push_back(fmt::format("{} {} (configuration {})", e.id, e.version,
                                std::string_view(e.config_hash).substr(0, 8)));
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

// OK when the reextraction tries these extractors.
absl::Status CheckExtractors(const std::string& id, const ReextractionRecord& record,
                             const std::vector<Extractor>& now) {
  if (record.extractors == now) {
    return absl::OkStatus();
  }
  const auto without = [](const std::vector<Extractor>& all, const std::vector<Extractor>& others) {
    std::vector<Extractor> left;
    std::set_difference(all.begin(), all.end(), others.begin(), others.end(),
                        std::back_inserter(left));
    return left.empty() ? "nothing else" : NamesOf(left);
  };
  return absl::FailedPreconditionError(
      fmt::format("the plugins have changed since reextraction \"{}\" began: it reads with {}, and "
                  "now there is {}; drop it and begin again",
                  id, without(record.extractors, now), without(now, record.extractors)));
}

absl::Status CheckOpen(const std::string& id, const ReextractionRecord& record) {
  return record.promoted.valid()
             ? absl::FailedPreconditionError(fmt::format(
                   "reextraction \"{}\" was promoted as revision {}: take another id, or drop its "
                   "record first",
                   id, record.promoted.value()))
             : absl::OkStatus();
}

absl::StatusOr<std::optional<ShadowDocument>> FindShadow(const Snapshot& snapshot,
                                                         const ReextractionKey& place) {
  const std::string key = place.Encode();
  ASSIGN_OR_RETURN(const auto value, snapshot.Get(Family::kReextraction, key));
  if (!value) {
    return std::nullopt;
  }
  return DecodeShadow(key, *value);
}

// Ascending, each once.
absl::StatusOr<std::vector<DocumentNumber>> NumbersOf(const std::vector<std::string>& ids,
                                                      const GraphReader& graph) {
  std::set<DocumentNumber> numbers;
  for (const std::string& id : ids) {
    ASSIGN_OR_RETURN(const auto number, graph.FindDocument(id));
    if (!number) {
      return absl::NotFoundError(fmt::format("there is no document \"{}\"", id));
    }
    numbers.insert(*number);
  }
  return std::vector<DocumentNumber>(numbers.begin(), numbers.end());
}

// What promoting would do.
struct Prospect {
  std::vector<DocumentNumber> documents;  // that it changes
  uint64_t bytes = 0;                     // of their shadows
  uint64_t unread = 0;                    // documents that keep it from being promoted
  std::string first_unread;
};

absl::Status AddDocument(const GraphReader& graph, const std::string& id, const DocumentRow& row,
                         const Plan& plan, Prospect* prospect) {
  const Document& document = row.record.document;
  ASSIGN_OR_RETURN(const bool current,
                   IsReadBy(graph, row.record, PlannedExtractors(plan, document)));
  if (current) {
    return absl::OkStatus();
  }
  const std::string key = ReextractionKey::Of(graph.ns(), id, row.number).Encode();
  ASSIGN_OR_RETURN(const auto value, graph.snapshot()->Get(Family::kReextraction, key));
  if (!value) {
    if (prospect->unread++ == 0) {
      prospect->first_unread = document.id;
    }
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const ShadowDocument shadow, DecodeShadow(key, *value));
  if (shadow.error.empty()) {
    prospect->documents.push_back(row.number);
    prospect->bytes += value->size();
  }
  return absl::OkStatus();
}

absl::Status CheckProspect(const std::string& id, const Prospect& prospect) {
  if (prospect.unread > 0) {
    return absl::FailedPreconditionError(
        fmt::format("{} document(s) came or changed since reextraction \"{}\" read them, or were "
                    "never read; the first is \"{}\". Reextract again with this id: only those are "
                    "read",
                    prospect.unread, id, prospect.first_unread));
  }
  if (prospect.documents.size() > kMaxPromotedDocuments || prospect.bytes > kMaxPromotedBytes) {
    return absl::ResourceExhaustedError(fmt::format(
        "{} documents with {} MiB would change in one commit, of at most {} with {} MiB: "
        "reextract and promote them in parts, by naming documents; after the first part without a "
        "plugin, for its candidate serves then",
        prospect.documents.size(), prospect.bytes >> 20, kMaxPromotedDocuments,
        kMaxPromotedBytes >> 20));
  }
  return absl::OkStatus();
}

// The documents that promoting changes.
absl::StatusOr<std::vector<DocumentNumber>> FindReady(const GraphReader& graph,
                                                      const std::string& id,
                                                      const ReextractionRecord& record,
                                                      const Plan& plan) {
  RETURN_IF_ERROR(CheckExtractors(id, record, ExtractorsOf(plan)));
  Prospect prospect;
  ScopePosition position;
  for (;;) {
    ASSIGN_OR_RETURN(const auto row, NextInScope(graph, record, &position));
    if (!row) {
      break;
    }
    RETURN_IF_ERROR(AddDocument(graph, id, *row, plan, &prospect));
  }
  RETURN_IF_ERROR(CheckProspect(id, prospect));
  return std::move(prospect.documents);
}

// Puts shadows in the place of what their documents support.
class Promotion {
 public:
  Promotion(const ReextractionName& name, PendingGraph* graph, Revision revision)
      : id_(name.id), graph_(*graph), revision_(revision) {
    event_.kind = ChangeKind::kPromoted;
    event_.document_id = id_;
  }

  absl::Status Replace(DocumentNumber number) {
    const GraphReader& before = graph_.before();
    const ReextractionKey place = ReextractionKey::Of(graph_.ns(), id_, number);
    ASSIGN_OR_RETURN(const auto shadow, FindShadow(*before.snapshot(), place));
    ASSIGN_OR_RETURN(DocumentRecord record, Required(before.GetDocument(number)));
    ASSIGN_OR_RETURN(const std::string text, Required(before.GetText(number)));
    if (!shadow || shadow->base != record.revision) {
      return DamagedRecord(Family::kReextraction, place.Encode(), "it is not of its document");
    }
    const std::vector<PreparedRun> runs = FromShadow(shadow->runs);
    event_.evidence_removed += record.evidence;
    RETURN_IF_ERROR(RemoveSupport(number, record, &graph_, &touched_));
    record.revision = revision_;
    RETURN_IF_ERROR(AddSupport(number, runs, &graph_, &record, &touched_));
    event_.evidence_added += record.evidence;
    const std::string key = DocumentKey{graph_.ns(), number}.Encode();
    graph_.batch().Put(Family::kDocument, key, EncodeDocument(record));
    graph_.batch().Put(Family::kSketch, key, EncodeSketch(SketchOfRuns(text, runs)));
    return absl::OkStatus();
  }

  absl::Status Finish() {
    RETURN_IF_ERROR(CountTriples(touched_, &graph_, &event_));
    graph_.batch().Put(Family::kChange, ChangeKey{graph_.ns(), revision_}.Encode(),
                       EncodeChange(event_));
    return graph_.Write();
  }

 private:
  const std::string id_;
  PendingGraph& graph_;
  const Revision revision_;
  TouchedTriples touched_;
  ChangeEvent event_;
};

absl::Status DeleteShadows(const Snapshot& snapshot, NamespaceId ns, const std::string& id,
                           WriteBatch* batch) {
  const std::string prefix = ReextractionKey::Prefix(ns, id);
  auto cursor = snapshot.Scan(Family::kReextraction, prefix, PrefixEnd(prefix));
  for (; cursor->Valid(); cursor->Next()) {
    batch->Delete(Family::kReextraction, std::string(cursor->key()));
  }
  return cursor->status();
}

}  // namespace

std::vector<Extractor> ExtractorsOf(const Plan& plan) {
  std::vector<Extractor> extractors;
  for (const ActivePlugin& plugin : plan.plugins()) {
    extractors.push_back(plugin.extractor);
  }
  std::sort(extractors.begin(), extractors.end());
  return extractors;
}

absl::StatusOr<ReextractionRecord> FindReextraction(const Snapshot& snapshot,
                                                    const ReextractionName& name) {
  ASSIGN_OR_RETURN(const NamespaceId ns, NamespaceOf(snapshot, name.name_space));
  return ReadRecord(snapshot, ns, name.id);
}

absl::StatusOr<std::optional<DocumentRow>> NextInScope(const GraphReader& graph,
                                                       const ReextractionRecord& record,
                                                       ScopePosition* position) {
  if (record.documents.empty()) {
    auto rows = graph.Documents(position->after);
    if (!rows.Valid()) {
      RETURN_IF_ERROR(rows.status());
      return std::nullopt;
    }
    position->after = rows.key();
    return *rows;
  }
  while (position->next < record.documents.size()) {
    const DocumentNumber number = record.documents[position->next++];
    absl::StatusOr<DocumentRecord> document = graph.GetDocument(number);
    if (document.ok()) {
      return DocumentRow{number, *std::move(document)};
    }
    if (!absl::IsNotFound(document.status())) {
      return document.status();
    }
  }
  return std::nullopt;
}

absl::Status CheckPromotable(std::shared_ptr<const Snapshot> snapshot, const ReextractionName& name,
                             const Plan& plan) {
  ASSIGN_OR_RETURN(const NamespaceId ns, NamespaceOf(*snapshot, name.name_space));
  ASSIGN_OR_RETURN(const ReextractionRecord record, ReadRecord(*snapshot, ns, name.id));
  return FindReady(GraphReader(std::move(snapshot), ns), name.id, record, plan).status();
}

absl::StatusOr<ReextractionRecord> BeginReextraction(Store& store, const ReextractionOrder& order,
                                                     const Plan& plan) {
  const auto snapshot = store.NewSnapshot();
  const auto& [name_space, id] = order.name;
  ASSIGN_OR_RETURN(const NamespaceId ns, NamespaceOf(*snapshot, name_space));
  ReextractionRecord record;
  record.plugin = order.plugin;
  record.extractors = ExtractorsOf(plan);
  ASSIGN_OR_RETURN(record.documents, NumbersOf(order.documents, GraphReader(snapshot, ns)));
  absl::StatusOr<ReextractionRecord> known = ReadRecord(*snapshot, ns, id);
  if (known.ok()) {
    RETURN_IF_ERROR(CheckOpen(id, *known));
    if (known->plugin != record.plugin || known->documents != record.documents) {
      return absl::FailedPreconditionError(fmt::format(
          "reextraction \"{}\" tries {} over {}: take another id, or drop it", id,
          known->plugin.empty() ? "the plugins as they serve" : known->plugin,
          known->documents.empty() ? "all documents"
                                   : fmt::format("{} documents", known->documents.size())));
    }
    RETURN_IF_ERROR(CheckExtractors(id, *known, record.extractors));
    return known;
  }
  if (!absl::IsNotFound(known.status())) {
    return known.status();
  }
  WriteBatch batch;
  batch.Put(Family::kReextraction, ReextractionKey::Of(ns, id).Encode(),
            EncodeReextraction(record));
  RETURN_IF_ERROR(store.Write(batch));
  return record;
}

absl::StatusOr<bool> PutShadow(Store& store, const ReextractionName& name, DocumentNumber document,
                               const ShadowDocument& shadow) {
  const auto snapshot = store.NewSnapshot();
  ASSIGN_OR_RETURN(const NamespaceId ns, NamespaceOf(*snapshot, name.name_space));
  ASSIGN_OR_RETURN(ReextractionRecord record, ReadRecord(*snapshot, ns, name.id));
  RETURN_IF_ERROR(CheckOpen(name.id, record));
  const auto stored = GraphReader(snapshot, ns).GetDocument(document);
  if (absl::IsNotFound(stored.status()) || (stored.ok() && stored->revision != shadow.base)) {
    return false;
  }
  RETURN_IF_ERROR(stored.status());
  const ReextractionKey place = ReextractionKey::Of(ns, name.id, document);
  ASSIGN_OR_RETURN(const auto before, FindShadow(*snapshot, place));
  if (before) {
    Discount(*before, &record);
  }
  Count(shadow, &record);
  WriteBatch batch;
  batch.Put(Family::kReextraction, place.Encode(), EncodeShadow(shadow));
  batch.Put(Family::kReextraction, ReextractionKey::Of(ns, name.id).Encode(),
            EncodeReextraction(record));
  RETURN_IF_ERROR(store.Write(batch));
  return true;
}

absl::StatusOr<Revision> PromoteReextraction(Store& store, const ReextractionName& name,
                                             const Plan& plan) {
  auto snapshot = store.NewSnapshot();
  ASSIGN_OR_RETURN(const NamespaceId ns, NamespaceOf(*snapshot, name.name_space));
  ASSIGN_OR_RETURN(ReextractionRecord record, ReadRecord(*snapshot, ns, name.id));
  if (record.promoted.valid()) {
    return record.promoted;
  }
  ASSIGN_OR_RETURN(const std::vector<DocumentNumber> ready,
                   FindReady(GraphReader(snapshot, ns), name.id, record, plan));
  ASSIGN_OR_RETURN(DatabaseState state, ReadDatabaseState(*snapshot));
  record.promoted = state.last = Revision(state.last.value() + 1);
  WriteBatch batch;
  RETURN_IF_ERROR(DeleteShadows(*snapshot, ns, name.id, &batch));
  batch.Put(Family::kMeta, DatabaseStateKey(), EncodeDatabaseState(state));
  {
    ASSIGN_OR_RETURN(Shadows others, Shadows::Open(snapshot, ns));
    ASSIGN_OR_RETURN(const auto graph, PendingGraph::Open(std::move(snapshot), ns, &batch));
    Promotion promotion(name, graph.get(), state.last);
    for (const DocumentNumber number : ready) {
      RETURN_IF_ERROR(promotion.Replace(number));
      RETURN_IF_ERROR(others.Forget(number, &batch));
    }
    RETURN_IF_ERROR(promotion.Finish());
    others.Write(&batch);
  }
  batch.Put(Family::kReextraction, ReextractionKey::Of(ns, name.id).Encode(),
            EncodeReextraction(record));
  RETURN_IF_ERROR(store.Write(batch));
  return state.last;
}

absl::Status DropReextraction(Store& store, const ReextractionName& name) {
  const auto snapshot = store.NewSnapshot();
  ASSIGN_OR_RETURN(const NamespaceId ns, NamespaceOf(*snapshot, name.name_space));
  RETURN_IF_ERROR(ReadRecord(*snapshot, ns, name.id).status());
  WriteBatch batch;
  RETURN_IF_ERROR(DeleteShadows(*snapshot, ns, name.id, &batch));
  batch.Delete(Family::kReextraction, ReextractionKey::Of(ns, name.id).Encode());
  return store.Write(batch);
}

}  // namespace dossier
