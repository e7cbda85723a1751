#ifndef DOSSIER_SERVER_EXTRACT_PATH_ERROR_H_
#define DOSSIER_SERVER_EXTRACT_PATH_ERROR_H_

#include <filesystem>
#include <string_view>

#include "absl/status/status.h"

namespace dossier {

// "cannot ACTION PATH: REASON", where `error` is an errno.
absl::Status PathError(std::string_view action, const std::filesystem::path& path, int error);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_PATH_ERROR_H_
