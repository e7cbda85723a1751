#include "server/query/documents.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "server/base/sha256.h"
#include "server/base/status_macros.h"
#include "server/query/page_walk.h"
#include "server/query/view_size.h"
#include "server/storage/records.h"

namespace dossier {
namespace {

// Without the text.
DocumentView ViewOf(DocumentRecord record) {
  return {std::move(record.document),
          record.text_bytes,
          Hex(record.text_sha256),
          record.revision,
          record.mentions,
          record.triples,
          record.evidence};
}

}  // namespace

absl::StatusOr<DocumentView> GetDocument(const ReadContext& context, std::string_view document_id,
                                         bool include_text) {
  ASSIGN_OR_RETURN(const auto number, context.graph.FindDocument(document_id));
  if (!number) {
    return absl::NotFoundError(fmt::format("no document has the id \"{}\"", document_id));
  }
  ASSIGN_OR_RETURN(DocumentRecord record, context.graph.GetDocument(*number));
  DocumentView view = ViewOf(std::move(record));
  if (include_text) {
    ASSIGN_OR_RETURN(view.document.text, context.graph.GetText(*number));
  }
  return view;
}

absl::StatusOr<Page<DocumentView>> ListDocuments(const ReadContext& context,
                                                 const PageRequest& page) {
  ASSIGN_OR_RETURN(PageWalk walk, PageWalk::Begin(context, page, "ListDocuments"));
  Page<DocumentView> result;
  std::string position = walk.position();
  auto rows = context.graph.Documents(position);
  for (; rows.Valid(); rows.Next()) {
    if (walk.full() || walk.tired()) {
      result.next_token = walk.TokenAt(position);
      return result;
    }
    RETURN_IF_ERROR(walk.Work(1));
    DocumentView view = ViewOf(rows->record);
    if (!walk.Take(WireBytes(view))) {
      result.next_token = walk.TokenAt(position);
      return result;
    }
    result.items.push_back(std::move(view));
    position = rows.key();
  }
  RETURN_IF_ERROR(rows.status());
  return result;
}

}  // namespace dossier
