#ifndef DOSSIER_SERVER_QUERY_STATS_H_
#define DOSSIER_SERVER_QUERY_STATS_H_

#include "absl/status/statusor.h"
#include "server/query/read_context.h"
#include "server/storage/records.h"

namespace dossier {

// What the namespace holds. Reads one record.
absl::StatusOr<Totals> ReadTotals(const ReadContext& context);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_STATS_H_
