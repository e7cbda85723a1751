#ifndef DOSSIER_SERVER_QUERY_REEXTRACTIONS_H_
#define DOSSIER_SERVER_QUERY_REEXTRACTIONS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// NOT_FOUND when there is none with that id.
absl::StatusOr<ReextractionView> GetReextraction(const ReadContext& context, const std::string& id);

// All that were not dropped, in the order of their ids.
absl::StatusOr<Page<ReextractionView>> ListReextractions(const ReadContext& context,
                                                         const PageRequest& page);

struct ReextractionTotals {
  uint64_t open = 0;
  uint64_t shadows = 0;
};

// Reads a record for each reextraction.
absl::StatusOr<ReextractionTotals> CountReextractions(const ReadContext& context);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_REEXTRACTIONS_H_
