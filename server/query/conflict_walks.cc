#include "server/query/conflict_walks.h"

#include <algorithm>
#include <set>
#include <string>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

std::set<ConflictKind> Asked(const ConflictQuery& query) {
  return query.kinds.empty() ? std::set{ConflictKind::kPolarity, ConflictKind::kDenial,
                                        ConflictKind::kQuantity, ConflictKind::kExclusive}
                             : query.kinds;
}

class Planner {
 public:
  Planner(const ConflictQuery& query, const PredicateRules& rules, MatterReader* matters)
      : query_(query), asked_(Asked(query)), rules_(rules), matters_(*matters) {}

  // Those with the entities as subjects, then those with them as objects; the reader leaves out of
  // the second what the first had.
  ConflictWalks OfEntities(const std::vector<EntityId>& entities) {
    std::vector<ObjectId> objects;
    for (const EntityId id : entities) {
      objects.emplace_back(id);
    }
    Add(0, {.subjects = entities, .predicate = {}, .objects = {}}, asked_);
    Add(1, {.subjects = {}, .predicate = {}, .objects = std::move(objects)}, asked_);
    return std::move(plan_);
  }

  absl::StatusOr<ConflictWalks> OfAll() {
    RETURN_IF_ERROR(
        AddPartial(0, Family::kAgainst, {ConflictKind::kPolarity, ConflictKind::kDenial}));
    RETURN_IF_ERROR(
        AddPartial(1, Family::kFigures, {ConflictKind::kQuantity, ConflictKind::kSeries}));
    RETURN_IF_ERROR(AddExclusive());
    return std::move(plan_);
  }

 private:
  // A walk on which those of `kinds` are looked for that are asked for.
  void Add(uint64_t phase, TripleIds ids, const std::set<ConflictKind>& kinds) {
    ConflictWalk walk{phase, std::move(ids), query_};
    walk.query.kinds.clear();
    std::set_intersection(kinds.begin(), kinds.end(), asked_.begin(), asked_.end(),
                          std::inserter(walk.query.kinds, walk.query.kinds.end()));
    if (!walk.query.kinds.empty()) {
      plan_.walks.push_back(std::move(walk));
    }
  }

  absl::Status AddPartial(uint64_t phase, Family index, const std::set<ConflictKind>& kinds) {
    TripleIds ids;
    ids.partial = index;
    if (query_.predicate.empty()) {
      Add(phase, ids, kinds);
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const auto* spellings, matters_.SpellingsOf(query_.predicate));
    for (const TermId spelling : *spellings) {
      ids.predicate = spelling;
      Add(phase, ids, kinds);
    }
    return absl::OkStatus();
  }

  absl::Status AddExclusive() {
    std::vector<std::string> predicates = rules_.Exclusive();
    predicates.emplace_back(kOfficePredicate);
    if (!query_.predicate.empty()) {
      std::erase_if(predicates, [asked = rules_.Normal(query_.predicate)](const auto& predicate) {
        return predicate != asked;
      });
    }
    std::set<TermId> spellings;
    for (const std::string& predicate : predicates) {
      ASSIGN_OR_RETURN(const auto* some, matters_.SpellingsOf(predicate));
      spellings.insert(some->begin(), some->end());
    }
    for (const TermId spelling : spellings) {
      Add(kExclusivePhase, {.subjects = {}, .predicate = spelling, .objects = {}},
          {ConflictKind::kExclusive});
    }
    plan_.exclusive.assign(spellings.begin(), spellings.end());
    return absl::OkStatus();
  }

  const ConflictQuery& query_;
  const std::set<ConflictKind> asked_;
  const PredicateRules& rules_;
  MatterReader& matters_;
  ConflictWalks plan_;
};

}  // namespace

bool ConflictWalks::Passes(uint64_t phase, const Triple& triple) const {
  return phase != kExclusivePhase ||
         std::binary_search(exclusive.begin(), exclusive.end(), triple.predicate);
}

absl::StatusOr<ConflictWalks> PlanConflictWalks(
    const ConflictQuery& query, const std::optional<std::vector<EntityId>>& entities,
    const PredicateRules& rules, MatterReader* matters) {
  Planner planner(query, rules, matters);
  if (entities) {
    return planner.OfEntities(*entities);
  }
  return planner.OfAll();
}

}  // namespace dossier
