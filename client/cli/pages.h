// What the commands that ask the graph share: how they name entities and walk over pages.
#ifndef DOSSIER_CLIENT_CLI_PAGES_H_
#define DOSSIER_CLIENT_CLI_PAGES_H_

#include <algorithm>
#include <cstdint>
#include <string>

#include "client/cli/command.h"

namespace dossier::cli {

inline constexpr uint64_t kDefaultLimit = 50;

// "id:e17" or a name.
v1::EntitySelector Selector(const std::string& text);

// Adds --limit.
void AddLimit(CLI::App& command, uint64_t* limit);

// Fetches pages and prints their items until the end or `limit` items. `print` returns how many
// items a page had.
template <class Request, class Response, class Fetch, class Print>
int PrintPages(const Global& global, Request request, uint64_t limit, Fetch fetch, Print print) {
  uint64_t left = limit;
  do {
    request.set_page_size(static_cast<int>(std::min<uint64_t>(left, 1000)));
    Response page;
    if (const grpc::Status status = fetch(request, &page); !status.ok()) {
      return Report(global, status);
    }
    left -= print(page);
    request.set_page_token(page.next_page_token());
  } while (left > 0 && !request.page_token().empty());
  return 0;
}

}  // namespace dossier::cli

#endif  // DOSSIER_CLIENT_CLI_PAGES_H_
