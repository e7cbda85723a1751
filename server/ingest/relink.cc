#include "server/ingest/relink.h"

#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "server/base/status_macros.h"
#include "server/ingest/prepare.h"
#include "server/ingest/required.h"
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

std::optional<MentionIndex> MentionOf(EntityId entity, uint32_t mention) {
  return entity.valid() ? std::optional(mention) : std::nullopt;
}

// What the extractor said, from the evidence that it became.
absl::StatusOr<ExtractedTriple> LoadTriple(const EvidenceKey& place, const GraphReader& graph) {
  ASSIGN_OR_RETURN(const TripleRecord record, Required(graph.GetTriple(place.triple)));
  ASSIGN_OR_RETURN(const Evidence evidence, Required(graph.GetEvidence(place)));
  ExtractedTriple triple;
  triple.sentence = evidence.sentence;
  triple.subject = evidence.subject_mention;
  triple.object = evidence.object_mention;
  if (record.triple.object.is_literal()) {
    ASSIGN_OR_RETURN(triple.literal, Required(graph.GetLiteral(record.triple.object.literal())));
    triple.literal_span = evidence.object;
  }
  ASSIGN_OR_RETURN(triple.predicate, Required(graph.GetPredicate(record.triple.predicate)));
  triple.predicate_span = evidence.predicate;
  triple.polarity = evidence.polarity;
  triple.modality = evidence.modality;
  triple.confidence = evidence.confidence;
  triple.time = evidence.time;
  triple.quantity = evidence.quantity;
  for (const Qualifier& q : evidence.qualifiers) {
    triple.qualifiers.push_back(
        {q.role, q.span, MentionOf(q.entity, q.mention), q.time, q.quantity});
  }
  for (const Attribution& a : evidence.attributions) {
    triple.attributions.push_back({a.span, MentionOf(a.entity, a.mention)});
  }
  triple.rule = evidence.rule;
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

// What a document supports, as it was prepared. by_doc has run by run evidence and mentions by
// their ordinals.
absl::StatusOr<std::vector<PreparedRun>> LoadRuns(DocumentNumber number, const GraphReader& graph,
                                                  const DocumentRecord& record) {
  std::map<RunId, PreparedRun> runs;
  for (const RunId run : record.runs) {
    ASSIGN_OR_RETURN(runs[run].extractor, Required(graph.GetExtractor(run)));
  }
  auto parts = graph.PartsOf(number);
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

}  // namespace

absl::Status FindMisplaced(const std::string& key, PendingGraph* graph,
                           std::set<DocumentNumber>* documents) {
  const GraphReader& before = graph->before();
  ASSIGN_OR_RETURN(const auto entity, before.FindEntity(key));
  if (!entity) {
    return absl::OkStatus();
  }
  DocumentNumber number;
  std::string document;
  auto rows = before.MentionsOf(*entity);
  for (; rows.Valid(); rows.Next()) {
    if (rows->key.document != number) {
      number = rows->key.document;
      ASSIGN_OR_RETURN(DocumentRecord record, Required(before.GetDocument(number)));
      document = std::move(record.document.id);
    }
    const Mention& mention = rows->mention;
    ASSIGN_OR_RETURN(
        const std::string end,
        graph->links().Follow(mention.key.empty() ? key : mention.key, mention.name, document));
    if (end != key) {
      documents->insert(number);
    }
  }
  return rows.status();
}

absl::Status RelinkDocument(DocumentNumber number, PendingGraph* graph, TouchedTriples* touched) {
  const GraphReader& before = graph->before();
  ASSIGN_OR_RETURN(DocumentRecord record, Required(before.GetDocument(number)));
  ASSIGN_OR_RETURN(const std::vector<PreparedRun> runs, LoadRuns(number, before, record));
  RETURN_IF_ERROR(RemoveSupport(number, record, graph, touched));
  RETURN_IF_ERROR(AddSupport(number, runs, graph, &record, touched));
  graph->batch().Put(Family::kDocument, DocumentKey{graph->ns(), number}.Encode(),
                     EncodeDocument(record));
  return absl::OkStatus();
}

}  // namespace dossier
