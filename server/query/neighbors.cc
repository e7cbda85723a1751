#include "server/query/neighbors.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/page_walk.h"
#include "server/query/triple_page.h"

namespace dossier {
namespace {

std::string Fields(const NeighborsRequest& request) {
  std::string fields = "Neighbors";
  AppendSelector(&fields, request.entity);
  PutVarint(&fields, static_cast<uint64_t>(request.direction));
  PutString(&fields, request.predicate);
  request.filter.AppendTo(&fields);
  return fields;
}

class NeighborWalk {
 public:
  NeighborWalk(const ReadContext& context, const NeighborsRequest& request,
               std::vector<EntityId> entities, std::optional<TermId> predicate, PageWalk* page)
      : context_(context),
        request_(request),
        entities_(std::move(entities)),
        predicate_(predicate),
        page_(page) {}

  // A position is the direction that it is in, then the one of CollectTriples().
  absl::StatusOr<Page<NeighborView>> Run() {
    Page<NeighborView> result;
    Direction resumed = Direction::kBoth;
    std::string_view position = page_->position();
    if (!position.empty()) {
      resumed = static_cast<Direction>(position.front());
      position.remove_prefix(1);
    }
    for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
      if ((request_.direction != Direction::kBoth && request_.direction != direction) ||
          direction < resumed) {
        continue;
      }
      ASSIGN_OR_RETURN(const std::string next,
                       Collect(direction, direction == resumed ? position : "", &result.items));
      if (!next.empty()) {
        result.next_token = page_->TokenAt(static_cast<char>(direction) + next);
        return result;
      }
    }
    return result;
  }

 private:
  absl::StatusOr<std::string> Collect(Direction direction, std::string_view position,
                                      std::vector<NeighborView>* neighbors) {
    TripleIds ids;
    ids.predicate = predicate_;
    std::function<bool(const Triple&)> accept;
    if (direction == Direction::kOutgoing) {
      ids.subjects = entities_;
      accept = [](const Triple& triple) { return !triple.object.is_literal(); };
    } else {
      std::ranges::transform(entities_, std::back_inserter(ids.objects.emplace()),
                             [](EntityId id) { return ObjectId(id); });
      accept = [this](const Triple& triple) {
        return request_.direction == Direction::kIncoming ||
               !std::binary_search(entities_.begin(), entities_.end(), triple.subject);
      };
    }
    std::vector<TripleView> triples;
    ASSIGN_OR_RETURN(std::string next, CollectTriples(context_, ids, accept, request_.filter,
                                                      position, page_, &triples));
    for (TripleView& triple : triples) {
      neighbors->push_back({direction, std::move(triple)});
    }
    return next;
  }

  const ReadContext& context_;
  const NeighborsRequest& request_;
  const std::vector<EntityId> entities_;
  const std::optional<TermId> predicate_;
  PageWalk* page_;
};

}  // namespace

absl::StatusOr<Page<NeighborView>> Neighbors(const ReadContext& context,
                                             const NeighborsRequest& request,
                                             const PageRequest& page) {
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, Fields(request)));
  ASSIGN_OR_RETURN(std::vector<EntityId> entities, SelectEntities(context, request.entity));
  std::optional<TermId> predicate;
  if (!request.predicate.empty()) {
    ASSIGN_OR_RETURN(predicate, context.graph.FindPredicate(request.predicate));
    if (!predicate) {
      return Page<NeighborView>();
    }
  }
  return NeighborWalk(context, request, std::move(entities), predicate, &walk).Run();
}

}  // namespace dossier
