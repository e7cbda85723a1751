// What all pages have in common: where they begin, what they may hold and cost, how they end.
#ifndef DOSSIER_SERVER_QUERY_PAGE_WALK_H_
#define DOSSIER_SERVER_QUERY_PAGE_WALK_H_

#include <cstddef>
#include <stop_token>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/query/page.h"
#include "server/query/read_context.h"

namespace dossier {

// The page that is being made. Borrows the context.
class PageWalk {
 public:
  // `fields`: bytes that stand for the request (PageTokens::Seal()), the namespace aside.
  // `token_field` names the token in errors.
  static absl::StatusOr<PageWalk> Begin(const ReadContext& context, const PageRequest& page,
                                        std::string_view fields,
                                        std::string_view token_field = "page_token");

  // Where the page begins, as the one before passed it to TokenAt(); empty for the first.
  const std::string& position() const { return position_; }
  // REQUIRES: `position` is not empty.
  std::string TokenAt(std::string_view position) const;

  // Counts records read. CANCELLED when the caller no longer waits.
  absl::Status Work(std::size_t records);
  // Whether the page has cost enough. A walk that has got on by one record may end then.
  bool tired() const { return work_ >= limits_.max_work; }

  // Counts an item of `bytes` if there is room for it; the first finds room whatever its size.
  bool Take(std::size_t bytes);
  std::size_t items_left() const { return limits_.max_items - items_; }
  bool full() const { return items_left() == 0 || bytes_ >= limits_.max_bytes; }

 private:
  PageWalk(const ReadContext& context, const PageRequest& limits, std::string request)
      : context_(&context), limits_(limits), request_(std::move(request)) {}

  const ReadContext* context_;
  PageRequest limits_;
  std::string request_;
  std::string position_;
  std::size_t items_ = 0;
  std::size_t bytes_ = 0;
  std::size_t work_ = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_PAGE_WALK_H_
