#ifndef DOSSIER_SERVER_EXTRACT_ELF_IMAGE_H_
#define DOSSIER_SERVER_EXTRACT_ELF_IMAGE_H_

#include <string_view>

#include "absl/status/statusor.h"

namespace dossier {

// The JSON text in the section DOSSIER_MANIFEST_SECTION of a shared object, a part of `file`.
// Errors as ElfReader's, and INVALID_ARGUMENT when it has no manifest. Linear in the number of
// sections.
absl::StatusOr<std::string_view> FindManifestText(std::string_view file);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_ELF_IMAGE_H_
