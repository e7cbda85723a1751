#ifndef DOSSIER_SERVER_QUERY_CONFLICT_FINDER_H_
#define DOSSIER_SERVER_QUERY_CONFLICT_FINDER_H_

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/disagreement.h"
#include "server/query/event_reader.h"
#include "server/query/evidence_walk.h"
#include "server/query/list_conflicts.h"
#include "server/query/matter.h"

namespace dossier {

// A disagreement with the evidence that it is made of.
struct FoundConflict {
  ConflictKind kind = ConflictKind::kPolarity;
  EntityView entity;
  std::string predicate;
  std::string object;
  bool complete = true;
  struct Side {
    std::string answer;
    std::vector<EvidenceWalk::Row> rows;  // in the order of `evidence`
  };
  std::vector<Side> sides;
  TripleId first;  // of those that it may be found at, the lowest
};

// Finds the conflicts that a triple is part of. Borrows all that it is given; good for one page.
class ConflictFinder {
 public:
  // `walked`: whether the page's walk comes by a triple, so that a conflict is found at one.
  ConflictFinder(const ReadContext& context, const PredicateRules& rules,
                 const ConflictQuery& query, std::function<bool(const Triple&)> walked,
                 PageWalk* page)
      : graph_(context.graph),
        rules_(rules),
        query_(query),
        walked_(std::move(walked)),
        page_(page),
        matters_(context, rules, page),
        events_(context.graph, rules, &matters_, page) {}

  // Whether the predicate is one that is asked for.
  absl::StatusOr<bool> Wanted(const Triple& triple);

  // The conflicts whose `first` is the triple.
  absl::StatusOr<std::vector<FoundConflict>> FindAt(TripleId id, const TripleRecord& record);

 private:
  struct Claims {
    std::vector<const NamedTriple*> triples;  // one for each claim
    std::vector<EvidenceWalk::Row> rows;
    std::vector<Claim> claims;  // point into rows
    bool complete = true;
  };

  bool Asked(ConflictKind kind) const;
  bool MayBeFoundAt(ConflictKind kind, const TripleRecord& record) const;

  // All conflicts of a matter, whatever triple they are found at.
  absl::StatusOr<std::vector<FoundConflict>> OfSubject(const TripleRecord& record);
  absl::StatusOr<std::vector<FoundConflict>> OfObject(const TripleRecord& record);
  absl::StatusOr<std::vector<FoundConflict>> OfOffice(const TripleRecord& record);
  absl::StatusOr<std::vector<FoundConflict>> OfEvent(TripleId id);
  // The office that an object tells.
  absl::StatusOr<std::optional<Office>> OfficeIn(ObjectId object);

  absl::StatusOr<Claims> ReadClaims(const std::vector<const NamedTriple*>& triples,
                                    const std::function<bool(const Evidence&)>& counts);
  absl::StatusOr<const std::string*> PublishedOf(DocumentNumber document);
  absl::StatusOr<EventClaim> EventClaimOf(const NamedTriple& triple, const EventTold& told,
                                          const Evidence& evidence);
  absl::Status Keep(const Claims& claims, std::vector<Disagreement> disagreements,
                    const FoundConflict& about, std::vector<FoundConflict>* found);

  absl::Status AddContradictions(const MatterReader::Group& group, const FoundConflict& about,
                                 std::vector<FoundConflict>* found);
  absl::Status AddEventContradictions(const Event& event, const EventReader::Group& group,
                                      const FoundConflict& about,
                                      std::vector<FoundConflict>* found);
  absl::Status AddFigures(const MatterReader::Group& group, const FoundConflict& about,
                          std::vector<FoundConflict>* found);
  absl::Status AddExclusive(const MatterReader::Group& group, bool by_object,
                            const FoundConflict& about, std::vector<FoundConflict>* found);

  const GraphReader& graph_;
  const PredicateRules& rules_;
  const ConflictQuery& query_;
  const std::function<bool(const Triple&)> walked_;
  PageWalk* page_;
  MatterReader matters_;
  EventReader events_;
  std::map<DocumentNumber, std::string> published_;
  std::map<Event, std::vector<FoundConflict>> of_events_;
  // The matter looked at last: its triples mostly come one after the other.
  std::tuple<EntityId, std::string> last_subject_;
  std::vector<FoundConflict> last_found_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_CONFLICT_FINDER_H_
