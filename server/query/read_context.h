#ifndef DOSSIER_SERVER_QUERY_READ_CONTEXT_H_
#define DOSSIER_SERVER_QUERY_READ_CONTEXT_H_

#include <cstddef>
#include <optional>
#include <stop_token>
#include <string_view>

#include "absl/status/statusor.h"
#include "server/model/ids.h"
#include "server/query/page_token.h"
#include "server/storage/graph_reader.h"
#include "server/storage/store.h"

namespace dossier {

// What every query reads: one namespace as it was at one moment. Any thread may use it.
struct ReadContext {
  GraphReader graph;                // holds a snapshot: drop it soon
  Revision revision;                // the last commit that the snapshot shows
  const PageTokens* tokens;         // not null; outlives the context
  std::stop_token stop;             // makes queries end soon, with CANCELLED
  std::optional<Revision> at = {};  // that was asked for; none: as it is now
};

inline constexpr std::size_t kMaxNamespaceBytes = 128;

// The namespace as it is now, or as it was after commit `at` (see history_store.h; OUT_OF_RANGE
// when that cannot be known). INVALID_ARGUMENT for a name that is too long, NOT_FOUND for one that
// no document was ever ingested into; the default one, "", is then simply empty.
absl::StatusOr<ReadContext> BeginRead(const Store& store, const PageTokens& tokens,
                                      std::string_view name_space, std::stop_token stop,
                                      std::optional<Revision> at = {});

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_READ_CONTEXT_H_
