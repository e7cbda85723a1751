#include "server/query/disagreement.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "absl/time/civil_time.h"

namespace dossier {
namespace {

constexpr double kAbout = 0.1;  // how far from "about 1,000" a number may be, of it

bool IsFact(const Evidence& evidence) {
  return evidence.modality == Modality::kAsserted || evidence.modality == Modality::kReported;
}
bool IsPlan(const Evidence& evidence) { return evidence.modality == Modality::kPlanned; }
bool IsPositive(const Evidence& evidence) { return evidence.polarity == Polarity::kPositive; }

// One speaker in one document does not contradict himself: he says two things.
bool DifferentVoices(const Claim& a, const Claim& b) {
  return a.document != b.document || a.source != b.source;
}

// The least and the greatest number that it allows.
std::pair<double, double> Range(const Quantity& quantity) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  switch (quantity.bound) {
    case Bound::kAtLeast:
      return {quantity.value, kInfinity};
    case Bound::kAtMost:
      return {-kInfinity, quantity.high};
    case Bound::kAbout:
      return {quantity.value - kAbout * std::abs(quantity.value),
              quantity.high + kAbout * std::abs(quantity.high)};
    default:
      return {quantity.value, quantity.high};
  }
}

// Whether both name entities in the same role and none of them is shared: another place.
bool PlacesDiffer(const Evidence& a, const Evidence& b) {
  for (const Role role : {Role::kPlace, Role::kTo, Role::kFrom}) {
    std::set<EntityId> of_a;
    for (const Qualifier& part : a.qualifiers) {
      if (part.role == role && part.entity.valid()) {
        of_a.insert(part.entity);
      }
    }
    bool any_of_b = false;
    bool shared = false;
    for (const Qualifier& part : b.qualifiers) {
      if (part.role == role && part.entity.valid()) {
        any_of_b = true;
        shared = shared || of_a.contains(part.entity);
      }
    }
    if (!of_a.empty() && any_of_b && !shared) {
      return true;
    }
  }
  return false;
}

// The parts of a set of n that `joined` holds together; those of one element are left out.
std::vector<std::vector<std::size_t>> Components(
    std::size_t n, const std::function<bool(std::size_t, std::size_t)>& joined) {
  std::vector<std::size_t> part(n);
  std::iota(part.begin(), part.end(), 0);
  for (std::size_t a = 0; a < n; ++a) {
    for (std::size_t b = a + 1; b < n; ++b) {
      if (part[a] != part[b] && joined(a, b)) {
        const auto [kept, gone] = std::minmax(part[a], part[b]);
        std::replace(part.begin(), part.end(), std::size_t{gone}, std::size_t{kept});
      }
    }
  }
  std::map<std::size_t, std::vector<std::size_t>> parts;
  for (std::size_t i = 0; i < n; ++i) {
    parts[part[i]].push_back(i);
  }
  std::vector<std::vector<std::size_t>> components;
  for (auto& [first, members] : parts) {
    if (members.size() > 1) {
      components.push_back(std::move(members));
    }
  }
  return components;
}

// A claim that gives a number.
struct Figure {
  std::size_t claim;
  const Claim* said;
  TimeInterval time;

  const Evidence& evidence() const { return *said->evidence; }
  const Quantity& quantity() const { return *said->evidence->quantity; }
};

auto NumberOf(const Figure& figure) {
  const Quantity& quantity = figure.quantity();
  return std::tuple(quantity.value, quantity.high, quantity.bound);
}

std::vector<Figure> CollectFigures(std::span<const Claim> claims) {
  std::vector<Figure> figures;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Evidence& evidence = *claims[i].evidence;
    if (evidence.quantity && IsPositive(evidence) && (IsFact(evidence) || IsPlan(evidence))) {
      figures.push_back({i, &claims[i], TimeOf(claims[i])});
    }
  }
  return figures;
}

bool SameOrUnknown(const std::string& a, const std::string& b) {
  return a == b || a.empty() || b.empty();
}

// A share is always told as one, so that a bare number is none.
bool SameUnit(const std::string& a, const std::string& b) {
  constexpr std::string_view kShare = "percent";
  return SameOrUnknown(a, b) && (a == kShare) == (b == kShare);
}

// Whether two figures for the same thing at the same place exclude each other, times aside.
bool Differ(const Figure& a, const Figure& b) {
  return !Compatible(a.quantity(), b.quantity()) && IsPlan(a.evidence()) == IsPlan(b.evidence()) &&
         SameUnit(a.quantity().unit, b.quantity().unit) &&
         SameOrUnknown(a.said->thing, b.said->thing) && DifferentVoices(*a.said, *b.said) &&
         !PlacesDiffer(a.evidence(), b.evidence());
}

// A side for each different key, in the order of keys.
template <class Key>
Disagreement SidesBy(Key key, ConflictKind kind, const std::vector<Figure>& figures,
                     const std::vector<std::size_t>& members) {
  std::map<decltype(key(figures.front())), std::vector<std::size_t>> sides;
  for (const std::size_t i : members) {
    sides[key(figures[i])].push_back(figures[i].claim);
  }
  Disagreement found{kind, {}};
  for (auto& [number, side] : sides) {
    found.sides.push_back(std::move(side));
  }
  return found;
}

// `so` against `not so`, of each kind, where `meet(so, not so)`.
template <class Meet>
std::vector<Disagreement> Contradictions(std::span<const Claim> claims, Meet meet) {
  std::vector<Disagreement> found;
  for (const ConflictKind kind : {ConflictKind::kPolarity, ConflictKind::kDenial}) {
    std::set<std::size_t> so;
    std::set<std::size_t> not_so;
    for (std::size_t b = 0; b < claims.size(); ++b) {
      const Evidence& against = *claims[b].evidence;
      const bool counts = kind == ConflictKind::kDenial
                              ? against.modality == Modality::kDenied && IsPositive(against)
                              : IsFact(against) && !IsPositive(against);
      for (std::size_t a = 0; counts && a < claims.size(); ++a) {
        const Evidence& holds = *claims[a].evidence;
        if (IsFact(holds) && IsPositive(holds) && DifferentVoices(claims[a], claims[b]) &&
            meet(a, b)) {
          so.insert(a);
          not_so.insert(b);
        }
      }
    }
    if (!so.empty()) {
      found.push_back({kind, {{so.begin(), so.end()}, {not_so.begin(), not_so.end()}}});
    }
  }
  return found;
}

bool ShareOrUnknown(const std::vector<EntityId>& a, const std::vector<EntityId>& b) {
  return a.empty() || b.empty() || std::any_of(a.begin(), a.end(), [&](EntityId place) {
           return std::find(b.begin(), b.end(), place) != b.end();
         });
}

// "during the Orsenian War"
bool IsOfUnreadTime(const Evidence& evidence) {
  return !evidence.time && std::any_of(evidence.qualifiers.begin(), evidence.qualifiers.end(),
                                       [](const Qualifier& part) {
                                         return part.role == Role::kTime && part.entity.valid();
                                       });
}

std::string DaysBefore(const std::string& published, int days) {
  absl::CivilDay day;
  return absl::ParseCivilTime(published.substr(0, std::string_view("2024-10-08").size()), &day)
             ? absl::FormatCivilTime(day - days)
             : std::string();
}

TimeInterval AffairOf(const Claim& claim) {
  if (claim.evidence->time) {
    return *claim.evidence->time;
  }
  return {DaysBefore(claim.published, kAffairDays), claim.published};
}

}  // namespace

TimeInterval TimeOf(const Claim& claim) {
  if (claim.evidence->time) {
    return *claim.evidence->time;
  }
  return {claim.published, IsPlan(*claim.evidence) ? "" : claim.published};
}

bool Compatible(const Quantity& a, const Quantity& b) {
  const auto [least_a, most_a] = Range(a);
  const auto [least_b, most_b] = Range(b);
  return least_a <= most_b && least_b <= most_a;
}

std::vector<Disagreement> FindContradictions(std::span<const Claim> claims) {
  return Contradictions(claims, [&](std::size_t holds, std::size_t against) {
    const auto& a = claims[holds].evidence->time;
    const auto& b = claims[against].evidence->time;
    return !a || !b || Overlaps(*a, *b);
  });
}

std::vector<Disagreement> FindEventContradictions(std::span<const Claim> claims,
                                                  std::span<const EventClaim> events) {
  return Contradictions(claims, [&](std::size_t holds, std::size_t against) {
    const EventClaim& a = events[holds];
    const EventClaim& b = events[against];
    return a.matter != b.matter && !b.for_only && ShareOrUnknown(a.places, b.places) &&
           !IsOfUnreadTime(*claims[holds].evidence) &&
           Overlaps(AffairOf(claims[holds]), AffairOf(claims[against]));
  });
}

std::vector<Disagreement> FindFigures(std::span<const Claim> claims) {
  const std::vector<Figure> figures = CollectFigures(claims);
  std::vector<Disagreement> found;
  std::set<std::size_t> in_conflict;
  const auto conflicts = Components(figures.size(), [&](std::size_t a, std::size_t b) {
    return Differ(figures[a], figures[b]) && Overlaps(figures[a].time, figures[b].time);
  });
  for (const auto& members : conflicts) {
    in_conflict.insert(members.begin(), members.end());
    found.push_back(SidesBy(NumberOf, ConflictKind::kQuantity, figures, members));
  }
  const auto series = Components(figures.size(), [&](std::size_t a, std::size_t b) {
    return !in_conflict.contains(a) && !in_conflict.contains(b) && Differ(figures[a], figures[b]);
  });
  const auto by_time = [](const Figure& figure) {
    return std::tuple(figure.time.from, figure.time.to, NumberOf(figure));
  };
  for (const auto& members : series) {
    found.push_back(SidesBy(by_time, ConflictKind::kSeries, figures, members));
  }
  return found;
}

std::vector<Disagreement> FindExclusive(std::span<const Claim> claims) {
  std::vector<std::size_t> facts;
  for (std::size_t i = 0; i < claims.size(); ++i) {
    if (IsFact(*claims[i].evidence) && IsPositive(*claims[i].evidence)) {
      facts.push_back(i);
    }
  }
  std::vector<Disagreement> found;
  const auto conflicts = Components(facts.size(), [&](std::size_t a, std::size_t b) {
    return claims[facts[a]].answer != claims[facts[b]].answer &&
           Overlaps(TimeOf(claims[facts[a]]), TimeOf(claims[facts[b]]));
  });
  for (const auto& members : conflicts) {
    std::vector<uint64_t> answers;
    Disagreement disagreement{ConflictKind::kExclusive, {}};
    for (const std::size_t member : members) {
      const std::size_t i = facts[member];
      const auto known = std::find(answers.begin(), answers.end(), claims[i].answer);
      const auto side = static_cast<std::size_t>(known - answers.begin());
      if (known == answers.end()) {
        answers.push_back(claims[i].answer);
        disagreement.sides.emplace_back();
      }
      disagreement.sides[side].push_back(i);
    }
    found.push_back(std::move(disagreement));
  }
  return found;
}

}  // namespace dossier
