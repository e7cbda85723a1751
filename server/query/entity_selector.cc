#include "server/query/entity_selector.h"

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/get_entity.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

absl::StatusOr<std::vector<EntityId>> SelectById(const ReadContext& context, EntityId id) {
  ASSIGN_OR_RETURN(const EntityId current, CurrentEntity(context.graph, id));
  return std::vector<EntityId>{current};
}

// A name ends at the NUL that every alias has after it; aliases of one name are in order of id.
absl::StatusOr<std::vector<EntityId>> SelectByName(const ReadContext& context,
                                                   const std::string& name) {
  std::vector<EntityId> entities;
  const std::string text = AliasText(name);
  if (text.empty()) {
    return entities;
  }
  const std::string begin = AliasKey::Prefix(context.graph.ns(), text).append(1, '\0');
  const auto cursor = context.graph.snapshot()->Scan(Family::kAlias, begin, PrefixEnd(begin));
  for (; cursor->Valid() && entities.size() < kMaxSelectedEntities; cursor->Next()) {
    ASSIGN_OR_RETURN(const AliasKey alias, AliasKey::Decode(cursor->key()));
    entities.push_back(alias.entity);
  }
  RETURN_IF_ERROR(cursor->status());
  return entities;
}

}  // namespace

absl::StatusOr<std::vector<EntityId>> SelectEntities(const ReadContext& context,
                                                     const EntitySelector& selector) {
  if (const auto* id = std::get_if<EntityId>(&selector)) {
    return SelectById(context, *id);
  }
  return SelectByName(context, std::get<std::string>(selector));
}

void AppendSelector(std::string* bytes, const EntitySelector& selector) {
  PutVarint(bytes, selector.index());
  if (const auto* id = std::get_if<EntityId>(&selector)) {
    PutVarint(bytes, id->value());
  } else {
    PutString(bytes, std::get<std::string>(selector));
  }
}

}  // namespace dossier
