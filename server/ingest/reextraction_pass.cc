#include "server/ingest/reextraction_pass.h"

#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/pipeline.h"
#include "server/ingest/required.h"
#include "server/ingest/shadows.h"
#include "server/ingest/stored_runs.h"
#include "server/storage/keys.h"

namespace dossier {

absl::StatusOr<std::unique_ptr<ReextractionPass>> ReextractionPass::Begin(
    const Store& store, Ingestor& ingestor, std::shared_ptr<const Plan> plan,
    ReextractionOrder order) {
  absl::StatusOr<ReextractionRecord> record = absl::UnknownError("");
  RETURN_IF_ERROR(ingestor.WriteAlone([&](Store& writable) {
    record = BeginReextraction(writable, order, *plan);
    return record.status();
  }));
  std::unique_ptr<ReextractionPass> pass(new ReextractionPass(
      store, ingestor, std::move(plan), std::move(order.name), *std::move(record)));
  RETURN_IF_ERROR(pass->FindEnd());
  return pass;
}

absl::StatusOr<std::unique_ptr<ReextractionPass>> ReextractionPass::Resume(
    const Store& store, Ingestor& ingestor, std::shared_ptr<const Plan> plan,
    ReextractionName name) {
  ASSIGN_OR_RETURN(ReextractionRecord record, FindReextraction(*store.NewSnapshot(), name));
  std::unique_ptr<ReextractionPass> pass(
      new ReextractionPass(store, ingestor, std::move(plan), std::move(name), std::move(record)));
  RETURN_IF_ERROR(pass->FindEnd());
  return pass;
}

absl::Status ReextractionPass::FindEnd() {
  auto snapshot = store_.NewSnapshot();
  ASSIGN_OR_RETURN(const auto ns, FindNamespace(*snapshot, name_.name_space));
  ns_ = ns.value_or(NamespaceId());
  const GraphReader graph(std::move(snapshot), ns_);
  ASSIGN_OR_RETURN(const IdCounters counters, graph.ReadIdCounters());
  ASSIGN_OR_RETURN(const Totals totals, graph.ReadTotals());
  last_ = DocumentNumber(counters.document);
  total_ = record_.documents.empty() ? totals.documents : record_.documents.size();
  return absl::OkStatus();
}

absl::StatusOr<std::optional<DocumentReading>> ReextractionPass::Next(const StopToken& stop) {
  for (;;) {
    RETURN_IF_ERROR(stop.status());
    const GraphReader graph(store_.NewSnapshot(), ns_);
    ScopePosition next = position_;
    ASSIGN_OR_RETURN(auto row, NextInScope(graph, record_, &next));
    if (!row || row->number > last_) {
      return std::nullopt;
    }
    ASSIGN_OR_RETURN(auto reading, Read(graph, *std::move(row), stop));
    if (reading) {
      position_ = std::move(next);
      ++done_;
      return reading;
    }
  }
}

absl::StatusOr<std::optional<DocumentReading>> ReextractionPass::Read(const GraphReader& graph,
                                                                      DocumentRow row,
                                                                      const StopToken& stop) {
  DocumentReading reading;
  ASSIGN_OR_RETURN(const bool current,
                   IsReadBy(graph, row.record, PlannedExtractors(*plan_, row.record.document)));
  if (current) {
    return reading;
  }
  reading.document = row.record.document;
  ASSIGN_OR_RETURN(reading.document.text, Required(graph.GetText(row.number)));
  ASSIGN_OR_RETURN(reading.before, LoadRuns(row.number, graph, row.record));
  const std::string key = ReextractionKey::Of(ns_, name_.id, row.number).Encode();
  ASSIGN_OR_RETURN(const auto value, graph.snapshot()->Get(Family::kReextraction, key));
  ShadowDocument shadow;
  if (value) {
    ASSIGN_OR_RETURN(shadow, DecodeShadow(key, *value));
  }
  const bool known = value && shadow.error.empty();
  if (!known) {
    ASSIGN_OR_RETURN(shadow, Extract(reading.document, stop));
    shadow.base = row.record.revision;
  }
  reading.error = shadow.error;
  reading.warnings = shadow.warnings;
  if (shadow.error.empty()) {
    reading.after = FromShadow(shadow.runs);
    reading.differences = Compare(reading.before, reading.after);
  }
  if (!known) {
    shadow.found = CountOf(reading.differences);
    absl::StatusOr<bool> put = false;
    RETURN_IF_ERROR(ingestor_.WriteAlone([&](Store& store) {
      put = PutShadow(store, name_, row.number, shadow);
      return put.status();
    }));
    if (!*put) {
      return std::nullopt;
    }
  }
  return reading;
}

absl::StatusOr<ShadowDocument> ReextractionPass::Extract(const Document& document,
                                                         const StopToken& stop) const {
  absl::StatusOr<Extraction> extraction =
      RunPipeline(*plan_, document, stop, KeepLayers::kNo, name_.name_space);
  RETURN_IF_ERROR(stop.status());
  if (absl::IsAborted(extraction.status())) {  // the plan's fault, not the document's
    return extraction.status();
  }
  ShadowDocument shadow;
  if (!extraction.ok()) {
    shadow.error = std::string(extraction.status().message());
    return shadow;
  }
  const PreparedDocument prepared = Prepare(document, std::string(), *std::move(extraction));
  shadow.warnings = prepared.warnings;
  shadow.runs = ToShadow(prepared.runs);
  return shadow;
}

}  // namespace dossier
