#include "server/ingest/difference.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

namespace dossier {
namespace {

// Subject, predicate, object: an entity's key or a literal.
using Stated = std::tuple<std::string, std::string, std::optional<std::string>, Literal>;

// What is said in a place, with keys and spans for the indices of mentions.
struct Said {
  std::string extractor;
  Span subject;
  Span object;
  std::vector<std::string> keys;  // of the qualifiers, then of the attributions; empty: none
  ExtractedTriple triple;         // without indices and rule

  friend bool operator==(const Said&, const Said&) = default;
};

struct Place {
  StatementPlace where;
  Said said;
};

struct Sides {
  std::vector<Place> before;
  std::vector<Place> after;
};

Stated StatedIn(const PreparedRun& run, const ExtractedTriple& triple) {
  const std::string& subject = run.mentions[triple.subject].entity_key;
  if (triple.object) {
    return {subject, triple.predicate, run.mentions[*triple.object].entity_key, Literal()};
  }
  return {subject, triple.predicate, std::nullopt, triple.literal};
}

Said SaidIn(const PreparedRun& run, const ExtractedTriple& triple) {
  const auto key = [&](std::optional<MentionIndex> mention) {
    return mention ? run.mentions[*mention].entity_key : std::string();
  };
  Said said{
      run.extractor.id, run.mentions[triple.subject].mention.span, triple.literal_span, {}, triple};
  if (triple.object) {
    said.object = run.mentions[*triple.object].mention.span;
  }
  said.triple.subject = 0;
  said.triple.object.reset();
  said.triple.rule.clear();
  for (ExtractedQualifier& qualifier : said.triple.qualifiers) {
    said.keys.push_back(key(std::exchange(qualifier.mention, std::nullopt)));
  }
  for (ExtractedAttribution& attribution : said.triple.attributions) {
    said.keys.push_back(key(std::exchange(attribution.mention, std::nullopt)));
  }
  return said;
}

void AddPlaces(const std::vector<PreparedRun>& runs, std::vector<Place> Sides::*side,
               std::map<Stated, Sides>* stated) {
  for (const PreparedRun& run : runs) {
    for (const ExtractedTriple& triple : run.triples) {
      ((*stated)[StatedIn(run, triple)].*side).push_back({{&run, &triple}, SaidIn(run, triple)});
    }
  }
}

// Takes out what both sides have, as often as both have it.
void Cancel(Sides* sides) {
  std::erase_if(sides->before, [&](const Place& place) {
    const auto same = std::find_if(sides->after.begin(), sides->after.end(),
                                   [&](const Place& other) { return other.said == place.said; });
    if (same == sides->after.end()) {
      return false;
    }
    sides->after.erase(same);
    return true;
  });
}

std::vector<StatementPlace> PlacesOf(const std::vector<Place>& places) {
  std::vector<StatementPlace> sorted;
  for (const Place& place : places) {
    sorted.push_back(place.where);
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const StatementPlace& a, const StatementPlace& b) {
                     return a.triple->sentence < b.triple->sentence;
                   });
  return sorted;
}

Span FirstSentence(const TripleDifference& difference) {
  if (difference.before.empty() || difference.after.empty()) {
    return (difference.before.empty() ? difference.after : difference.before)
        .front()
        .triple->sentence;
  }
  return std::min(difference.before.front().triple->sentence,
                  difference.after.front().triple->sentence);
}

}  // namespace

std::vector<TripleDifference> Compare(const std::vector<PreparedRun>& before,
                                      const std::vector<PreparedRun>& after) {
  std::map<Stated, Sides> stated;
  AddPlaces(before, &Sides::before, &stated);
  AddPlaces(after, &Sides::after, &stated);
  std::vector<TripleDifference> differences;
  for (auto& [triple, sides] : stated) {
    TripleDifference difference;
    difference.kind = sides.before.empty()  ? DifferenceKind::kAdded
                      : sides.after.empty() ? DifferenceKind::kRemoved
                                            : DifferenceKind::kChanged;
    Cancel(&sides);
    if (!sides.before.empty() || !sides.after.empty()) {
      difference.before = PlacesOf(sides.before);
      difference.after = PlacesOf(sides.after);
      differences.push_back(std::move(difference));
    }
  }
  std::stable_sort(differences.begin(), differences.end(),
                   [](const TripleDifference& a, const TripleDifference& b) {
                     return FirstSentence(a) < FirstSentence(b);
                   });
  return differences;
}

DifferenceCounts CountOf(const std::vector<TripleDifference>& differences) {
  DifferenceCounts counts;
  for (const TripleDifference& difference : differences) {
    counts.added += uint64_t{difference.kind == DifferenceKind::kAdded};
    counts.removed += uint64_t{difference.kind == DifferenceKind::kRemoved};
    counts.changed += uint64_t{difference.kind == DifferenceKind::kChanged};
  }
  return counts;
}

}  // namespace dossier
