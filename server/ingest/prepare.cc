#include "server/ingest/prepare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <tuple>
#include <utility>

#include "server/ingest/resolve.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxWarnings = 10;

// Resolves and sorts the mentions. Returns where each went.
std::vector<MentionIndex> PrepareMentions(const Document& document,
                                          std::vector<ExtractedMention> mentions,
                                          PreparedRun* run) {
  std::vector<ResolvedMention> resolved = ResolveMentions(document, mentions);
  std::vector<MentionIndex> order(mentions.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](MentionIndex a, MentionIndex b) {
    return mentions[a].span < mentions[b].span;
  });
  std::vector<MentionIndex> place(mentions.size());
  run->mentions.reserve(mentions.size());
  for (const MentionIndex i : order) {
    place[i] = static_cast<MentionIndex>(run->mentions.size());
    ResolvedMention& link = resolved[i];
    run->mentions.push_back(
        {std::move(link.key),
         {mentions[i].span, mentions[i].kind, EntityId(), std::move(mentions[i].type),
          std::move(link.name), std::move(link.rule), link.confidence, std::string()}});
  }
  return place;
}

void PrepareTriples(const std::vector<MentionIndex>& place, std::vector<ExtractedTriple> triples,
                    PreparedRun* run) {
  for (ExtractedTriple& triple : triples) {
    triple.subject = place[triple.subject];
    const auto move = [&](std::optional<MentionIndex>* mention) {
      if (*mention) {
        *mention = place[**mention];
      }
    };
    move(&triple.object);
    for (ExtractedQualifier& qualifier : triple.qualifiers) {
      move(&qualifier.mention);
    }
    for (ExtractedAttribution& attribution : triple.attributions) {
      move(&attribution.mention);
    }
  }
  std::stable_sort(triples.begin(), triples.end(),
                   [](const ExtractedTriple& a, const ExtractedTriple& b) {
                     return std::tie(a.sentence, a.predicate_span, a.subject) <
                            std::tie(b.sentence, b.predicate_span, b.subject);
                   });
  run->triples = std::move(triples);
}

}  // namespace

DocumentSketch SketchOfRuns(std::string_view text, const std::vector<PreparedRun>& runs) {
  std::vector<Span> sentences;
  for (const PreparedRun& run : runs) {
    for (const ExtractedTriple& triple : run.triples) {
      sentences.push_back(triple.sentence);
    }
  }
  return SketchDocument(text, std::move(sentences));
}

PreparedDocument Prepare(Document document, std::string text_sha256, Extraction extraction) {
  PreparedDocument prepared;
  prepared.fingerprint = DocumentFingerprint(document, text_sha256);
  prepared.text_sha256 = std::move(text_sha256);
  prepared.warnings = std::move(extraction.warnings);
  for (ExtractorRun& from : extraction.runs) {
    for (const std::string& refusal : from.output.refusals) {
      if (prepared.warnings.size() < kMaxWarnings) {
        prepared.warnings.push_back(fmt::format("{}: {}", from.extractor.id, refusal));
      }
    }
    PreparedRun& run = prepared.runs.emplace_back();
    run.extractor = std::move(from.extractor);
    const std::vector<MentionIndex> place =
        PrepareMentions(document, std::move(from.output.mentions), &run);
    PrepareTriples(place, std::move(from.output.triples), &run);
  }
  prepared.sketch = SketchOfRuns(document.text, prepared.runs);
  prepared.document = std::move(document);
  return prepared;
}

}  // namespace dossier
