// Reads a shared object's bytes as a suspicious stranger's: no size, offset or count in them is
// believed before it has been checked against the file's end. Nothing is executed.
#ifndef DOSSIER_SERVER_EXTRACT_ELF_IMAGE_H_
#define DOSSIER_SERVER_EXTRACT_ELF_IMAGE_H_

#include <string_view>

#include "absl/status/statusor.h"

namespace dossier {

// The JSON text in the section DOSSIER_MANIFEST_SECTION of a shared object, a part of `file`.
// Errors say what the file is instead: INVALID_ARGUMENT when it is no shared object, is truncated
// or has no manifest, FAILED_PRECONDITION when it is one for another machine. Linear in the number
// of sections.
//
// The format is that of elf(5). Done over <elf.h> by hand, because libelf allocates by the
// section count that the file claims before anybody can check it.
absl::StatusOr<std::string_view> FindManifestText(std::string_view file);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_ELF_IMAGE_H_
