#include "server/query/alike.h"

#include <algorithm>
#include <map>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/query/disagreement.h"
#include "server/query/entity_selector.h"
#include "server/query/matter.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

constexpr double kExtra = 0.25;            // for each of predicate, time and number
constexpr std::size_t kMaxExamples = 10;   // of the triple's own evidence that is compared
constexpr std::size_t kMaxRows = 100;      // of one entity, on one side
constexpr std::size_t kMaxNamed = 50;      // entities whose names begin alike
constexpr std::size_t kMaxEvidence = 5;    // of one candidate
constexpr std::size_t kMaxTriples = 2000;  // candidates, the nearest first

bool Share(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& word) { return b.contains(word); });
}

// "be", "of", "in": every statement has them.
bool IsSmall(const std::string& word) { return word.size() < 3 || word == "the" || word == "with"; }

// What is named at the end of a longer name: "Brenn" of "the port of Brenn"; empty: nothing.
std::string_view NamedAtTheEnd(std::string_view name) {
  constexpr std::string_view kOf = " of ";
  const std::size_t of = name.rfind(kOf);
  return of == std::string_view::npos ? std::string_view() : name.substr(of + kOf.size());
}

// The first two words of a longer name, a number aside; empty for one word.
std::string Beginning(const std::string& name) {
  std::string folded = FoldName(name);
  if (!folded.empty() && folded.front() >= '0' && folded.front() <= '9') {
    folded.erase(0, std::min(folded.find(' '), folded.size() - 1) + 1);
  }
  const std::size_t first = folded.find(' ');
  if (first == std::string::npos) {
    return {};
  }
  return folded.substr(0, folded.find(' ', first + 1));
}

class AlikeFinder {
 public:
  using Row = EvidenceWalk::Row;

  AlikeFinder(const ReadContext& context, const PredicateRules& rules, PageWalk* page)
      : context_(context),
        graph_(context.graph),
        rules_(rules),
        page_(page),
        matters_(context, rules, page) {}

  absl::Status AddExamples(const Triple& triple, std::span<const Row> evidence) {
    ASSIGN_OR_RETURN(const NamedTriple named, NameOf(triple));
    AddEntity(triple.subject);
    if (!triple.object.is_literal()) {
      AddEntity(triple.object.entity());
    }
    for (const Row& row : evidence) {
      stated_in_.insert(row.place.document);
    }
    for (const Row& row : evidence.subspan(0, std::min(kMaxExamples, evidence.size()))) {
      for (const Qualifier& part : row.evidence.qualifiers) {
        if (part.entity.valid()) {
          AddEntity(part.entity);
          ASSIGN_OR_RETURN(const std::string* name, NameOf(part.entity));
          RETURN_IF_ERROR(AddNamed(NamedAtTheEnd(*name)));
        }
      }
      ASSIGN_OR_RETURN(StatementWords words, WordsOf(named, row.evidence));
      examples_.push_back(std::move(words));
    }
    RETURN_IF_ERROR(AddNamed(NamedAtTheEnd(named.object)));
    RETURN_IF_ERROR(AddNamedAlike(named.subject.name));
    return AddNamedAlike(named.object);
  }

  absl::StatusOr<std::vector<Row>> Find(TripleId but_for, const EvidenceFilter& filter) {
    std::set<TripleId> candidates;
    for (const EntityId entity : entities_) {
      RETURN_IF_ERROR(Collect({.subject = entity, .predicate = {}, .object = {}}, &candidates));
      RETURN_IF_ERROR(
          Collect({.subject = {}, .predicate = {}, .object = ObjectId(entity)}, &candidates));
    }
    candidates.erase(but_for);
    ASSIGN_OR_RETURN(const std::vector<NamedTriple> triples,
                     matters_.Name({candidates.begin(), candidates.end()}));
    for (const NamedTriple& triple : triples) {
      if (filter.MayMatch(triple.record.stances)) {
        RETURN_IF_ERROR(Compare(triple, filter));
      }
    }
    return Best();
  }

 private:
  struct Match {
    double likeness = 0;
    Row row;
  };

  void AddEntity(EntityId id) {
    if (std::find(entities_.begin(), entities_.end(), id) == entities_.end()) {
      entities_.push_back(id);
    }
  }

  absl::StatusOr<NamedTriple> NameOf(const Triple& triple) {
    ASSIGN_OR_RETURN(const auto id, graph_.FindTriple(triple));
    if (!id) {
      return absl::DataLossError("an index does not have a triple that has evidence");
    }
    ASSIGN_OR_RETURN(std::vector<NamedTriple> named, matters_.Name({*id}));
    return std::move(named.front());
  }

  absl::Status AddNamed(std::string_view name) {
    if (!name.empty()) {
      RETURN_IF_ERROR(page_->Work(1));
      ASSIGN_OR_RETURN(const auto entities, SelectEntities(context_, std::string(name)));
      std::for_each(entities.begin(), entities.end(), [this](EntityId id) { AddEntity(id); });
    }
    return absl::OkStatus();
  }

  absl::Status AddNamedAlike(const std::string& name) {
    const std::string beginning = Beginning(name);
    if (beginning.empty()) {
      return absl::OkStatus();
    }
    auto rows = graph_.Aliases(beginning);
    for (std::size_t i = 0; i < kMaxNamed && rows.Valid(); ++i, rows.Next()) {
      RETURN_IF_ERROR(page_->Work(1));
      AddEntity(rows->key.entity);
    }
    return rows.Valid() ? absl::OkStatus() : rows.status();
  }

  absl::Status Collect(const TriplePattern& pattern, std::set<TripleId>* candidates) {
    auto rows = graph_.Triples(pattern);
    for (std::size_t i = 0; i < kMaxRows && candidates->size() < kMaxTriples && rows.Valid();
         ++i, rows.Next()) {
      RETURN_IF_ERROR(page_->Work(1));
      candidates->insert(rows->id);
    }
    return rows.Valid() ? absl::OkStatus() : rows.status();
  }

  absl::StatusOr<StatementWords> WordsOf(const NamedTriple& triple, const Evidence& evidence) {
    ASSIGN_OR_RETURN(const auto* predicate, matters_.PredicateOf(triple.record.triple.predicate));
    StatementWords words;
    words.predicate = predicate->normal;
    words.object = rules_.Words(triple.object);
    words.all = words.object;
    words.all.merge(rules_.Words(triple.subject.name));
    words.all.merge(rules_.Words(predicate->normal));
    for (const Qualifier& part : evidence.qualifiers) {
      if (part.entity.valid()) {
        ASSIGN_OR_RETURN(const std::string* name, NameOf(part.entity));
        words.all.merge(rules_.Words(*name));
      }
    }
    std::erase_if(words.all, IsSmall);
    words.time = evidence.time;
    words.quantity = evidence.quantity;
    return words;
  }

  absl::StatusOr<const std::string*> NameOf(EntityId id) {
    const auto [known, is_new] = names_.try_emplace(id);
    if (is_new) {
      RETURN_IF_ERROR(page_->Work(1));
      ASSIGN_OR_RETURN(const Entity entity, graph_.GetEntity(id));
      known->second = entity.preferred_name();
    }
    return &known->second;
  }

  // Keeps the likest statement of each document.
  absl::Status Compare(const NamedTriple& triple, const EvidenceFilter& filter) {
    auto rows = graph_.EvidenceOf(triple.id);
    for (std::size_t i = 0; i < kMaxEvidence && rows.Valid(); ++i, rows.Next()) {
      RETURN_IF_ERROR(page_->Work(1));
      if (!filter.Matches(rows->evidence) || stated_in_.contains(rows->key.document)) {
        continue;
      }
      ASSIGN_OR_RETURN(const StatementWords words, WordsOf(triple, rows->evidence));
      double likeness = 0;
      for (const StatementWords& example : examples_) {
        likeness = std::max(likeness, Likeness(example, words));
      }
      Match& best = matches_[rows->key.document];
      if (likeness >= kAlike && likeness > best.likeness) {
        best = {likeness, {std::string(rows.key()), rows->key, rows->evidence}};
      }
    }
    return rows.Valid() ? absl::OkStatus() : rows.status();
  }

  std::vector<Row> Best() {
    std::vector<Match> matches;
    for (auto& [document, match] : matches_) {
      if (match.likeness > 0) {
        matches.push_back(std::move(match));
      }
    }
    std::stable_sort(matches.begin(), matches.end(),
                     [](const Match& a, const Match& b) { return a.likeness > b.likeness; });
    matches.resize(std::min(matches.size(), kMaxAlike));
    std::vector<Row> rows;
    for (Match& match : matches) {
      rows.push_back(std::move(match.row));
    }
    return rows;
  }

  const ReadContext& context_;
  const GraphReader& graph_;
  const PredicateRules& rules_;
  PageWalk* page_;
  MatterReader matters_;
  std::vector<StatementWords> examples_;
  std::vector<EntityId> entities_;  // the nearest first
  std::set<DocumentNumber> stated_in_;
  std::map<EntityId, std::string> names_;
  std::map<DocumentNumber, Match> matches_;
};

}  // namespace

double Likeness(const StatementWords& a, const StatementWords& b) {
  const bool times_exclude = a.time && b.time && !Overlaps(*a.time, *b.time);
  const bool numbers_exclude = a.quantity && b.quantity && !Compatible(*a.quantity, *b.quantity);
  if (a.all.empty() || b.all.empty() || times_exclude || numbers_exclude ||
      !Share(a.object, b.all) || !Share(b.object, a.all)) {
    return 0;
  }
  const auto shared = static_cast<double>(std::count_if(
      a.all.begin(), a.all.end(), [&](const std::string& word) { return b.all.contains(word); }));
  double likeness = shared / static_cast<double>(std::min(a.all.size(), b.all.size()));
  likeness += a.predicate == b.predicate ? kExtra : 0;
  likeness += a.time && b.time && *a.time == *b.time ? kExtra : 0;
  likeness += a.quantity && b.quantity && a.quantity->value == b.quantity->value ? kExtra : 0;
  return likeness;
}

absl::StatusOr<std::vector<EvidenceWalk::Row>> FindAlike(
    const ReadContext& context, const PredicateRules& rules, const Triple& triple,
    std::span<const EvidenceWalk::Row> evidence, const EvidenceFilter& filter, PageWalk* page) {
  if (evidence.empty()) {
    return std::vector<EvidenceWalk::Row>();
  }
  AlikeFinder finder(context, rules, page);
  RETURN_IF_ERROR(finder.AddExamples(triple, evidence));
  return finder.Find(evidence.front().place.triple, filter);
}

}  // namespace dossier
