// What a triple is about, and the other triples that are about the same: they are read together
// when conflicts are looked for.
#ifndef DOSSIER_SERVER_QUERY_MATTER_H_
#define DOSSIER_SERVER_QUERY_MATTER_H_

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/name_table.h"
#include "server/query/page_walk.h"
#include "server/query/predicate_rules.h"
#include "server/query/read_context.h"
#include "server/storage/records.h"

namespace dossier {

// A triple with what it is called.
struct NamedTriple {
  TripleId id;
  TripleRecord record;
  EntityView subject;
  std::string object;  // an entity's name, or a literal's value
};

// Reads triples that are about one matter. Borrows all that it is given; good for one page.
class MatterReader {
 public:
  MatterReader(const ReadContext& context, const PredicateRules& rules, PageWalk* page)
      : graph_(context.graph), context_(context), rules_(rules), page_(page) {}

  struct Predicate {
    std::string text;
    std::string normal;
    bool one_object = false;
    bool one_subject = false;
  };
  // What the rules say of a predicate; each is read once.
  absl::StatusOr<const Predicate*> PredicateOf(TermId id);
  // The ids of all predicates that say the same, ascending.
  absl::StatusOr<const std::vector<TermId>*> SpellingsOf(std::string_view predicate);

  struct Group {
    std::vector<NamedTriple> triples;  // ascending by id
    bool whole = true;                 // false: there are more
  };
  // Of `subject`, with any predicate that says the same as `predicate`; of each spelling at most
  // kMaxRows and, if there are more, the one with `object`.
  absl::StatusOr<Group> OfSubject(EntityId subject, std::string_view predicate, ObjectId object);
  // Of any subject, with one of `objects`; at most kMaxRows each.
  absl::StatusOr<Group> OfObjects(const std::vector<ObjectId>& objects, std::string_view predicate);

  // The entity that has `office`, and the entities and texts that name it in any spelling, by any
  // of its names; nullopt when no entity of a known type goes by that name.
  struct OfficeNames {
    EntityView of;
    std::vector<ObjectId> names;
  };
  absl::StatusOr<std::optional<OfficeNames>> NamesOf(const Office& office);

  static constexpr std::size_t kMaxRows = 1000;

  // Appends the triples that match, at most `max`. Whether these were all.
  absl::StatusOr<bool> Append(const TriplePattern& pattern, std::size_t max,
                              std::vector<TripleId>* ids);

  // Under their names, ascending by id, each once.
  absl::StatusOr<std::vector<NamedTriple>> Name(const std::vector<TripleId>& ids);

 private:
  // Appends the entities and the text that go by `name`.
  absl::Status AppendNamed(const std::string& name, std::vector<ObjectId>* objects);

  const GraphReader& graph_;
  const ReadContext& context_;
  const PredicateRules& rules_;
  PageWalk* page_;
  std::unordered_map<TermId, Predicate> predicates_;
  std::map<std::string, std::vector<TermId>> spellings_;  // by normal form
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_MATTER_H_
