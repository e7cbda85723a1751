#include "server/extract/path_error.h"

#include <fmt/format.h>

#include <string>
#include <system_error>

namespace dossier {

absl::Status PathError(std::string_view action, const std::filesystem::path& path, int error) {
  return absl::Status(absl::ErrnoToStatusCode(error),
                      fmt::format("cannot {} {}: {}", action, path.string(),
                                  std::generic_category().message(error)));
}

}  // namespace dossier
