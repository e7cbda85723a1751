#include "server/query/conflict_finder.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxRowsRead = 10'000;  // of evidence, for one matter

bool IsAgainst(const Evidence& evidence) {
  return evidence.polarity == Polarity::kNegative || evidence.modality == Modality::kDenied;
}

bool IsFact(const Evidence& evidence) {
  return evidence.modality == Modality::kAsserted || evidence.modality == Modality::kReported;
}

uint64_t Facts(const StanceCounts& stances, Polarity polarity) {
  return stances.at(polarity, Modality::kAsserted) + stances.at(polarity, Modality::kReported);
}

std::string Joined(const std::set<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

// What is called the same, but for number and synonyms, is the same.
std::string MatterWords(const PredicateRules& rules, const std::string& object) {
  const std::string words = Joined(rules.Words(object));
  return words.empty() ? object : words;
}

bool Includes(const std::set<std::string>& all, const std::set<std::string>& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

std::vector<const NamedTriple*> Pointers(const std::vector<NamedTriple>& triples) {
  std::vector<const NamedTriple*> pointers;
  for (const NamedTriple& triple : triples) {
    pointers.push_back(&triple);
  }
  return pointers;
}

// What a figure of `subject` counts: the object, or the unit where the object is but a number.
std::string ThingCounted(const PredicateRules& rules, const Entity& subject,
                         const std::string& object, const std::string& unit) {
  const std::set<std::string> words = rules.Words(object);
  if (words.empty()) {
    return Joined(rules.Words(unit));
  }
  // "North Korea sent North Korean troops": whose they are goes without saying.
  std::set<std::string> own;
  for (const Vote& name : subject.names) {
    own.merge(rules.Words(name.text));
  }
  std::set<std::string> rest;
  std::set_difference(words.begin(), words.end(), own.begin(), own.end(),
                      std::inserter(rest, rest.end()));
  return Joined(rest.empty() ? words : rest);
}

}  // namespace

bool ConflictFinder::Asked(ConflictKind kind) const {
  return query_.kinds.empty() ? kind != ConflictKind::kSeries : query_.kinds.contains(kind);
}

absl::StatusOr<bool> ConflictFinder::Wanted(const Triple& triple) {
  if (query_.predicate.empty()) {
    return true;
  }
  ASSIGN_OR_RETURN(const auto* spellings, matters_.SpellingsOf(query_.predicate));
  return std::binary_search(spellings->begin(), spellings->end(), triple.predicate);
}

bool ConflictFinder::MayBeFoundAt(ConflictKind kind, const TripleRecord& record) const {
  const StanceCounts& stances = record.stances;
  switch (kind) {
    case ConflictKind::kPolarity:
      return Facts(stances, Polarity::kNegative) > 0;
    case ConflictKind::kDenial:
      return stances.at(Polarity::kPositive, Modality::kDenied) > 0;
    case ConflictKind::kExclusive:
      return Facts(stances, Polarity::kPositive) > 0;
    default:
      return record.figures > 0;
  }
}

absl::StatusOr<std::vector<FoundConflict>> ConflictFinder::FindAt(TripleId id,
                                                                  const TripleRecord& record) {
  std::vector<FoundConflict> at_it;
  const auto add = [&](const std::vector<FoundConflict>& found) {
    std::copy_if(found.begin(), found.end(), std::back_inserter(at_it),
                 [id](const FoundConflict& conflict) { return conflict.first == id; });
  };
  ASSIGN_OR_RETURN(const auto* predicate, matters_.PredicateOf(record.triple.predicate));
  const bool exclusive = Asked(ConflictKind::kExclusive);
  const bool contested = IsSpokenAgainst(record);
  const bool counted =
      record.figures > 0 && (Asked(ConflictKind::kQuantity) || Asked(ConflictKind::kSeries));
  if (contested || counted || (exclusive && predicate->one_object)) {
    ASSIGN_OR_RETURN(const auto found, OfSubject(record));
    add(found);
  }
  if (contested && rules_.events().Find(predicate->text)) {
    ASSIGN_OR_RETURN(const auto found, OfEvent(id));
    add(found);
  }
  if (exclusive && predicate->one_subject) {
    ASSIGN_OR_RETURN(const auto found, OfObject(record));
    add(found);
  }
  if (exclusive && predicate->normal == kOfficePredicate) {
    ASSIGN_OR_RETURN(const auto found, OfOffice(record));
    add(found);
  }
  return at_it;
}

absl::StatusOr<std::vector<FoundConflict>> ConflictFinder::OfSubject(const TripleRecord& record) {
  ASSIGN_OR_RETURN(const auto* predicate, matters_.PredicateOf(record.triple.predicate));
  const std::tuple matter(record.triple.subject, predicate->normal);
  if (matter == last_subject_) {
    return last_found_;
  }
  ASSIGN_OR_RETURN(
      const MatterReader::Group group,
      matters_.OfSubject(record.triple.subject, predicate->text, record.triple.object));
  if (group.triples.empty()) {
    return std::vector<FoundConflict>();
  }
  FoundConflict about;
  about.entity = group.triples.front().subject;
  about.predicate = predicate->normal;
  about.complete = group.whole;
  std::vector<FoundConflict> found;
  RETURN_IF_ERROR(AddContradictions(group, about, &found));
  RETURN_IF_ERROR(AddFigures(group, about, &found));
  if (predicate->one_object) {
    RETURN_IF_ERROR(AddExclusive(group, /*by_object=*/true, about, &found));
  }
  if (group.whole) {
    last_subject_ = matter;
    last_found_ = found;
  }
  return found;
}

absl::StatusOr<std::vector<FoundConflict>> ConflictFinder::OfObject(const TripleRecord& record) {
  ASSIGN_OR_RETURN(const auto* predicate, matters_.PredicateOf(record.triple.predicate));
  ASSIGN_OR_RETURN(const MatterReader::Group group,
                   matters_.OfObjects({record.triple.object}, predicate->text));
  std::vector<FoundConflict> found;
  FoundConflict about;
  about.predicate = predicate->normal;
  about.complete = group.whole;
  if (!record.triple.object.is_literal() && !group.triples.empty()) {
    about.entity = {record.triple.object.entity(), group.triples.front().object, ""};
  }
  RETURN_IF_ERROR(AddExclusive(group, /*by_object=*/false, about, &found));
  return found;
}

absl::StatusOr<std::optional<Office>> ConflictFinder::OfficeIn(ObjectId object) {
  RETURN_IF_ERROR(page_->Work(1));
  if (object.is_literal()) {
    ASSIGN_OR_RETURN(const Literal literal, graph_.GetLiteral(object.literal()));
    return rules_.FindOffice(literal.value);
  }
  ASSIGN_OR_RETURN(const Entity entity, graph_.GetEntity(object.entity()));
  std::optional<Office> office = rules_.FindOffice(entity.preferred_name());
  for (std::size_t i = 0; !office && i < entity.names.size(); ++i) {
    office = rules_.FindOffice(entity.names[i].text);
  }
  return office;
}

absl::StatusOr<std::vector<FoundConflict>> ConflictFinder::OfOffice(const TripleRecord& record) {
  std::vector<FoundConflict> found;
  ASSIGN_OR_RETURN(const std::optional<Office> office, OfficeIn(record.triple.object));
  if (!office) {
    return found;
  }
  ASSIGN_OR_RETURN(const auto named, matters_.NamesOf(*office));
  if (!named) {
    return found;
  }
  ASSIGN_OR_RETURN(const MatterReader::Group group,
                   matters_.OfObjects(named->names, kOfficePredicate));
  FoundConflict about;
  about.entity = named->of;
  about.predicate = rules_.Title(*office);
  about.complete = group.whole;
  RETURN_IF_ERROR(AddExclusive(group, /*by_object=*/false, about, &found));
  return found;
}

absl::StatusOr<std::vector<FoundConflict>> ConflictFinder::OfEvent(TripleId id) {
  ASSIGN_OR_RETURN(const std::vector<NamedTriple> triple, matters_.Name({id}));
  ASSIGN_OR_RETURN(const auto told, events_.ReadTriple(triple.front()));
  if (!told) {
    return std::vector<FoundConflict>();
  }
  const auto [known, is_new] = of_events_.try_emplace(told->event);
  if (!is_new) {
    return known->second;
  }
  const Event& event = known->first;
  ASSIGN_OR_RETURN(const EventReader::Group group, events_.ReadEvent(event));
  ASSIGN_OR_RETURN(const Entity party, graph_.GetEntity(event.party));
  FoundConflict about;
  about.entity = {event.party, std::string(party.preferred_name()), std::string(party.type())};
  about.predicate = fmt::format("event: {}", event.name);
  about.object = event.kind;
  about.complete = group.whole;
  RETURN_IF_ERROR(AddEventContradictions(event, group, about, &known->second));
  return known->second;
}

absl::StatusOr<const std::string*> ConflictFinder::PublishedOf(DocumentNumber document) {
  const auto [known, is_new] = published_.try_emplace(document);
  if (is_new) {
    RETURN_IF_ERROR(page_->Work(1));
    ASSIGN_OR_RETURN(DocumentRecord record, graph_.GetDocument(document));
    known->second = std::move(record.document.published);
  }
  return &known->second;
}

absl::StatusOr<ConflictFinder::Claims> ConflictFinder::ReadClaims(
    const std::vector<const NamedTriple*>& triples,
    const std::function<bool(const Evidence&)>& counts) {
  Claims read;
  std::size_t rows_read = 0;
  std::size_t kept[2] = {0, 0};  // for and against: neither may keep the other out
  for (const NamedTriple* triple : triples) {
    auto rows = graph_.EvidenceOf(triple->id);
    for (; rows.Valid(); rows.Next()) {
      RETURN_IF_ERROR(page_->Work(1));
      if (++rows_read > kMaxRowsRead) {
        read.complete = false;
        break;
      }
      const Evidence& evidence = rows->evidence;
      if (evidence.confidence < query_.min_confidence || !counts(evidence)) {
        continue;
      }
      ASSIGN_OR_RETURN(const std::string* published, PublishedOf(rows->key.document));
      Claim claim{rows->key.document, SourceOf(evidence), &evidence, *published, "", 0};
      if (query_.time && !Overlaps(TimeOf(claim), *query_.time)) {
        continue;
      }
      if (kept[IsAgainst(evidence)] == kMaxClaims) {
        read.complete = false;
        continue;
      }
      ++kept[IsAgainst(evidence)];
      read.triples.push_back(triple);
      read.claims.push_back(std::move(claim));
      read.rows.push_back({std::string(rows.key()), rows->key, evidence});
    }
    if (!rows.Valid()) {
      RETURN_IF_ERROR(rows.status());
    }
  }
  for (std::size_t i = 0; i < read.rows.size(); ++i) {
    read.claims[i].evidence = &read.rows[i].evidence;
  }
  return read;
}

absl::Status ConflictFinder::Keep(const Claims& claims, std::vector<Disagreement> disagreements,
                                  const FoundConflict& about, std::vector<FoundConflict>* found) {
  for (const Disagreement& disagreement : disagreements) {
    if (!Asked(disagreement.kind)) {
      continue;
    }
    FoundConflict conflict = about;
    conflict.kind = disagreement.kind;
    conflict.complete = about.complete && claims.complete;
    for (const std::vector<std::size_t>& indices : disagreement.sides) {
      FoundConflict::Side& side = conflict.sides.emplace_back();
      for (const std::size_t i : indices) {
        const NamedTriple& triple = *claims.triples[i];
        ASSIGN_OR_RETURN(const bool wanted, Wanted(triple.record.triple));
        if (wanted && walked_(triple.record.triple) && MayBeFoundAt(conflict.kind, triple.record) &&
            (!conflict.first.valid() || triple.id < conflict.first)) {
          conflict.first = triple.id;
        }
        side.rows.push_back(claims.rows[i]);
      }
    }
    found->push_back(std::move(conflict));
  }
  return absl::OkStatus();
}

absl::Status ConflictFinder::AddContradictions(const MatterReader::Group& group,
                                               const FoundConflict& about,
                                               std::vector<FoundConflict>* found) {
  std::map<std::string, std::vector<const NamedTriple*>> by_object;
  for (const NamedTriple& triple : group.triples) {
    by_object[MatterWords(rules_, triple.object)].push_back(&triple);
  }
  for (const auto& [object, triples] : by_object) {
    const bool contested = std::any_of(triples.begin(), triples.end(), [&](const auto* triple) {
      return MayBeFoundAt(ConflictKind::kPolarity, triple->record) ||
             MayBeFoundAt(ConflictKind::kDenial, triple->record);
    });
    const bool held = std::any_of(triples.begin(), triples.end(), [](const auto* triple) {
      return Facts(triple->record.stances, Polarity::kPositive) > 0;
    });
    if (!contested || !held) {
      continue;
    }
    ASSIGN_OR_RETURN(const Claims claims, ReadClaims(triples, [](const Evidence& evidence) {
                       return IsFact(evidence) || IsAgainst(evidence);
                     }));
    FoundConflict this_one = about;
    this_one.object = triples.front()->object;
    RETURN_IF_ERROR(Keep(claims, FindContradictions(claims.claims), this_one, found));
  }
  return absl::OkStatus();
}

absl::StatusOr<EventClaim> ConflictFinder::EventClaimOf(const NamedTriple& triple,
                                                        const EventTold& told,
                                                        const Evidence& evidence) {
  EventClaim claim;
  if (told.place.valid()) {
    claim.places.push_back(told.place);
  }
  for (const Qualifier& part : evidence.qualifiers) {
    const bool place =
        part.role == Role::kPlace || part.role == Role::kTo || part.role == Role::kFrom;
    if (place && part.entity.valid()) {
      ASSIGN_OR_RETURN(const bool named, events_.IsNamed(part.entity));
      if (named) {
        claim.places.push_back(part.entity);
      }
    }
  }
  ASSIGN_OR_RETURN(const auto* predicate, matters_.PredicateOf(triple.record.triple.predicate));
  claim.matter = fmt::format("{} {} {}", triple.record.triple.subject.value(), predicate->normal,
                             MatterWords(rules_, triple.object));
  return claim;
}

absl::Status ConflictFinder::AddEventContradictions(const Event& event,
                                                    const EventReader::Group& group,
                                                    const FoundConflict& about,
                                                    std::vector<FoundConflict>* found) {
  std::vector<const NamedTriple*> triples;
  std::map<TripleId, const EventTold*> told;
  for (const auto& [triple, told_of] : group.triples) {
    triples.push_back(&triple);
    told[triple.id] = &told_of;
  }
  ASSIGN_OR_RETURN(const Claims claims, ReadClaims(triples, [](const Evidence& evidence) {
                     return IsFact(evidence) || IsAgainst(evidence);
                   }));
  std::vector<EventClaim> events;
  for (std::size_t i = 0; i < claims.claims.size(); ++i) {
    const NamedTriple& triple = *claims.triples[i];
    const EventTold& tells = *told.at(triple.id);
    ASSIGN_OR_RETURN(EventClaim claim, EventClaimOf(triple, tells, claims.rows[i].evidence));
    claim.for_only = tells.event.agent != event.agent;  // a denial of its own
    events.push_back(std::move(claim));
  }
  return Keep(claims, FindEventContradictions(claims.claims, events), about, found);
}

absl::Status ConflictFinder::AddFigures(const MatterReader::Group& group,
                                        const FoundConflict& about,
                                        std::vector<FoundConflict>* found) {
  std::vector<const NamedTriple*> triples = Pointers(group.triples);
  std::erase_if(triples, [](const NamedTriple* triple) { return triple->record.figures == 0; });
  if (triples.empty() || !(Asked(ConflictKind::kQuantity) || Asked(ConflictKind::kSeries))) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(Claims claims, ReadClaims(triples, [](const Evidence& evidence) {
                     return evidence.quantity.has_value();
                   }));
  RETURN_IF_ERROR(page_->Work(1));
  ASSIGN_OR_RETURN(const Entity subject, graph_.GetEntity(about.entity.id));
  for (std::size_t i = 0; i < claims.claims.size(); ++i) {
    claims.claims[i].thing = ThingCounted(rules_, subject, claims.triples[i]->object,
                                          claims.rows[i].evidence.quantity->unit);
  }
  const std::size_t before = found->size();
  RETURN_IF_ERROR(Keep(claims, FindFigures(claims.claims), about, found));
  for (std::size_t i = before; i < found->size(); ++i) {
    const TripleId named = (*found)[i].sides.front().rows.front().place.triple;
    const auto it =
        std::find_if(triples.begin(), triples.end(),
                     [named](const NamedTriple* triple) { return triple->id == named; });
    (*found)[i].object = (*it)->object;
  }
  return absl::OkStatus();
}

absl::Status ConflictFinder::AddExclusive(const MatterReader::Group& group, bool by_object,
                                          const FoundConflict& about,
                                          std::vector<FoundConflict>* found) {
  ASSIGN_OR_RETURN(Claims claims, ReadClaims(Pointers(group.triples), [](const Evidence& evidence) {
                     return IsFact(evidence) && !IsAgainst(evidence);
                   }));
  // Names that are part of one another may well be one's: "Rutte", "Mark Rutte".
  std::vector<std::set<std::string>> answers;
  std::vector<std::string> names;
  for (std::size_t i = 0; i < claims.claims.size(); ++i) {
    const NamedTriple& triple = *claims.triples[i];
    const std::string& name = by_object ? triple.object : triple.subject.name;
    const std::set<std::string> words = rules_.Words(name);
    std::size_t answer = 0;
    while (answer < answers.size() && !Includes(answers[answer], words) &&
           !Includes(words, answers[answer])) {
      ++answer;
    }
    if (answer == answers.size()) {
      answers.push_back(words);
      names.push_back(name);
    }
    claims.claims[i].answer = answer;
  }
  const std::size_t before = found->size();
  const std::vector<Disagreement> disagreements = FindExclusive(claims.claims);
  RETURN_IF_ERROR(Keep(claims, disagreements, about, found));
  for (std::size_t i = before; i < found->size(); ++i) {
    const auto& sides = disagreements[i - before].sides;
    for (std::size_t side = 0; side < sides.size(); ++side) {
      (*found)[i].sides[side].answer = names[claims.claims[sides[side].front()].answer];
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
