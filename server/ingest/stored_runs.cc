#include "server/ingest/stored_runs.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "server/base/status_macros.h"
#include "server/ingest/required.h"
#include "server/ingest/statement.h"
#include "server/storage/keys.h"

namespace dossier {
namespace {

absl::StatusOr<PreparedMention> LoadMention(const MentionKey& place, const GraphReader& graph) {
  const std::string key = place.Encode();
  ASSIGN_OR_RETURN(const auto value, graph.snapshot()->Get(Family::kMention, key));
  if (!value) {
    return DamagedRecord(Family::kMention, key, "by_doc lists it, but it is not there");
  }
  PreparedMention prepared;
  ASSIGN_OR_RETURN(prepared.mention, DecodeMention(key, *value));
  prepared.entity_key = std::exchange(prepared.mention.key, std::string());
  if (prepared.entity_key.empty()) {
    ASSIGN_OR_RETURN(Entity entity, Required(graph.GetEntity(place.entity)));
    prepared.entity_key = std::move(entity.key);
  }
  return prepared;
}

// What the extractor said, from the evidence that it became.
absl::StatusOr<ExtractedTriple> LoadTriple(const EvidenceKey& place, const GraphReader& graph) {
  ASSIGN_OR_RETURN(const TripleRecord record, Required(graph.GetTriple(place.triple)));
  ASSIGN_OR_RETURN(const Evidence evidence, Required(graph.GetEvidence(place)));
  ExtractedTriple triple = FromEvidence(evidence);
  if (record.triple.object.is_literal()) {
    ASSIGN_OR_RETURN(triple.literal, Required(graph.GetLiteral(record.triple.object.literal())));
  }
  ASSIGN_OR_RETURN(triple.predicate, Required(graph.GetPredicate(record.triple.predicate)));
  return triple;
}

absl::Status CheckMentions(const PreparedRun& run) {
  const auto within = [&](std::optional<MentionIndex> mention) {
    return !mention || *mention < run.mentions.size();
  };
  for (const ExtractedTriple& triple : run.triples) {
    bool sound = within(triple.subject) && within(triple.object);
    for (const ExtractedQualifier& qualifier : triple.qualifiers) {
      sound = sound && within(qualifier.mention);
    }
    for (const ExtractedAttribution& attribution : triple.attributions) {
      sound = sound && within(attribution.mention);
    }
    if (!sound) {
      return absl::DataLossError("evidence names a mention that its document does not have");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<PreparedRun>> LoadRuns(DocumentNumber number, const GraphReader& graph,
                                                  const DocumentRecord& record) {
  std::map<RunId, PreparedRun> runs;
  for (const RunId run : record.runs) {
    ASSIGN_OR_RETURN(runs[run].extractor, Required(graph.GetExtractor(run)));
  }
  auto parts = graph.PartsOf(number);  // run by run, evidence and mentions by their ordinals
  for (; parts.Valid(); parts.Next()) {
    PreparedRun& run = runs[parts->run];
    if (parts->part == Part::kEvidence) {
      ASSIGN_OR_RETURN(ExtractedTriple triple, LoadTriple(parts->evidence(), graph));
      run.triples.push_back(std::move(triple));
    } else {
      ASSIGN_OR_RETURN(PreparedMention mention, LoadMention(parts->mention(), graph));
      run.mentions.push_back(std::move(mention));
    }
  }
  RETURN_IF_ERROR(parts.status());
  std::vector<PreparedRun> loaded;
  for (auto& [id, run] : runs) {
    RETURN_IF_ERROR(CheckMentions(run));
    loaded.push_back(std::move(run));
  }
  return loaded;
}

absl::StatusOr<bool> IsReadBy(const GraphReader& graph, const DocumentRecord& record,
                              const std::vector<Extractor>& extractors) {
  if (record.runs.size() != extractors.size()) {
    return false;
  }
  for (const Extractor& extractor : extractors) {
    ASSIGN_OR_RETURN(const auto run, graph.FindRun(extractor));
    if (!run || !std::binary_search(record.runs.begin(), record.runs.end(), *run)) {
      return false;
    }
  }
  return true;
}

}  // namespace dossier
