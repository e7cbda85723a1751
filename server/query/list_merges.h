#ifndef DOSSIER_SERVER_QUERY_LIST_MERGES_H_
#define DOSSIER_SERVER_QUERY_LIST_MERGES_H_

#include "absl/status/statusor.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// Merges and splits in the order in which they were decided, those that were undone too.
absl::StatusOr<Page<MergeView>> ListMerges(const ReadContext& context, const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_LIST_MERGES_H_
