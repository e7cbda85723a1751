#ifndef DOSSIER_SERVER_QUERY_QUOTER_H_
#define DOSSIER_SERVER_QUERY_QUOTER_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"
#include "server/model/document.h"
#include "server/model/span.h"
#include "server/query/page_walk.h"
#include "server/storage/graph_reader.h"

namespace dossier {

// The document whose words are being quoted; the text of one at a time is held. Borrows the reader.
class Quoter {
 public:
  explicit Quoter(const GraphReader& graph) : graph_(graph) {}

  // Reads the document unless it is open, which `page` counts.
  absl::Status Open(DocumentNumber number, PageWalk* page);

  // What is known of it, without its text.
  const Document& document() const { return document_; }
  const std::string& id() const { return document_.id; }
  bool Has(Span span) const { return span.begin <= span.end && span.end <= text_.size(); }
  // REQUIRES: Has(span), as do the others.
  std::string Quote(Span span, std::size_t max_bytes) const;
  // The words of `span` with what stands around them on the line, at most `bytes` on either side.
  std::string QuoteAround(Span span, std::size_t bytes) const;

 private:
  const GraphReader& graph_;
  DocumentNumber number_;
  Document document_;
  std::string text_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_QUOTER_H_
