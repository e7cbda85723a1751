#ifndef DOSSIER_SERVER_QUERY_DOCUMENTS_H_
#define DOSSIER_SERVER_QUERY_DOCUMENTS_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/query/views.h"

namespace dossier {

// NOT_FOUND when there is none with that id.
absl::StatusOr<DocumentView> GetDocument(const ReadContext& context, std::string_view document_id,
                                         bool include_text);

// All documents in the order of their first ingestion, without their texts.
absl::StatusOr<Page<DocumentView>> ListDocuments(const ReadContext& context,
                                                 const PageRequest& page);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_DOCUMENTS_H_
