// The rows of MatchTriples and Neighbors.
#ifndef DOSSIER_SERVER_QUERY_TRIPLE_PAGE_H_
#define DOSSIER_SERVER_QUERY_TRIPLE_PAGE_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "server/query/evidence_filter.h"
#include "server/query/page_walk.h"
#include "server/query/read_context.h"
#include "server/query/triple_walk.h"
#include "server/query/views.h"

namespace dossier {

// Appends to *views, in the order of their index, triples of `ids` that `accept` lets pass and that
// have evidence that matches `filter`, from `position` (empty: the first one) on until `page` is
// full or tired. Returns the position to go on from; empty: there are no more.
absl::StatusOr<std::string> CollectTriples(const ReadContext& context, const TripleIds& ids,
                                           const std::function<bool(const Triple&)>& accept,
                                           const EvidenceFilter& filter, std::string_view position,
                                           PageWalk* page, std::vector<TripleView>* views);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_TRIPLE_PAGE_H_
