#include "server/ingest/difference.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "server/base/coding.h"
#include "server/ingest/statement.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

// Subject, predicate, object: an entity's key or a literal.
using Stated = std::tuple<std::string, std::string, std::optional<std::string>, Literal>;

struct Place {
  StatementPlace where;
  std::string said;
};

struct Sides {
  std::vector<Place> before;
  std::vector<Place> after;
};

std::string_view KeyOf(const PreparedRun& run, std::optional<MentionIndex> mention) {
  return mention ? std::string_view(run.mentions[*mention].entity_key) : std::string_view();
}

Stated StatedIn(const PreparedRun& run, const ExtractedTriple& triple) {
  const std::string& subject = run.mentions[triple.subject].entity_key;
  if (triple.object) {
    return {subject, triple.predicate, run.mentions[*triple.object].entity_key, Literal()};
  }
  return {subject, triple.predicate, std::nullopt, triple.literal};
}

// What is said in a place as bytes, with keys for the indices of mentions.
std::string SaidIn(const PreparedRun& run, const ExtractedTriple& triple,
                   const std::vector<MentionPlace>& mentions) {
  std::string said;
  PutString(&said, run.extractor.id);
  Evidence evidence = ToEvidence(triple, mentions);
  for (std::size_t i = 0; i < triple.qualifiers.size(); ++i) {
    PutString(&said, KeyOf(run, triple.qualifiers[i].mention));
    evidence.qualifiers[i].mention = 0;
  }
  for (std::size_t i = 0; i < triple.attributions.size(); ++i) {
    PutString(&said, KeyOf(run, triple.attributions[i].mention));
    evidence.attributions[i].mention = 0;
  }
  evidence.subject_mention = 0;
  if (evidence.object_mention) {
    evidence.object_mention = 0;
  }
  evidence.rule.clear();
  return said + EncodeEvidence(evidence);
}

void AddPlaces(const std::vector<PreparedRun>& runs, std::vector<Place> Sides::*side,
               std::map<Stated, Sides>* stated) {
  for (const PreparedRun& run : runs) {
    const std::vector<MentionPlace> mentions = PlacesOf(run);
    for (const ExtractedTriple& triple : run.triples) {
      ((*stated)[StatedIn(run, triple)].*side)
          .push_back({{&run, &triple}, SaidIn(run, triple, mentions)});
    }
  }
}

// Takes out what both sides have, as often as both have it.
void Cancel(Sides* sides) {
  std::map<std::string_view, std::size_t> after;
  for (const Place& place : sides->after) {
    ++after[place.said];
  }
  std::map<std::string, std::size_t> common;
  for (const Place& place : sides->before) {
    if (const auto it = after.find(place.said); it != after.end() && it->second > 0) {
      --it->second;
      ++common[place.said];
    }
  }
  for (std::vector<Place>* side : {&sides->before, &sides->after}) {
    std::map<std::string, std::size_t> left = common;
    std::erase_if(*side, [&](const Place& place) {
      const auto it = left.find(place.said);
      if (it == left.end() || it->second == 0) {
        return false;
      }
      --it->second;
      return true;
    });
  }
}

std::vector<StatementPlace> InTextOrder(const std::vector<Place>& places) {
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
      difference.before = InTextOrder(sides.before);
      difference.after = InTextOrder(sides.after);
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
