#ifndef DOSSIER_SERVER_RPC_READ_H_
#define DOSSIER_SERVER_RPC_READ_H_

#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "server/query/page.h"
#include "server/query/read_context.h"
#include "server/rpc/services.h"
#include "server/rpc/to_proto.h"

namespace dossier {

// The revision that a request asks for; none: it has no field `at`.
template <class Request>
std::optional<Revision> ToRevision(const Request& request) {
  return request.has_at() ? std::optional(Revision(request.at().number())) : std::nullopt;
}

// BeginRead with errors as clients get them: the field `namespace` is named.
absl::StatusOr<ReadContext> BeginCall(const Backends& backends, const std::string& name_space,
                                      std::stop_token stop, std::optional<Revision> at = {});

// The same for a request with the fields `namespace` and `at`.
template <class Request>
absl::StatusOr<ReadContext> BeginCall(const Backends& backends, const Request& request,
                                      std::stop_token stop) {
  return BeginCall(backends, request.namespace_(), std::move(stop), ToRevision(request));
}

// The error of a page: what is invalid there is the request's page_token.
absl::Status PageError(const absl::Status& status);

// Moves a page into the items and next_page_token of a response.
template <class T, class Items, class Response>
void FillPage(Page<T> page, Items* items, Response* response) {
  for (T& item : page.items) {
    ToProto(std::move(item), items->Add());
  }
  response->set_next_page_token(std::move(page.next_token));
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_READ_H_
