#include "server/query/list_evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/evidence_viewer.h"
#include "server/query/evidence_walk.h"
#include "server/query/external_id.h"
#include "server/query/page_walk.h"
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
      : graph_(context.graph), filter_(filter), page_(page), viewer_(graph_) {}

  absl::StatusOr<Page<EvidenceView>> Run(Family family, const std::string& prefix) {
    EvidenceWalk walk(graph_, family, prefix, page_->position());
    std::vector<EvidenceWalk::Row> rows;
    while (!walk.done()) {
      rows.clear();
      RETURN_IF_ERROR(walk.Read(std::min(kChunk, page_->items_left()), page_, &rows));
      std::erase_if(rows, [this](const auto& row) { return !filter_.Matches(row.evidence); });
      RETURN_IF_ERROR(viewer_.Load(rows, page_));
      ASSIGN_OR_RETURN(const std::string stop, TakeRows(rows));
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
  // The key of the first row that the page has no more room or strength for; empty: it took all.
  absl::StatusOr<std::string> TakeRows(std::span<const EvidenceWalk::Row> rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (i > 0 && page_->tired()) {
        return rows[i].key;
      }
      ASSIGN_OR_RETURN(EvidenceView view, viewer_.View(rows[i], page_));
      if (!page_->Take(WireBytes(view))) {
        return rows[i].key;
      }
      result_.items.push_back(std::move(view));
    }
    return std::string();
  }

  const GraphReader& graph_;
  const EvidenceFilter& filter_;
  PageWalk* page_;
  EvidenceViewer viewer_;
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
