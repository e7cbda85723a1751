// What views take on the wire, about: enough to bound a page by.
#ifndef DOSSIER_SERVER_QUERY_VIEW_SIZE_H_
#define DOSSIER_SERVER_QUERY_VIEW_SIZE_H_

#include <cstddef>

#include "server/query/corroboration.h"
#include "server/query/list_conflicts.h"
#include "server/query/views.h"

namespace dossier {

std::size_t WireBytes(const EntityView& view);
std::size_t WireBytes(const EntityDetails& view);
std::size_t WireBytes(const TripleView& view);
std::size_t WireBytes(const EvidenceView& view);
std::size_t WireBytes(const MentionView& view);
std::size_t WireBytes(const StatementView& view);
std::size_t WireBytes(const OriginView& view);
std::size_t WireBytes(const ConflictView& view);
std::size_t WireBytes(const MergeView& view);
std::size_t WireBytes(const DocumentView& view);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_VIEW_SIZE_H_
