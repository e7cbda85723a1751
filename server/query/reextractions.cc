#include "server/query/reextractions.h"

#include <fmt/format.h>

#include <utility>

#include "server/base/status_macros.h"
#include "server/query/page_walk.h"
#include "server/storage/reextraction.h"

namespace dossier {
namespace {

constexpr std::size_t kWireBytesOfCounts = 64;

absl::StatusOr<ReextractionView> ViewOf(const GraphReader& graph, std::string id,
                                        ReextractionRecord record) {
  ReextractionView view{std::move(id), std::move(record), {}};
  for (const DocumentNumber number : view.record.documents) {
    auto document = graph.GetDocument(number);
    if (document.ok()) {
      view.documents.push_back(std::move(document->document.id));
    } else if (!absl::IsNotFound(document.status())) {
      return document.status();
    }
  }
  return view;
}

// About what it takes on the wire.
std::size_t WireBytesOf(const ReextractionView& view) {
  std::size_t bytes = kWireBytesOfCounts + view.id.size() + view.record.plugin.size();
  for (const Extractor& e : view.record.extractors) {
    bytes += kWireBytesOfCounts + e.id.size() + e.version.size() + e.sha256.size() +
             e.config_hash.size();
  }
  for (const std::string& document : view.documents) {
    bytes += document.size() + 2;
  }
  return bytes;
}

std::unique_ptr<Cursor> RecordsAfter(const GraphReader& graph, const std::string& after) {
  const std::string prefix = ReextractionKey::Prefix(graph.ns());
  return graph.snapshot()->Scan(Family::kReextraction,
                                after.empty() ? prefix : prefix + after + '\0', PrefixEnd(prefix));
}

}  // namespace

absl::StatusOr<ReextractionView> GetReextraction(const ReadContext& context,
                                                 const std::string& id) {
  const std::string key = ReextractionKey::Of(context.graph.ns(), id).Encode();
  ASSIGN_OR_RETURN(const auto value, context.graph.snapshot()->Get(Family::kReextraction, key));
  if (!value) {
    return absl::NotFoundError(fmt::format("there is no reextraction \"{}\"", id));
  }
  ASSIGN_OR_RETURN(ReextractionRecord record, DecodeReextraction(key, *value));
  return ViewOf(context.graph, id, std::move(record));
}

absl::StatusOr<Page<ReextractionView>> ListReextractions(const ReadContext& context,
                                                         const PageRequest& page) {
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, "ListReextractions"));
  Page<ReextractionView> result;
  std::string position = walk.position();
  auto cursor = RecordsAfter(context.graph, position);
  for (; cursor->Valid(); cursor->Next()) {
    ASSIGN_OR_RETURN(ReextractionKey key, ReextractionKey::Decode(cursor->key()));
    ASSIGN_OR_RETURN(ReextractionRecord record, DecodeReextraction(cursor->key(), cursor->value()));
    RETURN_IF_ERROR(walk.Work(1 + record.documents.size()));
    ASSIGN_OR_RETURN(ReextractionView view, ViewOf(context.graph, key.id, std::move(record)));
    if (walk.full() || !walk.Take(WireBytesOf(view))) {
      result.next_token = walk.TokenAt(position);
      return result;
    }
    result.items.push_back(std::move(view));
    position = std::move(key.id);
  }
  RETURN_IF_ERROR(cursor->status());
  return result;
}

absl::StatusOr<ReextractionTotals> CountReextractions(const ReadContext& context) {
  ReextractionTotals totals;
  auto cursor = RecordsAfter(context.graph, "");
  for (; cursor->Valid(); cursor->Next()) {
    ASSIGN_OR_RETURN(const ReextractionRecord record,
                     DecodeReextraction(cursor->key(), cursor->value()));
    if (!record.promoted.valid()) {
      ++totals.open;
      totals.shadows += record.read + record.failed;
    }
  }
  RETURN_IF_ERROR(cursor->status());
  return totals;
}

}  // namespace dossier
