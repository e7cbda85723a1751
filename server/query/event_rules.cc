#include "server/query/event_rules.h"

#include <algorithm>
#include <array>

#include "server/base/utf8.h"

namespace dossier {
namespace {

constexpr std::array<std::string_view, 12> kPlacePrepositions = {
    "across", "along", "around", "at",   "in", "inside",
    "into",   "near",  "on",     "onto", "to", "within"};

}  // namespace

std::string_view Singular(std::string_view word) {
  if (word.size() > 3 && word.ends_with('s') && !word.ends_with("ss")) {
    word.remove_suffix(1);
  }
  return word;
}

void EventRules::AddPredicates(EventPart part, const std::vector<std::string>& values) {
  for (std::size_t i = 1; i < values.size(); ++i) {
    predicates_.try_emplace(values[i], Entry{values.front(), part});
  }
}

void EventRules::AddKind(const std::vector<std::string>& values) {
  for (std::size_t i = 1; i < values.size(); ++i) {
    kinds_.try_emplace(std::string(Singular(values[i])), values.front());
  }
}

std::optional<EventRules::Telling> EventRules::Find(std::string_view predicate) const {
  if (const auto it = predicates_.find(predicate); it != predicates_.end()) {
    return Telling{it->second.event, it->second.part, false};
  }
  const std::size_t space = predicate.rfind(' ');
  if (space == std::string_view::npos ||
      std::find(kPlacePrepositions.begin(), kPlacePrepositions.end(),
                predicate.substr(space + 1)) == kPlacePrepositions.end()) {
    return std::nullopt;
  }
  const auto it = predicates_.find(predicate.substr(0, space));
  if (it == predicates_.end() || it->second.part != EventPart::kSubject) {
    return std::nullopt;
  }
  return Telling{it->second.event, EventPart::kSubject, true};
}

std::vector<std::string> EventRules::Predicates(std::string_view event) const {
  std::vector<std::string> predicates;
  for (const auto& [predicate, entry] : predicates_) {
    if (entry.event != event) {
      continue;
    }
    predicates.push_back(predicate);
    for (const std::string_view preposition : kPlacePrepositions) {
      const std::string placed = predicate + " " + std::string(preposition);
      if (entry.part == EventPart::kSubject && !predicates_.contains(placed)) {
        predicates.push_back(placed);
      }
    }
  }
  return predicates;
}

std::string EventRules::KindOf(std::string_view name) const {
  const std::string folded = FoldName(name);
  std::string_view noun = folded;
  noun = noun.substr(0, noun.find(" of "));
  noun = noun.substr(noun.rfind(' ') + 1);
  const auto it = kinds_.find(Singular(noun));
  return it == kinds_.end() ? std::string() : it->second;
}

}  // namespace dossier
