#ifndef DOSSIER_SERVER_QUERY_LIST_EVIDENCE_H_
#define DOSSIER_SERVER_QUERY_LIST_EVIDENCE_H_

#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "server/query/evidence_filter.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// Of a triple; in a document, by the client's id; or (monostate) all of the namespace.
using EvidenceScope = std::variant<std::monostate, TripleId, std::string>;

// Evidence that matches `filter`: documents in the order of their first ingestion, in each
// extractor by extractor, and of each in text order. NOT_FOUND when there is no such triple or
// document. The text of a document is read once a page, and one at a time is held.
absl::StatusOr<Page<EvidenceView>> ListEvidence(const ReadContext& context,
                                                const EvidenceScope& scope,
                                                const EvidenceFilter& filter,
                                                const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_LIST_EVIDENCE_H_
