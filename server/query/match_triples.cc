#include "server/query/match_triples.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/page_walk.h"
#include "server/query/triple_page.h"

namespace dossier {
namespace {

std::string Fields(const TripleQuery& query, const EvidenceFilter& filter) {
  std::string fields = "MatchTriples";
  PutVarint(&fields, query.subject.has_value());
  if (query.subject) {
    AppendSelector(&fields, *query.subject);
  }
  PutString(&fields, query.predicate);
  PutVarint(&fields, query.object ? 1 + query.object->index() : 0);
  if (query.object) {
    if (const auto* selector = std::get_if<EntitySelector>(&*query.object)) {
      AppendSelector(&fields, *selector);
    } else {
      const Literal& literal = std::get<Literal>(*query.object);
      PutVarint(&fields, static_cast<uint64_t>(literal.type));
      PutString(&fields, literal.value);
    }
  }
  filter.AppendTo(&fields);
  return fields;
}

absl::StatusOr<std::vector<ObjectId>> FindObjects(
    const ReadContext& context, const std::variant<EntitySelector, Literal>& object) {
  std::vector<ObjectId> objects;
  if (const auto* selector = std::get_if<EntitySelector>(&object)) {
    ASSIGN_OR_RETURN(const std::vector<EntityId> entities, SelectEntities(context, *selector));
    std::ranges::transform(entities, std::back_inserter(objects),
                           [](EntityId id) { return ObjectId(id); });
  } else {
    ASSIGN_OR_RETURN(const auto literal, context.graph.FindLiteral(std::get<Literal>(object)));
    if (literal) {
      objects.emplace_back(*literal);
    }
  }
  return objects;
}

// nullopt: the namespace does not know the predicate, so nothing fits. A list may be empty too.
absl::StatusOr<std::optional<TripleIds>> FindIds(const ReadContext& context,
                                                 const TripleQuery& query) {
  TripleIds ids;
  if (query.subject) {
    ASSIGN_OR_RETURN(ids.subjects, SelectEntities(context, *query.subject));
  }
  if (query.object) {
    ASSIGN_OR_RETURN(ids.objects, FindObjects(context, *query.object));
  }
  if (!query.predicate.empty()) {
    ASSIGN_OR_RETURN(ids.predicate, context.graph.FindPredicate(query.predicate));
    if (!ids.predicate) {
      return std::nullopt;
    }
  }
  return ids;
}

}  // namespace

absl::StatusOr<Page<TripleView>> MatchTriples(const ReadContext& context, const TripleQuery& query,
                                              const EvidenceFilter& filter,
                                              const PageRequest& page) {
  ASSIGN_OR_RETURN(PageWalk walk,
                   PageWalk::Begin(context, page, Fields(query, filter), "resume_token"));
  ASSIGN_OR_RETURN(const std::optional<TripleIds> ids, FindIds(context, query));
  Page<TripleView> result;
  if (!ids) {
    return result;
  }
  const auto accept = [](const Triple&) { return true; };
  ASSIGN_OR_RETURN(const std::string next, CollectTriples(context, *ids, accept, filter,
                                                          walk.position(), &walk, &result.items));
  if (!next.empty()) {
    result.next_token = walk.TokenAt(next);
  }
  return result;
}

}  // namespace dossier
