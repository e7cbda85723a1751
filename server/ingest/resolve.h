// From the mentions of one document to the entities that they name. RESOLUTION.md says by which
// rules, with examples.
#ifndef DOSSIER_SERVER_INGEST_RESOLVE_H_
#define DOSSIER_SERVER_INGEST_RESOLVE_H_

#include <string>
#include <vector>

#include "server/extract/extraction.h"
#include "server/model/document.h"

namespace dossier {

struct ResolvedMention {
  std::string key;   // Entity::key of what it names
  std::string name;  // its vote for the entity's names; empty: none
  std::string rule;  // "name", "acronym", "surname", "first name", "self", or the extractor's own
  double confidence = 1;
};

// One for each of `mentions`, which are all that one extractor found in `document`. A function of
// its arguments alone, so the order in which documents come does not matter and a document can be
// taken back exactly. Takes O((text + mentions) log mentions).
std::vector<ResolvedMention> ResolveMentions(const Document& document,
                                             const std::vector<ExtractedMention>& mentions);

}  // namespace dossier

#endif  // DOSSIER_SERVER_INGEST_RESOLVE_H_
