#include "server/query/name_table.h"

#include <cstddef>
#include <optional>
#include <string_view>

#include "server/base/status_macros.h"

namespace dossier {

void NameTable::Want(EntityId entity) {
  if (entities_.try_emplace(entity).second) {
    wanted_entities_.push_back(entity);
  }
}

void NameTable::Want(RunId run) {
  if (runs_.try_emplace(run).second) {
    wanted_terms_.push_back({graph_.ns(), TermKind::kRun, run.value()});
  }
}

void NameTable::Want(const Triple& triple) {
  Want(triple.subject);
  if (predicates_.try_emplace(triple.predicate).second) {
    wanted_terms_.push_back({graph_.ns(), TermKind::kPredicate, triple.predicate.value()});
  }
  if (!triple.object.is_literal()) {
    Want(triple.object.entity());
  } else if (literals_.try_emplace(triple.object.literal()).second) {
    wanted_terms_.push_back({graph_.ns(), TermKind::kLiteral, triple.object.literal().value()});
  }
}

template <class Use>
absl::Status NameTable::LoadAll(Family family, const std::vector<std::string>& keys, Use use) {
  if (keys.empty()) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(family, keys));
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!values[i]) {
      return DamagedRecord(family, keys[i], "it is referred to and missing");
    }
    RETURN_IF_ERROR(use(i, keys[i], *values[i]));
  }
  return absl::OkStatus();
}

absl::Status NameTable::Load() {
  std::vector<std::string> keys;
  keys.reserve(wanted_entities_.size());
  for (const EntityId id : wanted_entities_) {
    keys.push_back(EntityKey{graph_.ns(), id}.Encode());
  }
  RETURN_IF_ERROR(LoadAll(
      Family::kEntity, keys,
      [this](std::size_t i, std::string_view key, std::string_view value) -> absl::Status {
        ASSIGN_OR_RETURN(const Entity entity, DecodeEntity(key, value));
        const EntityId id = wanted_entities_[i];
        entities_[id] = {id, std::string(entity.preferred_name()), std::string(entity.type())};
        return absl::OkStatus();
      }));
  wanted_entities_.clear();

  keys.clear();
  for (const TermKey& term : wanted_terms_) {
    keys.push_back(term.Encode());
  }
  RETURN_IF_ERROR(
      LoadAll(Family::kTerm, keys,
              [this](std::size_t i, std::string_view key, std::string_view value) -> absl::Status {
                ASSIGN_OR_RETURN(TermRecord term, DecodeTerm(key, value));
                const auto& [ns, kind, id] = wanted_terms_[i];
                if (kind == TermKind::kPredicate) {
                  predicates_[TermId(id)] = std::move(term.bytes);
                } else if (kind == TermKind::kLiteral) {
                  ASSIGN_OR_RETURN(literals_[TermId(id)], ParseLiteral(key, term.bytes));
                } else {
                  ASSIGN_OR_RETURN(runs_[RunId(id)], ParseExtractor(key, term.bytes));
                }
                return absl::OkStatus();
              }));
  wanted_terms_.clear();
  return absl::OkStatus();
}

TripleView NameTable::View(TripleId id, const TripleRecord& record) const {
  const auto& [subject, predicate, object] = record.triple;
  TripleView view{id, entities_.at(subject), predicates_.at(predicate),
                  {}, record.documents,      record.stances};
  if (object.is_literal()) {
    view.object = literals_.at(object.literal());
  } else {
    view.object = entities_.at(object.entity());
  }
  return view;
}

}  // namespace dossier
