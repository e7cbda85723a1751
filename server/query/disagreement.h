// Which of several statements about one matter cannot all hold. Plain functions of the statements:
// what is one matter is decided by who calls them (see claims.h).
#ifndef DOSSIER_SERVER_QUERY_DISAGREEMENT_H_
#define DOSSIER_SERVER_QUERY_DISAGREEMENT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "server/model/evidence.h"
#include "server/model/ids.h"
#include "server/model/quantity.h"
#include "server/model/time_interval.h"

namespace dossier {

// The numbers are those of the protocol.
enum class ConflictKind : uint8_t {
  kPolarity = 1,   // it is so; it is not
  kDenial = 2,     // it is so; somebody denies it
  kQuantity = 3,   // so many; another number of the same at the same time and place
  kExclusive = 4,  // two objects, or two subjects, where there is one at a time
  kSeries = 5,     // so many; another number at another time. No conflict
};

struct Claim {
  DocumentNumber document;
  EntityId source;  // who says so; none: the document itself
  const Evidence* evidence = nullptr;
  std::string published;  // of the document; empty: unknown
  std::string thing;      // what the quantity counts; empty: anything
  uint64_t answer = 0;    // which object, or subject, where there is one at a time
};

// What a claim tells of an event, beyond what its evidence says.
struct EventClaim {
  std::vector<EntityId> places;  // where, by name
  std::string matter;            // FindContradictions() has compared those of one
  bool for_only = false;         // it counts for the event, not against it
};

struct Disagreement {
  ConflictKind kind = ConflictKind::kPolarity;
  // Indices of the claims; ascending. Positive before negative and denied; figures ascending, those
  // of a series by time; answers by their first claim.
  std::vector<std::vector<std::size_t>> sides;

  friend bool operator==(const Disagreement&, const Disagreement&) = default;
};

// When what a claim says is taken to be so: as it says itself; or else the day it was published,
// and for plans from then on.
TimeInterval TimeOf(const Claim& claim);

// Whether one number fits what both say. About is within a tenth.
bool Compatible(const Quantity& a, const Quantity& b);

// The claims that hold it to be so, against those that say it is not (kPolarity) or deny it
// (kDenial). Claims that give different times do not contradict each other; those that give none
// meet every other.
std::vector<Disagreement> FindContradictions(std::span<const Claim> claims);

// Likewise of claims, with an event for each, that tell of one event in different words. Weaker
// ties ask for more agreement: neither other agents nor other places may be named, and what has no
// time happened, or did not, in the kAffairDays before it was published. A report about a time that
// only a name tells ("during the Orsenian War") is left out.
inline constexpr int kAffairDays = 31;
std::vector<Disagreement> FindEventContradictions(std::span<const Claim> claims,
                                                  std::span<const EventClaim> events);

// Figures for the same thing that are not Compatible(), with the same unit, at overlapping times
// and not at different places: facts against facts and plans against plans. What figures differ
// by date only is a series. Takes O(n^2) for n figures.
std::vector<Disagreement> FindFigures(std::span<const Claim> claims);

// Different answers at overlapping times, where one is allowed.
std::vector<Disagreement> FindExclusive(std::span<const Claim> claims);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_DISAGREEMENT_H_
