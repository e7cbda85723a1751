#include "server/extract/elf_image.h"

#include <fmt/format.h>

#include <vector>

#include "plugins/abi/dossier_plugin.h"
#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/elf_reader.h"

namespace dossier {
namespace {

constexpr std::size_t kMaxManifestBytes = std::size_t{1} << 20;

absl::StatusOr<std::string_view> FindSection(const ElfReader& elf, std::string_view name) {
  ASSIGN_OR_RETURN(const std::vector<Elf64_Shdr> sections, elf.Sections());
  ASSIGN_OR_RETURN(const std::string_view names, elf.SectionNames(sections));
  for (const Elf64_Shdr& section : sections) {
    if (StringAt(names, section.sh_name) == name) {
      return elf.Content(section, "the manifest");
    }
  }
  return absl::InvalidArgumentError(fmt::format(
      "it has no manifest (ELF section {}): it is no Dossier plugin, or was linked without "
      "DOSSIER_MANIFEST",
      name));
}

}  // namespace

absl::StatusOr<std::string_view> FindManifestText(std::string_view file) {
  ASSIGN_OR_RETURN(const ElfReader elf, ElfReader::Open(file));
  ASSIGN_OR_RETURN(std::string_view text, FindSection(elf, DOSSIER_MANIFEST_SECTION));
  while (text.ends_with('\0')) {
    text.remove_suffix(1);
  }
  if (text.size() > kMaxManifestBytes) {
    return absl::InvalidArgumentError(fmt::format(
        "its manifest has {} bytes; at most {} are allowed", text.size(), kMaxManifestBytes));
  }
  if (FindInvalidUtf8(text)) {
    return absl::InvalidArgumentError("its manifest is not UTF-8");
  }
  return text;
}

}  // namespace dossier
