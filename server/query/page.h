// Pages: parts of a walk that are bounded in items, bytes and work.
#ifndef DOSSIER_SERVER_QUERY_PAGE_H_
#define DOSSIER_SERVER_QUERY_PAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace dossier {

// A page ends where the first of the bounds is met. It holds one item however large it is.
struct PageRequest {
  std::string token = {};           // next_token of the page before; empty: from the beginning
  std::size_t max_items = 100;      // > 0
  std::size_t max_bytes = 1 << 20;  // of the items as views, about what they take on the wire
  std::size_t max_work = 10'000;    // records read; tens of milliseconds, or less
};

// A page may be short, or empty, and not be the last.
template <class T>
struct Page {
  std::vector<T> items;
  std::string next_token;  // empty: this was the last
};

// The items that a page_size of a request stands for: 0 is 100, over 1,000 is 1,000, below 0 is
// INVALID_ARGUMENT.
absl::StatusOr<std::size_t> PageItems(int32_t page_size);

}  // namespace dossier

#endif  // DOSSIER_SERVER_QUERY_PAGE_H_
