#include "server/query/event_reader.h"

#include <algorithm>
#include <set>

#include "server/base/status_macros.h"
#include "server/model/name_form.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxNames = 20;    // of a party, that things of it may be called by
constexpr std::size_t kMaxPrefixes = 8;  // of a key, that may be the key of a party
constexpr std::size_t kMaxRead = 1000;   // keys that begin as those of a party's do
constexpr std::string_view kPerson = "PERSON";
constexpr std::string_view kPeople = "people";  // by whom a country or a body takes part

bool MayBeOne(const Event& a, const Event& b) {
  return a.name == b.name && a.party == b.party && a.kind == b.kind &&
         (a.agent == b.agent || !a.agent.valid() || !b.agent.valid());
}

}  // namespace

absl::StatusOr<std::optional<Entity>> EventReader::FindRecord(EntityId id) {
  RETURN_IF_ERROR(page_->Work(1));
  const std::string key = EntityKey{graph_.ns(), id}.Encode();
  ASSIGN_OR_RETURN(const auto value, graph_.snapshot()->Get(Family::kEntity, key));
  if (!value) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(Entity entity, DecodeEntity(key, *value));
  return entity;
}

absl::StatusOr<EntityId> EventReader::FindNamed(const std::string& key) {
  RETURN_IF_ERROR(page_->Work(1));
  ASSIGN_OR_RETURN(const std::string end, links_.Follow(key, "", ""));
  ASSIGN_OR_RETURN(const std::optional<EntityId> id, graph_.FindEntity(end));
  if (!id) {
    return EntityId();
  }
  ASSIGN_OR_RETURN(const std::optional<Entity> entity, FindRecord(*id));
  return entity && !entity->type().empty() ? *id : EntityId();
}

absl::StatusOr<EventReader::Owner> EventReader::FindOwner(const Entity& entity, EntityId id) {
  Owner owner;
  owner.named = !entity.type().empty();
  const std::string& key = entity.key;
  std::size_t space = key.starts_with(' ') ? std::string::npos : key.rfind(' ');
  for (std::size_t i = 0; i < kMaxPrefixes && space != std::string::npos; ++i) {
    // What has a name of its own is another's only as its army or the like: "New York Times".
    owner.rest = key.substr(space + 1);
    if (!owner.named || !rules_.events().KindOf(owner.rest).empty()) {
      ASSIGN_OR_RETURN(owner.party, FindNamed(key.substr(0, space)));
      if (owner.party.valid()) {
        return owner;
      }
    }
    space = space == 0 ? std::string::npos : key.rfind(' ', space - 1);
  }
  owner.rest.clear();
  owner.party = owner.named ? id : EntityId();
  return owner;
}

absl::StatusOr<const EventReader::Owner*> EventReader::OwnerOf(EntityId id) {
  const auto known = owners_.find(id);
  if (known != owners_.end()) {
    return &known->second;
  }
  ASSIGN_OR_RETURN(const std::optional<Entity> entity, FindRecord(id));
  Owner owner;
  if (entity) {
    ASSIGN_OR_RETURN(owner, FindOwner(*entity, id));
  }
  return &owners_.emplace(id, std::move(owner)).first->second;
}

absl::StatusOr<bool> EventReader::IsNamed(EntityId id) {
  ASSIGN_OR_RETURN(const Owner* owner, OwnerOf(id));
  return owner->named;
}

std::string EventReader::KindOf(std::string_view name) const {
  std::string kind = rules_.events().KindOf(name);
  if (kind.empty()) {
    for (const std::string& word : rules_.Words(name)) {
      kind += (kind.empty() ? "" : " ") + word;
    }
  }
  return kind;
}

absl::StatusOr<std::string> EventReader::KindOf(const Owner& owner) {
  if (!owner.rest.empty()) {
    return KindOf(owner.rest);
  }
  ASSIGN_OR_RETURN(const std::optional<Entity> party, FindRecord(owner.party));
  return std::string(party && party->type() != kPerson ? kPeople : "");
}

absl::StatusOr<std::optional<EventTold>> EventReader::ReadTriple(const NamedTriple& triple) {
  const Triple& ids = triple.record.triple;
  ASSIGN_OR_RETURN(const auto* predicate, matters_.PredicateOf(ids.predicate));
  const std::optional<EventRules::Telling> telling = rules_.events().Find(predicate->text);
  if (!telling) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(const Owner* subject, OwnerOf(ids.subject));
  const Owner* object = nullptr;
  if (!ids.object.is_literal()) {
    ASSIGN_OR_RETURN(object, OwnerOf(ids.object.entity()));
  }
  EventTold told;
  told.event.name = telling->event;
  if (telling->part == EventPart::kObject && object != nullptr && object->party.valid()) {
    told.event.party = object->party;
    told.event.agent = subject->party == object->party ? EntityId() : subject->party;
    ASSIGN_OR_RETURN(told.event.kind, KindOf(*object));
  } else if (!subject->party.valid()) {
    return std::nullopt;
  } else if (telling->part == EventPart::kObject) {
    told.event.party = subject->party;
    told.event.kind = KindOf(triple.object);  // "Talvia sent troops": its own
  } else {
    told.event.party = subject->party;
    ASSIGN_OR_RETURN(told.event.kind, KindOf(*subject));
    const bool at_place = telling->placed && object != nullptr && object->named;
    told.place = at_place ? ids.object.entity() : EntityId();
  }
  return told;
}

absl::StatusOr<const std::vector<EventReader::TellingPredicate>*> EventReader::PredicatesOf(
    std::string_view event) {
  const auto [known, is_new] = predicates_.try_emplace(event);
  if (is_new) {
    const std::vector<std::string> predicates = rules_.events().Predicates(event);
    std::vector<std::string> keys;
    for (const std::string& predicate : predicates) {
      keys.push_back(TermRevKey{graph_.ns(), TermKind::kPredicate, predicate}.Encode());
    }
    RETURN_IF_ERROR(page_->Work(keys.size()));
    ASSIGN_OR_RETURN(const auto values, graph_.snapshot()->MultiGet(Family::kTermRev, keys));
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (values[i]) {
        ASSIGN_OR_RETURN(const uint64_t id, DecodeNumber(Family::kTermRev, keys[i], *values[i]));
        known->second.push_back({TermId(id), rules_.events().Find(predicates[i])->part});
      }
    }
  }
  return &known->second;
}

absl::StatusOr<std::vector<EntityId>> EventReader::MembersOf(EntityId party,
                                                             const std::string& kind, bool* whole) {
  std::vector<EntityId> members = {party};
  ASSIGN_OR_RETURN(const std::optional<Entity> entity, FindRecord(party));
  if (!entity) {
    return members;
  }
  std::set<std::string> forms = {entity->key};
  for (std::size_t i = 0; i < std::min(kMaxNames, entity->names.size()); ++i) {
    forms.insert(NameForm(entity->names[i].text));
  }
  for (const std::string& form : forms) {
    const std::string begin = TermRevKey{graph_.ns(), TermKind::kEntity, form + " "}.Encode();
    const auto cursor = graph_.snapshot()->Scan(Family::kTermRev, begin, PrefixEnd(begin));
    for (std::size_t read = 0; cursor->Valid(); cursor->Next()) {
      if (++read > kMaxRead || members.size() > kMaxMembers) {
        *whole = false;
        break;
      }
      RETURN_IF_ERROR(page_->Work(1));
      if (KindOf(cursor->key().substr(begin.size())) != kind) {
        continue;
      }
      ASSIGN_OR_RETURN(const uint64_t number,
                       DecodeNumber(Family::kTermRev, cursor->key(), cursor->value()));
      ASSIGN_OR_RETURN(const Owner* owner, OwnerOf(EntityId(number)));
      if (owner->party == party) {
        members.push_back(EntityId(number));
      }
    }
    RETURN_IF_ERROR(cursor->status());
  }
  return members;
}

absl::Status EventReader::Append(const TriplePattern& pattern, std::vector<TripleId>* ids,
                                 bool* whole) {
  const std::size_t room = std::min(kMaxOfEach, kMaxTriples - ids->size());
  ASSIGN_OR_RETURN(const bool all, matters_.Append(pattern, room, ids));
  *whole = *whole && all;
  return absl::OkStatus();
}

absl::StatusOr<EventReader::Group> EventReader::ReadEvent(const Event& event) {
  Group group;
  ASSIGN_OR_RETURN(const std::vector<EntityId> members,
                   MembersOf(event.party, event.kind, &group.whole));
  std::vector<EntityId> agents;
  if (event.agent.valid()) {
    ASSIGN_OR_RETURN(agents, MembersOf(event.agent, std::string(kPeople), &group.whole));
  }
  ASSIGN_OR_RETURN(const auto* predicates, PredicatesOf(event.name));
  std::vector<TripleId> ids;
  for (const auto& [predicate, part] : *predicates) {
    for (const EntityId member : members) {
      RETURN_IF_ERROR(
          Append({.subject = member, .predicate = predicate, .object = {}}, &ids, &group.whole));
      if (part == EventPart::kObject && !event.agent.valid()) {
        RETURN_IF_ERROR(Append({.subject = {}, .predicate = predicate, .object = ObjectId(member)},
                               &ids, &group.whole));
      }
    }
    for (std::size_t i = 0; part == EventPart::kObject && i < agents.size(); ++i) {
      RETURN_IF_ERROR(
          Append({.subject = agents[i], .predicate = predicate, .object = {}}, &ids, &group.whole));
    }
  }
  ASSIGN_OR_RETURN(std::vector<NamedTriple> triples, matters_.Name(ids));
  for (NamedTriple& triple : triples) {
    ASSIGN_OR_RETURN(std::optional<EventTold> told, ReadTriple(triple));
    if (told && MayBeOne(told->event, event)) {
      group.triples.emplace_back(std::move(triple), *std::move(told));
    }
  }
  return group;
}

}  // namespace dossier
