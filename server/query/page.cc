#include "server/query/page.h"

#include <fmt/format.h>

#include <algorithm>

#include "server/base/field_error.h"

namespace dossier {

absl::StatusOr<std::size_t> PageItems(int32_t page_size) {
  constexpr int32_t kDefault = 100;
  constexpr int32_t kMax = 1000;
  if (page_size < 0) {
    return FieldError("page_size", fmt::format("is {}; it must not be negative", page_size));
  }
  return static_cast<std::size_t>(page_size == 0 ? kDefault : std::min(page_size, kMax));
}

}  // namespace dossier
