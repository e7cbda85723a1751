#include "server/query/list_merges.h"

#include <algorithm>
#include <string>
#include <utility>

#include "server/base/status_macros.h"
#include "server/query/page_walk.h"
#include "server/query/view_size.h"
#include "server/storage/entity_links.h"

namespace dossier {
namespace {

absl::StatusOr<MergeView> View(const GraphReader& graph, MergeId id, MergeRecord record,
                               EntityLinks* links) {
  MergeView view{id, std::move(record), {}};
  ASSIGN_OR_RETURN(const std::string key, links->Follow(view.record.target, "", ""));
  ASSIGN_OR_RETURN(const auto entity, graph.FindEntity(key));
  if (entity) {
    ASSIGN_OR_RETURN(const Entity found, graph.GetEntity(*entity));
    view.entity = {*entity, std::string(found.preferred_name()), std::string(found.type())};
  }
  return view;
}

}  // namespace

absl::StatusOr<Page<MergeView>> ListMerges(const ReadContext& context, const PageRequest& page) {
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, "ListMerges"));
  const GraphReader& graph = context.graph;
  EntityLinks links(graph.snapshot(), graph.ns());
  const std::string prefix = MergeLogKey::Prefix(graph.ns(), MergeRow::kDecision);
  const auto cursor = graph.snapshot()->Scan(Family::kMergeLog, std::max(prefix, walk.position()),
                                             PrefixEnd(prefix));
  Page<MergeView> result;
  for (; cursor->Valid(); cursor->Next()) {
    if (!result.items.empty() && (walk.full() || walk.tired())) {
      result.next_token = walk.TokenAt(cursor->key());
      return result;
    }
    RETURN_IF_ERROR(walk.Work(3));
    ASSIGN_OR_RETURN(const MergeLogKey key, MergeLogKey::Decode(cursor->key()));
    ASSIGN_OR_RETURN(MergeRecord record, DecodeMerge(cursor->key(), cursor->value()));
    ASSIGN_OR_RETURN(MergeView view, View(graph, key.merge, std::move(record), &links));
    if (!walk.Take(WireBytes(view))) {
      result.next_token = walk.TokenAt(cursor->key());
      return result;
    }
    result.items.push_back(std::move(view));
  }
  RETURN_IF_ERROR(cursor->status());
  return result;
}

}  // namespace dossier
