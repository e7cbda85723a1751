#include "server/query/search_entities.h"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/get_entity.h"
#include "server/query/page_walk.h"
#include "server/query/view_size.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

constexpr std::size_t kChunk = 128;  // aliases read at a time

// An entity is shown at the first of its aliases that begins with the prefix, so that pages need
// not know what earlier ones showed.
class Searcher {
 public:
  Searcher(const ReadContext& context, const EntitySearch& search, PageWalk* page)
      : graph_(context.graph), prefix_(AliasText(search.prefix)), type_(search.type), page_(page) {}

  absl::StatusOr<Page<EntityDetails>> Run() {
    Page<EntityDetails> result;
    std::string position = page_->position();
    auto rows = graph_.Aliases(prefix_, position);
    std::vector<Alias> chunk;
    while (rows.Valid() && !page_->full() && !page_->tired()) {
      chunk.clear();
      const std::size_t count = std::min(kChunk, page_->items_left());
      for (; rows.Valid() && chunk.size() < count; rows.Next()) {
        chunk.push_back({std::string(rows.key()), rows->key});
      }
      RETURN_IF_ERROR(ReadEntities(chunk));
      ASSIGN_OR_RETURN(const bool all, TakeChunk(chunk, &position, &result.items));
      if (!all) {
        result.next_token = page_->TokenAt(position);
        return result;
      }
    }
    if (rows.Valid()) {
      result.next_token = page_->TokenAt(position);
      return result;
    }
    RETURN_IF_ERROR(rows.status());
    return result;
  }

 private:
  struct Alias {
    std::string key;
    AliasKey alias;
  };

  struct Candidate {
    std::string first_alias;
    EntityDetails details;
    bool fits = false;  // the type that is asked for
  };

  // Makes candidates of the entities of `chunk` that are not yet.
  absl::Status ReadEntities(const std::vector<Alias>& chunk) {
    std::vector<EntityId> ids;
    std::vector<std::string> keys;
    for (const Alias& row : chunk) {
      if (candidates_.try_emplace(row.alias.entity).second) {
        ids.push_back(row.alias.entity);
        keys.push_back(EntityKey{graph_.ns(), row.alias.entity}.Encode());
      }
    }
    ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kEntity, keys));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!values[i]) {
        return DamagedRecord(Family::kEntity, keys[i], "it has an alias and is missing");
      }
      ASSIGN_OR_RETURN(const Entity entity, DecodeEntity(keys[i], *values[i]));
      RETURN_IF_ERROR(page_->Work(1 + entity.names.size()));
      candidates_[ids[i]] = {FirstAlias(entity), DetailsOf(ids[i], entity),
                             type_.empty() || entity.type() == type_};
    }
    return absl::OkStatus();
  }

  std::string FirstAlias(const Entity& entity) const {
    std::string first;
    for (const Vote& name : entity.names) {
      std::string alias = AliasText(name.text);
      if (!alias.empty() && alias.starts_with(prefix_) && (first.empty() || alias < first)) {
        first = std::move(alias);
      }
    }
    return first;
  }

  // Whether all of `chunk` found room. Moves *position along.
  absl::StatusOr<bool> TakeChunk(const std::vector<Alias>& chunk, std::string* position,
                                 std::vector<EntityDetails>* items) {
    RETURN_IF_ERROR(page_->Work(chunk.size()));
    for (const Alias& row : chunk) {
      Candidate& candidate = candidates_.at(row.alias.entity);
      if (candidate.fits && candidate.first_alias == row.alias.text) {
        if (!page_->Take(WireBytes(candidate.details))) {
          return false;
        }
        items->push_back(std::move(candidate.details));
      }
      *position = row.key;
    }
    return true;
  }

  const GraphReader& graph_;
  const std::string prefix_;
  const std::string& type_;
  PageWalk* page_;
  std::unordered_map<EntityId, Candidate> candidates_;
};

}  // namespace

absl::StatusOr<Page<EntityDetails>> SearchEntities(const ReadContext& context,
                                                   const EntitySearch& search,
                                                   const PageRequest& page) {
  std::string fields = "SearchEntities";
  PutString(&fields, search.prefix);
  PutString(&fields, search.type);
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, fields));
  return Searcher(context, search, &walk).Run();
}

}  // namespace dossier
