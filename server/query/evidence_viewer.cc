#include "server/query/evidence_viewer.h"

#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/storage/keys.h"
#include "server/storage/records.h"

namespace dossier {

absl::Status EvidenceViewer::Load(std::span<const Row> rows, PageWalk* page) {
  std::vector<TripleId> wanted;
  std::vector<std::string> keys;
  for (const Row& row : rows) {
    if (triples_.try_emplace(row.place.triple).second) {
      wanted.push_back(row.place.triple);
      keys.push_back(TripleKey{graph_.ns(), row.place.triple}.Encode());
    }
    names_.Want(row.place.run);
    for (const Qualifier& qualifier : row.evidence.qualifiers) {
      names_.Want(qualifier.entity);
    }
    for (const Attribution& attribution : row.evidence.attributions) {
      names_.Want(attribution.entity);
    }
  }
  RETURN_IF_ERROR(page->Work(keys.size()));
  ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kTriple, keys));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!values[i]) {
      return DamagedRecord(Family::kTriple, keys[i], "it has evidence and is missing");
    }
    TripleRecord& triple = triples_[wanted[i]];
    ASSIGN_OR_RETURN(triple, DecodeTriple(keys[i], *values[i]));
    names_.Want(triple.triple);
  }
  return names_.Load();
}

absl::StatusOr<EvidenceView> EvidenceViewer::View(const Row& row, PageWalk* page) {
  RETURN_IF_ERROR(quoter_.Open(row.place.document, page));
  bool inside = true;
  const auto quote = [&](Span span, std::size_t max_bytes) {
    inside = inside && quoter_.Has(span);
    return inside ? quoter_.Quote(span, max_bytes) : std::string();
  };
  const Evidence& evidence = row.evidence;
  EvidenceView view;
  view.triple = names_.View(row.place.triple, triples_.at(row.place.triple));
  view.document_id = quoter_.id();
  view.sentence = quote(evidence.sentence, kMaxSentenceBytes);
  view.subject = quote(evidence.subject, kMaxQuoteBytes);
  view.predicate = quote(evidence.predicate, kMaxQuoteBytes);
  view.object = quote(evidence.object, kMaxQuoteBytes);
  for (const Qualifier& part : evidence.qualifiers) {
    view.qualifiers.push_back({quote(part.span, kMaxQuoteBytes), names_.entity(part.entity)});
  }
  for (const Attribution& part : evidence.attributions) {
    view.attributions.push_back({quote(part.span, kMaxQuoteBytes), names_.entity(part.entity)});
  }
  if (!inside) {
    return DamagedRecord(Family::kEvidence, row.place.Encode(),
                         "a span lies outside the document's text");
  }
  view.extractor = names_.extractor(row.place.run);
  view.evidence = evidence;
  return view;
}

absl::StatusOr<StatementView> EvidenceViewer::ViewStatement(const Row& row, PageWalk* page) {
  ASSIGN_OR_RETURN(EvidenceView evidence, View(row, page));
  const Document& document = quoter_.document();
  return StatementView{std::move(evidence), document.title, document.source, document.published};
}

}  // namespace dossier
