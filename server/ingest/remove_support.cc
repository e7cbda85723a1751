#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "server/base/status_macros.h"
#include "server/ingest/required.h"
#include "server/ingest/support.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

absl::Status Disagrees(const char* what, uint64_t id) {
  return absl::DataLossError(fmt::format(
      "{} {} counts less than the records that it counts; validate the database", what, id));
}

uint64_t VotesFor(const std::vector<Vote>& votes, const std::string& text) {
  const auto it =
      std::find_if(votes.begin(), votes.end(), [&](const Vote& vote) { return vote.text == text; });
  return it == votes.end() ? 0 : it->count;
}

absl::Status RemoveEvidence(const EvidenceKey& key, PendingGraph* graph, TouchedTriples* touched,
                            std::set<TripleId>* triples) {
  ASSIGN_OR_RETURN(const Evidence evidence, Required(graph->before().GetEvidence(key)));
  ASSIGN_OR_RETURN(TripleRecord * record, graph->MutableTriple(key.triple));
  touched->try_emplace(key.triple, record->stances.total());
  uint64_t& count = record->stances.at(evidence.polarity, evidence.modality);
  const bool first = triples->insert(key.triple).second;
  if (count == 0 || (first && record->documents == 0) ||
      (evidence.quantity && record->figures == 0)) {
    return Disagrees("triple", key.triple.value());
  }
  --count;
  record->figures -= evidence.quantity ? 1u : 0u;
  if (first) {
    --record->documents;
  }
  graph->batch().Delete(Family::kEvidence, key.Encode());
  return absl::OkStatus();
}

absl::Status RemoveMention(const MentionKey& key, PendingGraph* graph) {
  const std::string bytes = key.Encode();
  ASSIGN_OR_RETURN(const auto value, graph->before().snapshot()->Get(Family::kMention, bytes));
  if (!value) {
    return DamagedRecord(Family::kMention, bytes, "by_doc lists it, but it is not there");
  }
  ASSIGN_OR_RETURN(const Mention mention, DecodeMention(bytes, *value));
  ASSIGN_OR_RETURN(Entity * entity, graph->MutableEntity(key.entity));
  if (entity->mentions == 0 ||
      (!mention.name.empty() && VotesFor(entity->names, mention.name) == 0) ||
      (!mention.type.empty() && VotesFor(entity->types, mention.type) == 0)) {
    return Disagrees("entity", key.entity.value());
  }
  --entity->mentions;
  if (!mention.name.empty()) {
    AddVotes(&entity->names, mention.name, -1);
  }
  if (!mention.type.empty()) {
    AddVotes(&entity->types, mention.type, -1);
  }
  graph->batch().Delete(Family::kMention, bytes);
  return absl::OkStatus();
}

}  // namespace

absl::Status RemoveSupport(DocumentNumber number, const DocumentRecord& record, PendingGraph* graph,
                           TouchedTriples* touched) {
  std::set<TripleId> triples;
  auto parts = graph->before().PartsOf(number);
  for (; parts.Valid(); parts.Next()) {
    const ByDocKey& part = *parts;
    RETURN_IF_ERROR(part.part == Part::kEvidence
                        ? RemoveEvidence(part.evidence(), graph, touched, &triples)
                        : RemoveMention(part.mention(), graph));
    graph->batch().Delete(Family::kByDoc, part.Encode());
  }
  RETURN_IF_ERROR(parts.status());
  for (const RunId run : record.runs) {
    RETURN_IF_ERROR(graph->AddReferences(TermKind::kRun, run.value(), -1));
    graph->batch().Delete(Family::kByRun, ByRunKey{graph->ns(), run, number}.Encode());
  }
  graph->totals().mentions -= record.mentions;
  graph->totals().evidence -= record.evidence;
  return absl::OkStatus();
}

}  // namespace dossier
