#include <algorithm>
#include <set>
#include <utility>

#include "server/base/status_macros.h"
#include "server/ingest/statement.h"
#include "server/ingest/support.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

// Puts in one run over one document.
class RunWriter {
 public:
  RunWriter(DocumentNumber document, const DocumentRecord& record, RunId run, PendingGraph* graph,
            TouchedTriples* touched)
      : document_(document), record_(record), run_(run), graph_(*graph), touched_(*touched) {}

  absl::Status AddMention(const PreparedMention& prepared) {
    Mention mention = prepared.mention;
    ASSIGN_OR_RETURN(const std::string key,
                     graph_.links().Follow(prepared.entity_key, mention.name, record_.document.id));
    if (key != prepared.entity_key) {
      mention.key = prepared.entity_key;
    }
    ASSIGN_OR_RETURN(const EntityId id, graph_.InternEntity(key));
    ASSIGN_OR_RETURN(Entity * entity, graph_.MutableEntity(id));
    ++entity->mentions;
    if (!mention.name.empty()) {
      AddVotes(&entity->names, mention.name, 1);
    }
    if (!mention.type.empty()) {
      AddVotes(&entity->types, mention.type, 1);
    }
    const MentionKey place{graph_.ns(), id, document_, run_,
                           static_cast<uint32_t>(mentions_.size())};
    graph_.batch().Put(Family::kMention, place.Encode(), EncodeMention(mention));
    graph_.batch().Put(Family::kByDoc, ByDocKey::Of(place).Encode(), std::string());
    mentions_.push_back({mention.span, id});
    return absl::OkStatus();
  }

  // After all mentions. `triples` gains the triple.
  absl::Status AddTriple(const ExtractedTriple& from, std::set<TripleId>* triples) {
    Triple triple;
    triple.subject = mentions_[from.subject].entity;
    ASSIGN_OR_RETURN(triple.predicate, graph_.InternPredicate(from.predicate));
    if (from.object) {
      triple.object = ObjectId(mentions_[*from.object].entity);
    } else {
      ASSIGN_OR_RETURN(const TermId literal, graph_.InternLiteral(from.literal));
      triple.object = ObjectId(literal);
    }
    ASSIGN_OR_RETURN(const TripleId id, graph_.InternTriple(triple));
    ASSIGN_OR_RETURN(TripleRecord * record, graph_.MutableTriple(id));
    touched_.try_emplace(id, record->stances.total());
    if (triples->insert(id).second) {
      ++record->documents;
    }
    record->figures += from.quantity ? 1u : 0u;
    ++record->stances.at(from.polarity, from.modality);
    const EvidenceKey key{graph_.ns(), id, document_, run_, evidence_++};
    Evidence evidence = ToEvidence(from, mentions_);
    evidence.revision = record_.revision;
    graph_.batch().Put(Family::kEvidence, key.Encode(), EncodeEvidence(evidence));
    graph_.batch().Put(Family::kByDoc, ByDocKey::Of(key).Encode(), std::string());
    return absl::OkStatus();
  }

 private:
  const DocumentNumber document_;
  const DocumentRecord& record_;
  const RunId run_;
  PendingGraph& graph_;
  TouchedTriples& touched_;
  std::vector<MentionPlace> mentions_;
  uint32_t evidence_ = 0;
};

}  // namespace

absl::Status AddSupport(DocumentNumber number, const std::vector<PreparedRun>& runs,
                        PendingGraph* graph, DocumentRecord* record, TouchedTriples* touched) {
  std::set<TripleId> triples;
  record->runs.clear();
  record->mentions = 0;
  record->evidence = 0;
  for (const PreparedRun& run : runs) {
    ASSIGN_OR_RETURN(const RunId id, graph->InternRun(run.extractor));
    RETURN_IF_ERROR(graph->AddReferences(TermKind::kRun, id.value(), 1));
    graph->batch().Put(Family::kByRun, ByRunKey{graph->ns(), id, number}.Encode(), std::string());
    RunWriter writer(number, *record, id, graph, touched);
    for (const PreparedMention& mention : run.mentions) {
      RETURN_IF_ERROR(writer.AddMention(mention));
    }
    for (const ExtractedTriple& triple : run.triples) {
      RETURN_IF_ERROR(writer.AddTriple(triple, &triples));
    }
    record->runs.push_back(id);
    record->mentions += run.mentions.size();
    record->evidence += run.triples.size();
  }
  std::sort(record->runs.begin(), record->runs.end());
  record->triples = triples.size();
  graph->totals().mentions += record->mentions;
  graph->totals().evidence += record->evidence;
  return absl::OkStatus();
}

absl::Status CountTriples(const TouchedTriples& touched, PendingGraph* graph, ChangeEvent* event) {
  for (const auto& [id, evidence_before] : touched) {
    ASSIGN_OR_RETURN(const TripleRecord* record, graph->MutableTriple(id));
    const bool lives = record->stances.total() > 0;
    event->triples_added += uint64_t{evidence_before == 0 && lives};
    event->triples_removed += uint64_t{evidence_before > 0 && !lives};
  }
  return absl::OkStatus();
}

}  // namespace dossier
