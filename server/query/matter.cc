#include "server/query/matter.h"

#include <algorithm>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/query/entity_selector.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxOwnerNames = 20;  // of an organisation, before its offices

}  // namespace

absl::StatusOr<const MatterReader::Predicate*> MatterReader::PredicateOf(TermId id) {
  const auto known = predicates_.find(id);
  if (known != predicates_.end()) {
    return &known->second;
  }
  RETURN_IF_ERROR(page_->Work(1));
  Predicate predicate;
  ASSIGN_OR_RETURN(predicate.text, graph_.GetPredicate(id));
  predicate.normal = rules_.Normal(predicate.text);
  predicate.one_object = rules_.OneObject(predicate.normal);
  predicate.one_subject = rules_.OneSubject(predicate.normal);
  return &predicates_.emplace(id, std::move(predicate)).first->second;
}

absl::StatusOr<const std::vector<TermId>*> MatterReader::SpellingsOf(std::string_view predicate) {
  const auto [known, is_new] = spellings_.try_emplace(rules_.Normal(predicate));
  if (is_new) {
    const std::vector<std::string> spellings = rules_.Spellings(predicate);
    std::vector<std::string> keys;
    for (const std::string& spelling : spellings) {
      keys.push_back(TermRevKey{graph_.ns(), TermKind::kPredicate, spelling}.Encode());
    }
    RETURN_IF_ERROR(page_->Work(keys.size()));
    ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kTermRev, keys));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (values[i]) {
        ASSIGN_OR_RETURN(const uint64_t id, DecodeNumber(Family::kTermRev, keys[i], *values[i]));
        known->second.push_back(TermId(id));
      }
    }
    std::sort(known->second.begin(), known->second.end());
  }
  return &known->second;
}

absl::StatusOr<bool> MatterReader::Append(const TriplePattern& pattern, std::size_t max,
                                          std::vector<TripleId>* ids) {
  RETURN_IF_ERROR(page_->Work(1));
  auto rows = graph_.Triples(pattern);
  for (std::size_t i = 0; i < max && rows.Valid(); ++i, rows.Next()) {
    RETURN_IF_ERROR(page_->Work(1));
    ids->push_back(rows->id);
  }
  if (!rows.Valid()) {
    RETURN_IF_ERROR(rows.status());
    return true;
  }
  return false;
}

absl::StatusOr<MatterReader::Group> MatterReader::OfSubject(EntityId subject,
                                                            std::string_view predicate,
                                                            ObjectId object) {
  Group group;
  ASSIGN_OR_RETURN(const std::vector<TermId>* spellings, SpellingsOf(predicate));
  std::vector<TripleId> ids;
  for (const TermId spelling : *spellings) {
    ASSIGN_OR_RETURN(
        const bool all,
        Append({.subject = subject, .predicate = spelling, .object = {}}, kMaxRows, &ids));
    if (!all) {
      group.whole = false;
      RETURN_IF_ERROR(
          Append({.subject = subject, .predicate = spelling, .object = object}, kMaxRows, &ids)
              .status());
    }
  }
  ASSIGN_OR_RETURN(group.triples, Name(ids));
  return group;
}

absl::StatusOr<MatterReader::Group> MatterReader::OfObjects(const std::vector<ObjectId>& objects,
                                                            std::string_view predicate) {
  ASSIGN_OR_RETURN(const std::vector<TermId>* spellings, SpellingsOf(predicate));
  Group group;
  std::vector<TripleId> ids;
  for (const ObjectId object : objects) {
    for (const TermId spelling : *spellings) {
      ASSIGN_OR_RETURN(
          const bool all,
          Append({.subject = {}, .predicate = spelling, .object = object}, kMaxRows, &ids));
      group.whole = group.whole && all;
    }
  }
  ASSIGN_OR_RETURN(group.triples, Name(ids));
  return group;
}

absl::StatusOr<std::vector<NamedTriple>> MatterReader::Name(const std::vector<TripleId>& wanted) {
  std::vector<TripleId> ids = wanted;
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  std::vector<std::string> keys;
  for (const TripleId id : ids) {
    keys.push_back(TripleKey{graph_.ns(), id}.Encode());
  }
  RETURN_IF_ERROR(page_->Work(3 * keys.size()));
  ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kTriple, keys));
  NameTable names(graph_);
  std::vector<NamedTriple> triples(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!values[i]) {
      return DamagedRecord(Family::kTriple, keys[i], "an index has it and it is missing");
    }
    triples[i].id = ids[i];
    ASSIGN_OR_RETURN(triples[i].record, DecodeTriple(keys[i], *values[i]));
    names.Want(triples[i].record.triple);
  }
  RETURN_IF_ERROR(names.Load());
  for (NamedTriple& triple : triples) {
    TripleView view = names.View(triple.id, triple.record);
    triple.subject = std::move(view.subject);
    triple.object = view.object.index() == 0 ? std::get<EntityView>(std::move(view.object)).name
                                             : std::get<Literal>(std::move(view.object)).value;
  }
  return triples;
}

absl::Status MatterReader::AppendNamed(const std::string& name, std::vector<ObjectId>* objects) {
  RETURN_IF_ERROR(page_->Work(2));
  ASSIGN_OR_RETURN(const auto entities, SelectEntities(context_, name));
  for (const EntityId id : entities) {
    objects->emplace_back(id);
  }
  ASSIGN_OR_RETURN(const auto text, graph_.FindLiteral({LiteralType::kText, name}));
  if (text) {
    objects->emplace_back(*text);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<MatterReader::OfficeNames>> MatterReader::NamesOf(
    const Office& office) {
  ASSIGN_OR_RETURN(const std::vector<EntityId> owners, SelectEntities(context_, office.of));
  OfficeNames found;
  for (const EntityId owner : owners) {
    RETURN_IF_ERROR(page_->Work(1));
    ASSIGN_OR_RETURN(const Entity entity, graph_.GetEntity(owner));
    if (entity.type().empty()) {
      continue;
    }
    if (!found.of.id.valid()) {
      found.of = {owner, std::string(entity.preferred_name()), std::string(entity.type())};
    }
    for (std::size_t i = 0; i < std::min(kMaxOwnerNames, entity.names.size()); ++i) {
      for (const std::string& name : rules_.OfficeNames({office.title, entity.names[i].text})) {
        RETURN_IF_ERROR(AppendNamed(name, &found.names));
      }
    }
  }
  std::sort(found.names.begin(), found.names.end());
  found.names.erase(std::unique(found.names.begin(), found.names.end()), found.names.end());
  return found.names.empty() ? std::nullopt : std::optional(std::move(found));
}

}  // namespace dossier
