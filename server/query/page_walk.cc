#include "server/query/page_walk.h"

#include <cassert>
#include <utility>

#include "server/base/coding.h"
#include "server/base/status_macros.h"
#include "server/query/page_token.h"

namespace dossier {

absl::StatusOr<PageWalk> PageWalk::Begin(const ReadContext& context, const PageRequest& page,
                                         std::string_view fields, std::string_view token_field) {
  assert(page.max_items > 0);
  std::string request;
  PutVarint(&request, context.graph.ns().value());
  PutVarint(&request, context.at ? context.at->value() + 1 : 0);
  request.append(fields);
  PageWalk walk(context, page, std::move(request));
  if (!page.token.empty()) {
    ASSIGN_OR_RETURN(walk.position_, context.tokens->Open(token_field, walk.request_, page.token));
  }
  return walk;
}

std::string PageWalk::TokenAt(std::string_view position) const {
  assert(!position.empty());
  return context_->tokens->Seal(request_, position);
}

absl::Status PageWalk::Work(std::size_t records) {
  work_ += records;
  return context_->stop.stop_requested() ? absl::CancelledError("the caller no longer waits")
                                         : absl::OkStatus();
}

bool PageWalk::Take(std::size_t bytes) {
  if (full() || (items_ > 0 && bytes > limits_.max_bytes - bytes_)) {
    return false;
  }
  ++items_;
  bytes_ += bytes;
  return true;
}

}  // namespace dossier
