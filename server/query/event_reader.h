// Which triples tell of one event of one party, in whatever words: what a denial is set against.
#ifndef DOSSIER_SERVER_QUERY_EVENT_READER_H_
#define DOSSIER_SERVER_QUERY_EVENT_READER_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/model/entity.h"
#include "server/query/matter.h"
#include "server/query/page_walk.h"
#include "server/query/predicate_rules.h"
#include "server/storage/entity_links.h"
#include "server/storage/graph_reader.h"

namespace dossier {

// What statements in different words may tell of.
struct Event {
  std::string_view name;  // EventRules has it
  EntityId party;         // who takes part, or whom those who take part belong to
  std::string kind;       // of what takes part: EventRules::KindOf() it, or its words
  EntityId agent;         // who else brings it about; none: nobody is named

  friend auto operator<=>(const Event&, const Event&) = default;
};

// What a triple tells of an event.
struct EventTold {
  Event event;
  EntityId place;  // where, if the predicate takes a place and it has a name
};

// Reads what the graph tells of events. Whose a thing is, its key says: "talvia troops" begins with
// the key of Talvia, which has a type. Borrows all that it is given; good for one page.
class EventReader {
 public:
  EventReader(const GraphReader& graph, const PredicateRules& rules, MatterReader* matters,
              PageWalk* page)
      : graph_(graph),
        rules_(rules),
        matters_(*matters),
        page_(page),
        links_(graph.snapshot(), graph.ns()) {}

  // nullopt: none that the rules know, or of nobody who has a name.
  absl::StatusOr<std::optional<EventTold>> ReadTriple(const NamedTriple& triple);

  struct Group {
    std::vector<std::pair<NamedTriple, EventTold>> triples;  // ascending by id
    bool whole = true;                                       // false: there are more
  };
  // Those that may tell of the event: by the same agent, or where either has none. Looks at what
  // the party and what belongs to it, at most kMaxMembers things, do and undergo by predicates of
  // the event: at most kMaxOfEach of each, kMaxTriples in all. A function of the event.
  absl::StatusOr<Group> ReadEvent(const Event& event);

  // Whether the entity is known by a name, and so by a type.
  absl::StatusOr<bool> IsNamed(EntityId id);

  static constexpr std::size_t kMaxMembers = 100;
  static constexpr std::size_t kMaxOfEach = 100;
  static constexpr std::size_t kMaxTriples = 1000;

 private:
  struct Owner {
    bool named = false;
    EntityId party;    // none: nobody with a name
    std::string rest;  // of the key, behind the party's; empty: the party itself
  };
  absl::StatusOr<const Owner*> OwnerOf(EntityId id);
  absl::StatusOr<Owner> FindOwner(const Entity& entity, EntityId id);
  // The entity with this key, wherever merges have led it, if it has a type.
  absl::StatusOr<EntityId> FindNamed(const std::string& key);
  absl::StatusOr<std::optional<Entity>> FindRecord(EntityId id);
  absl::StatusOr<std::string> KindOf(const Owner& owner);
  std::string KindOf(std::string_view name) const;

  // The party and what belongs to it of this kind.
  absl::StatusOr<std::vector<EntityId>> MembersOf(EntityId party, const std::string& kind,
                                                  bool* whole);

  absl::Status Append(const TriplePattern& pattern, std::vector<TripleId>* ids, bool* whole);

  struct TellingPredicate {
    TermId id;
    EventPart part;
  };
  absl::StatusOr<const std::vector<TellingPredicate>*> PredicatesOf(std::string_view event);

  const GraphReader& graph_;
  const PredicateRules& rules_;
  MatterReader& matters_;
  PageWalk* page_;
  EntityLinks links_;
  std::map<EntityId, Owner> owners_;
  std::map<std::string_view, std::vector<TellingPredicate>> predicates_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_EVENT_READER_H_
