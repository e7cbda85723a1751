#include "server/ingest/statement.h"

#include <optional>

namespace dossier {

std::vector<MentionPlace> PlacesOf(const PreparedRun& run) {
  std::vector<MentionPlace> places;
  for (const PreparedMention& prepared : run.mentions) {
    places.push_back({prepared.mention.span, kItsMention});
  }
  return places;
}

Evidence ToEvidence(const ExtractedTriple& triple, const std::vector<MentionPlace>& mentions) {
  const auto entity = [&](std::optional<MentionIndex> mention) {
    return mention ? mentions[*mention].entity : EntityId();
  };
  Evidence evidence;
  evidence.sentence = triple.sentence;
  evidence.subject = mentions[triple.subject].span;
  evidence.predicate = triple.predicate_span;
  evidence.subject_mention = triple.subject;
  evidence.object_mention = triple.object;
  evidence.object = triple.object ? mentions[*triple.object].span : triple.literal_span;
  evidence.polarity = triple.polarity;
  evidence.modality = triple.modality;
  evidence.confidence = triple.confidence;
  evidence.time = triple.time;
  evidence.quantity = triple.quantity;
  for (const ExtractedQualifier& q : triple.qualifiers) {
    evidence.qualifiers.push_back(
        {q.role, q.span, entity(q.mention), q.mention.value_or(0), q.time, q.quantity});
  }
  for (const ExtractedAttribution& a : triple.attributions) {
    evidence.attributions.push_back({a.span, entity(a.mention), a.mention.value_or(0)});
  }
  evidence.rule = triple.rule;
  return evidence;
}

ExtractedTriple FromEvidence(const Evidence& evidence) {
  const auto mention = [](const auto& part) {
    return part.entity.valid() ? std::optional(part.mention) : std::nullopt;
  };
  ExtractedTriple triple;
  triple.sentence = evidence.sentence;
  triple.subject = evidence.subject_mention;
  triple.object = evidence.object_mention;
  if (!triple.object) {
    triple.literal_span = evidence.object;
  }
  triple.predicate_span = evidence.predicate;
  triple.polarity = evidence.polarity;
  triple.modality = evidence.modality;
  triple.confidence = evidence.confidence;
  triple.time = evidence.time;
  triple.quantity = evidence.quantity;
  for (const Qualifier& q : evidence.qualifiers) {
    triple.qualifiers.push_back({q.role, q.span, mention(q), q.time, q.quantity});
  }
  for (const Attribution& a : evidence.attributions) {
    triple.attributions.push_back({a.span, mention(a)});
  }
  triple.rule = evidence.rule;
  return triple;
}

}  // namespace dossier
