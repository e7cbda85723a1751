#include "server/query/quoter.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"

namespace dossier {
namespace {

constexpr std::size_t kTextBytesPerWork = 4096;  // of a text, cost about what a record does

}  // namespace

absl::Status Quoter::Open(DocumentNumber number, PageWalk* page) {
  if (number_ == number) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(DocumentRecord record, graph_.GetDocument(number));
  ASSIGN_OR_RETURN(text_, graph_.GetText(number));
  document_ = std::move(record.document);
  number_ = number;
  return page->Work(2 + text_.size() / kTextBytesPerWork);
}

std::string Quoter::Quote(Span span, std::size_t max_bytes) const {
  return std::string(Utf8Prefix(Slice(text_, span), max_bytes));
}

std::string Quoter::QuoteAround(Span span, std::size_t bytes) const {
  const std::string_view text = text_;
  std::size_t begin = span.begin > bytes ? span.begin - bytes : 0;
  begin = std::max(begin, text.substr(0, span.begin).find_last_of("\n\r") + 1);
  while (!IsCharacterBoundary(text, begin)) {
    ++begin;
  }
  const std::size_t end = std::min(text.find_first_of("\n\r", span.end), text.size());
  const std::string_view after = Utf8Prefix(text.substr(span.end, end - span.end), bytes);
  return std::string(text.substr(begin, span.end - begin)).append(after);
}

}  // namespace dossier
