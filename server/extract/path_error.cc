#include "server/extract/path_error.h"

#include <fmt/format.h>

namespace dossier {

absl::Status PathError(std::string_view action, const std::filesystem::path& path, int error) {
  return absl::ErrnoToStatus(error, fmt::format("cannot {} {}", action, path.string()));
}

}  // namespace dossier
