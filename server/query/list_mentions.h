#ifndef DOSSIER_SERVER_QUERY_LIST_MENTIONS_H_
#define DOSSIER_SERVER_QUERY_LIST_MENTIONS_H_

#include <string>
#include <variant>

#include "absl/status/statusor.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// Of an entity; or in a document, by the client's id.
using MentionScope = std::variant<EntityId, std::string>;

// Mentions document by document in the order of their first ingestion, in each extractor by
// extractor, and of each in text order. NOT_FOUND when there is no such entity or document. The
// text of a document is read once a page, and one at a time is held.
absl::StatusOr<Page<MentionView>> ListMentions(const ReadContext& context,
                                               const MentionScope& scope, const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_LIST_MENTIONS_H_
