#include "server/query/list_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/evidence_walk.h"
#include "server/query/external_id.h"
#include "server/query/name_table.h"
#include "server/query/page_walk.h"
#include "server/query/quoter.h"
#include "server/query/view_size.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

constexpr std::size_t kChunk = 128;  // rows read at a time

std::string Fields(const EvidenceScope& scope, const EvidenceFilter& filter) {
  std::string fields = "ListEvidence";
  PutVarint(&fields, scope.index());
  if (const auto* triple = std::get_if<TripleId>(&scope)) {
    PutVarint(&fields, triple->value());
  } else if (const auto* document = std::get_if<std::string>(&scope)) {
    PutString(&fields, *document);
  }
  filter.AppendTo(&fields);
  return fields;
}

// The family and the prefix to walk.
absl::StatusOr<std::pair<Family, std::string>> RangeOf(const GraphReader& graph,
                                                       const EvidenceScope& scope) {
  if (const auto* triple = std::get_if<TripleId>(&scope)) {
    const absl::Status found = graph.GetTriple(*triple).status();
    if (absl::IsNotFound(found)) {
      return absl::NotFoundError(fmt::format("no triple has the id \"{}\"", ExternalId(*triple)));
    }
    RETURN_IF_ERROR(found);
    return std::pair(Family::kEvidence, KeyPrefix(graph.ns(), *triple));
  }
  if (const auto* id = std::get_if<std::string>(&scope)) {
    ASSIGN_OR_RETURN(const auto document, graph.FindDocument(*id));
    if (!document) {
      return absl::NotFoundError(fmt::format("no document has the id \"{}\"", *id));
    }
    return std::pair(Family::kByDoc, KeyPrefix(graph.ns(), *document));
  }
  return std::pair(Family::kByDoc, KeyPrefix(graph.ns()));
}

class EvidencePage {
 public:
  EvidencePage(const ReadContext& context, const EvidenceFilter& filter, PageWalk* page)
      : graph_(context.graph), filter_(filter), page_(page), names_(graph_), quoter_(graph_) {}

  absl::StatusOr<Page<EvidenceView>> Run(Family family, const std::string& prefix) {
    EvidenceWalk walk(graph_, family, prefix, page_->position());
    std::vector<EvidenceWalk::Row> rows;
    while (!walk.done()) {
      rows.clear();
      RETURN_IF_ERROR(walk.Read(std::min(kChunk, page_->items_left()), page_, &rows));
      std::erase_if(rows, [this](const auto& row) { return !filter_.Matches(row.evidence); });
      RETURN_IF_ERROR(LoadNames(rows));
      ASSIGN_OR_RETURN(const std::string stop, TakeRows(&rows));
      if (!stop.empty()) {
        result_.next_token = page_->TokenAt(stop);
        break;
      }
      if (!walk.done() && (page_->full() || page_->tired())) {
        result_.next_token = page_->TokenAt(walk.position());
        break;
      }
    }
    return std::move(result_);
  }

 private:
  absl::Status LoadNames(const std::vector<EvidenceWalk::Row>& rows) {
    std::vector<TripleId> wanted;
    std::vector<std::string> keys;
    for (const auto& row : rows) {
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
    RETURN_IF_ERROR(page_->Work(keys.size()));
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

  // The key of the first row that the page has no more room or strength for; empty: it took all.
  absl::StatusOr<std::string> TakeRows(std::vector<EvidenceWalk::Row>* rows) {
    for (std::size_t i = 0; i < rows->size(); ++i) {
      auto& [key, place, evidence] = (*rows)[i];
      if (i > 0 && page_->tired()) {
        return key;
      }
      RETURN_IF_ERROR(quoter_.Open(place.document, page_));
      ASSIGN_OR_RETURN(EvidenceView view, View(key, place, std::move(evidence)));
      if (!page_->Take(WireBytes(view))) {
        return key;
      }
      result_.items.push_back(std::move(view));
    }
    return std::string();
  }

  absl::StatusOr<EvidenceView> View(std::string_view key, const EvidenceKey& place,
                                    Evidence evidence) const {
    bool inside = true;
    const auto quote = [&](Span span, std::size_t max_bytes) {
      inside = inside && quoter_.Has(span);
      return inside ? quoter_.Quote(span, max_bytes) : std::string();
    };
    EvidenceView view;
    view.triple = names_.View(place.triple, triples_.at(place.triple));
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
      return DamagedRecord(Family::kEvidence, key, "a span lies outside the document's text");
    }
    view.extractor = names_.extractor(place.run);
    view.evidence = std::move(evidence);
    return view;
  }

  const GraphReader& graph_;
  const EvidenceFilter& filter_;
  PageWalk* page_;
  NameTable names_;
  Quoter quoter_;
  std::unordered_map<TripleId, TripleRecord> triples_;
  Page<EvidenceView> result_;
};

}  // namespace

absl::StatusOr<Page<EvidenceView>> ListEvidence(const ReadContext& context,
                                                const EvidenceScope& scope,
                                                const EvidenceFilter& filter,
                                                const PageRequest& page) {
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, Fields(scope, filter)));
  ASSIGN_OR_RETURN(const auto range, RangeOf(context.graph, scope));
  return EvidencePage(context, filter, &walk).Run(range.first, range.second);
}

}  // namespace dossier
