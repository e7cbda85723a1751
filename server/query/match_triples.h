#ifndef DOSSIER_SERVER_QUERY_MATCH_TRIPLES_H_
#define DOSSIER_SERVER_QUERY_MATCH_TRIPLES_H_

#include <optional>
#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "server/model/triple.h"
#include "server/query/entity_selector.h"
#include "server/query/evidence_filter.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// What is left open fits anything.
struct TripleQuery {
  std::optional<EntitySelector> subject = {};
  std::string predicate = {};  // normalised, whole; empty: any
  std::optional<std::variant<EntitySelector, Literal>> object = {};
};

// The triples that fit `query` and have evidence that matches `filter`, each once, in the order
// of the index that serves the pattern (triple_walk.h). NOT_FOUND for a selected id that no entity
// has. To stream, ask page after page until next_token is empty: from one context to see one
// moment, or from a new one each time to hold nothing while the receiver is slow. Then triples that
// stood before and after the change are neither lost nor repeated.
absl::StatusOr<Page<TripleView>> MatchTriples(const ReadContext& context, const TripleQuery& query,
                                              const EvidenceFilter& filter,
                                              const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_MATCH_TRIPLES_H_
