#include "server/ingest/pending_graph.h"

#include <fmt/format.h>

#include "server/base/status_macros.h"
#include "server/ingest/required.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

std::map<std::string, uint64_t> AliasVotes(const Entity& entity) {
  std::map<std::string, uint64_t> votes;
  for (const Vote& vote : entity.names) {
    std::string text = AliasText(vote.text);
    if (!text.empty()) {
      votes[std::move(text)] += vote.count;
    }
  }
  return votes;
}

}  // namespace

absl::StatusOr<std::unique_ptr<PendingGraph>> PendingGraph::Open(
    std::shared_ptr<const Snapshot> snapshot, NamespaceId ns, WriteBatch* batch) {
  std::unique_ptr<PendingGraph> graph(
      new PendingGraph(GraphReader(std::move(snapshot), ns), batch));
  ASSIGN_OR_RETURN(graph->counters_, graph->before_.ReadIdCounters());
  ASSIGN_OR_RETURN(graph->totals_, graph->before_.ReadTotals());
  return graph;
}

template <class Kind>
absl::StatusOr<Kind> PendingGraph::Intern(TermKind kind, const std::string& bytes,
                                          uint64_t* counter) {
  std::string key = TermRevKey{ns(), kind, bytes}.Encode();
  const auto known = ids_.find(key);
  if (known != ids_.end()) {
    return Kind(known->second);
  }
  ASSIGN_OR_RETURN(const auto value, before_.snapshot()->Get(Family::kTermRev, key));
  uint64_t id = 0;
  if (value) {
    ASSIGN_OR_RETURN(id, DecodeNumber(Family::kTermRev, key, *value));
  } else {
    id = ++*counter;
    if (kind != TermKind::kEntity) {
      terms_[{kind, id}].now.bytes = bytes;
    }
  }
  ids_.emplace(std::move(key), id);
  return Kind(id);
}

absl::StatusOr<EntityId> PendingGraph::InternEntity(const std::string& key) {
  const uint64_t last = counters_.entity;
  ASSIGN_OR_RETURN(const EntityId id, Intern<EntityId>(TermKind::kEntity, key, &counters_.entity));
  if (id.value() > last) {
    entities_[id].now.key = key;
  }
  return id;
}

void PendingGraph::RestoreEntityId(const std::string& key, EntityId id) {
  ids_[TermRevKey{ns(), TermKind::kEntity, key}.Encode()] = id.value();
  entities_[id].now.key = key;
}

absl::StatusOr<TermId> PendingGraph::InternPredicate(const std::string& text) {
  return Intern<TermId>(TermKind::kPredicate, text, &counters_.term);
}

absl::StatusOr<TermId> PendingGraph::InternLiteral(const Literal& literal) {
  return Intern<TermId>(TermKind::kLiteral, LiteralBytes(literal), &counters_.term);
}

absl::StatusOr<RunId> PendingGraph::InternRun(const Extractor& extractor) {
  return Intern<RunId>(TermKind::kRun, ExtractorBytes(extractor), &counters_.run);
}

absl::StatusOr<TripleId> PendingGraph::InternTriple(const Triple& triple) {
  const auto known = triple_ids_.find(triple);
  if (known != triple_ids_.end()) {
    return known->second;
  }
  ASSIGN_OR_RETURN(const auto found, before_.FindTriple(triple));
  const TripleId id = found.value_or(TripleId(counters_.triple + 1));
  if (!found) {
    ++counters_.triple;
    triples_[id].now.triple = triple;
    RETURN_IF_ERROR(AddReferencesOf(triple, 1));
  }
  triple_ids_.emplace(triple, id);
  return id;
}

absl::StatusOr<Entity*> PendingGraph::MutableEntity(EntityId id) {
  const auto known = entities_.find(id);
  if (known != entities_.end()) {
    return &known->second.now;
  }
  ASSIGN_OR_RETURN(const Entity entity, Required(before_.GetEntity(id)));
  return &entities_.emplace(id, Slot<Entity>{entity, entity}).first->second.now;
}

absl::StatusOr<TripleRecord*> PendingGraph::MutableTriple(TripleId id) {
  const auto known = triples_.find(id);
  if (known != triples_.end()) {
    return &known->second.now;
  }
  ASSIGN_OR_RETURN(const TripleRecord record, Required(before_.GetTriple(id)));
  return &triples_.emplace(id, Slot<TripleRecord>{record, record}).first->second.now;
}

absl::StatusOr<PendingGraph::Slot<TermRecord>*> PendingGraph::Term(TermKind kind, uint64_t id) {
  const auto known = terms_.find({kind, id});
  if (known != terms_.end()) {
    return &known->second;
  }
  ASSIGN_OR_RETURN(const TermRecord record, Required(before_.GetTerm(kind, id)));
  return &terms_.emplace(std::pair(kind, id), Slot<TermRecord>{record, record}).first->second;
}

absl::Status PendingGraph::AddReferences(TermKind kind, uint64_t id, int64_t delta) {
  ASSIGN_OR_RETURN(Slot<TermRecord> * term, Term(kind, id));
  uint64_t& references = term->now.references;
  if (delta < 0 && references < static_cast<uint64_t>(-delta)) {
    return absl::DataLossError(
        fmt::format("term {} of kind {} has too few references", id, static_cast<int>(kind)));
  }
  references += static_cast<uint64_t>(delta);
  return absl::OkStatus();
}

absl::Status PendingGraph::AddReferencesOf(const Triple& triple, int64_t delta) {
  RETURN_IF_ERROR(AddReferences(TermKind::kPredicate, triple.predicate.value(), delta));
  if (triple.object.is_literal()) {
    return AddReferences(TermKind::kLiteral, triple.object.literal().value(), delta);
  }
  return absl::OkStatus();
}

absl::Status PendingGraph::Write() {
  RETURN_IF_ERROR(WriteTriples());
  WriteTerms();
  WriteEntities();
  batch_->Put(Family::kMeta, IdCountersKey(ns()), EncodeIdCounters(counters_));
  batch_->Put(Family::kMeta, TotalsKey(ns()), EncodeTotals(totals_));
  return absl::OkStatus();
}

absl::Status PendingGraph::WriteTriples() {
  for (const auto& [id, slot] : triples_) {
    const std::string key = TripleKey{ns(), id}.Encode();
    const bool lives = slot.now.stances.total() > 0;
    WriteTripleIndexes(id, slot, lives);
    if (!lives) {
      RETURN_IF_ERROR(AddReferencesOf(slot.now.triple, -1));
    }
    if (lives && !slot.before) {
      ++totals_.triples;
    }
    if (lives && slot.before != slot.now) {
      batch_->Put(Family::kTriple, key, EncodeTriple(slot.now));
    }
    if (!lives && slot.before) {
      --totals_.triples;
      batch_->Delete(Family::kTriple, key);
    }
  }
  return absl::OkStatus();
}

void PendingGraph::WriteTripleIndexes(TripleId id, const Slot<TripleRecord>& slot, bool lives) {
  const TripleIndexKey index{ns(), slot.now.triple};
  for (const Family family : kTripleIndexes) {
    const bool stood = slot.before && StandsIn(family, *slot.before);
    const bool stands = lives && StandsIn(family, slot.now);
    if (stands && !stood) {
      batch_->Put(family, index.Encode(family), EncodeNumber(id.value()));
    } else if (stood && !stands) {
      batch_->Delete(family, index.Encode(family));
    }
  }
}

void PendingGraph::WriteTerms() {
  for (const auto& [name, slot] : terms_) {
    const auto& [kind, id] = name;
    const std::string key = TermKey{ns(), kind, id}.Encode();
    const std::string reverse = TermRevKey{ns(), kind, slot.now.bytes}.Encode();
    if (slot.now.references == 0) {
      if (slot.before) {
        batch_->Delete(Family::kTerm, key);
        batch_->Delete(Family::kTermRev, reverse);
      }
      continue;
    }
    if (!slot.before) {
      batch_->Put(Family::kTermRev, reverse, EncodeNumber(id));
    }
    if (slot.before != slot.now) {
      batch_->Put(Family::kTerm, key, EncodeTerm(slot.now));
    }
  }
}

void PendingGraph::WriteEntities() {
  for (const auto& [id, slot] : entities_) {
    const std::string key = EntityKey{ns(), id}.Encode();
    const std::string reverse = TermRevKey{ns(), TermKind::kEntity, slot.now.key}.Encode();
    const bool lives = slot.now.mentions > 0;
    if (lives && !slot.before) {
      ++totals_.entities;
      batch_->Put(Family::kTermRev, reverse, EncodeNumber(id.value()));
    }
    if (lives && slot.before != slot.now) {
      batch_->Put(Family::kEntity, key, EncodeEntity(slot.now));
    }
    if (!lives && slot.before) {
      --totals_.entities;
      batch_->Delete(Family::kTermRev, reverse);
      batch_->Delete(Family::kEntity, key);
    }
    WriteAliases(id, slot);
  }
}

void PendingGraph::WriteAliases(EntityId id, const Slot<Entity>& slot) {
  if (slot.before && slot.before->names == slot.now.names) {
    return;
  }
  const auto before = slot.before ? AliasVotes(*slot.before) : std::map<std::string, uint64_t>();
  const auto now = AliasVotes(slot.now);
  for (const auto& [text, votes] : before) {
    if (now.count(text) == 0) {
      batch_->Delete(Family::kAlias, AliasKey{ns(), text, id}.Encode());
    }
  }
  for (const auto& [text, votes] : now) {
    const auto old = before.find(text);
    if (old == before.end() || old->second != votes) {
      batch_->Put(Family::kAlias, AliasKey{ns(), text, id}.Encode(), EncodeNumber(votes));
    }
  }
}

}  // namespace dossier
