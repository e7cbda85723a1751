// What an extractor says as a triple, and the evidence that it becomes: the one from the other.
#ifndef DOSSIER_SERVER_INGEST_STATEMENT_H_
#define DOSSIER_SERVER_INGEST_STATEMENT_H_

#include <vector>

#include "server/extract/extraction.h"
#include "server/ingest/prepare.h"
#include "server/model/evidence.h"
#include "server/model/ids.h"
#include "server/model/span.h"

namespace dossier {

// Where a mention stands and what it names.
struct MentionPlace {
  Span span;
  EntityId entity;
};

// Of the mentions of a reading that is not stored, so that each names kItsMention, any entity.
inline constexpr EntityId kItsMention{1};
std::vector<MentionPlace> PlacesOf(const PreparedRun& run);

// The evidence for `triple`, whose indices are those of `mentions`; its revision is none.
Evidence ToEvidence(const ExtractedTriple& triple, const std::vector<MentionPlace>& mentions);

// The inverse, but for the predicate and the literal, which evidence does not have.
ExtractedTriple FromEvidence(const Evidence& evidence);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_STATEMENT_H_
