// Page tokens: where a walk goes on. To a client a token is a word of letters, digits, '-' and '_'.
// The server recognises its own by a MAC and keeps nothing about them, so a token is good for as
// long as the database is, across restarts.
//
//   token    = base64url, without padding, of: version:u8 request:u64 position:bytes mac:16 bytes
//   request  = the first 8 bytes of HMAC-SHA256(secret, 'r' request bytes)
//   mac      = the first 16 bytes of HMAC-SHA256(secret, 't' all that stands before it)
#ifndef DOSSIER_SERVER_QUERY_PAGE_TOKEN_H_
#define DOSSIER_SERVER_QUERY_PAGE_TOKEN_H_

#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"

namespace dossier {

class Store;

// Thread-safe.
class PageTokens {
 public:
  // With the secret of the database, which the first call ever makes. Not to be called from two
  // threads at once.
  static absl::StatusOr<PageTokens> Create(Store& store);
  explicit PageTokens(std::string secret) : secret_(std::move(secret)) {}

  // A token that goes on after `position` in the answer to `request`: bytes that stand for every
  // field of the request that decides which items the walk meets, and in which order.
  std::string Seal(std::string_view request, std::string_view position) const;

  // The position in a token that Seal() made for an equal request. INVALID_ARGUMENT, with a text
  // that says which and names `field`, for a token of another request, of another version of
  // the server or of somebody else's making.
  absl::StatusOr<std::string> Open(std::string_view field, std::string_view request,
                                   std::string_view token) const;

 private:
  std::string secret_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_PAGE_TOKEN_H_
