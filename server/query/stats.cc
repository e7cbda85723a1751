#include "server/query/stats.h"

namespace dossier {

absl::StatusOr<Totals> ReadTotals(const ReadContext& context) { return context.graph.ReadTotals(); }

}  // namespace dossier
