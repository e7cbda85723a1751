#include "server/extract/elf_image.h"

#include <elf.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include "plugins/abi/dossier_plugin.h"
#include "server/base/status_macros.h"
#include "server/base/utf8.h"

namespace dossier {
namespace {

#if defined(__x86_64__)
constexpr uint16_t kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr uint16_t kMachine = EM_AARCH64;
#else
#error "Name this machine's number in elf.h."
#endif

constexpr std::size_t kMaxManifestBytes = std::size_t{1} << 20;

absl::Status Truncated(std::string_view part, std::size_t file_size) {
  return absl::InvalidArgumentError(
      fmt::format("it is truncated or damaged: {} lies beyond its {} bytes", part, file_size));
}

// Whether [offset, offset + size) lies in the file.
bool Holds(std::string_view file, uint64_t offset, uint64_t size) {
  return offset <= file.size() && size <= file.size() - offset;
}

// A copy of the struct at `offset`: a file owes nobody alignment.
template <class Struct>
std::optional<Struct> ReadAt(std::string_view file, uint64_t offset) {
  if (!Holds(file, offset, sizeof(Struct))) {
    return std::nullopt;
  }
  Struct value;
  std::memcpy(&value, file.data() + offset, sizeof(value));
  return value;
}

std::string MachineName(uint16_t machine) {
  switch (machine) {
    case EM_X86_64:
      return "x86-64";
    case EM_AARCH64:
      return "AArch64";
    case EM_386:
      return "i386";
    case EM_ARM:
      return "ARM";
    case EM_RISCV:
      return "RISC-V";
    default:
      return fmt::format("machine {}", machine);
  }
}

absl::StatusOr<Elf64_Ehdr> ReadHeader(std::string_view file) {
  if (!file.starts_with(ELFMAG)) {
    return absl::InvalidArgumentError("it is not a shared object: it has no ELF header");
  }
  const auto header = ReadAt<Elf64_Ehdr>(file, 0);
  if (!header) {
    return Truncated("the ELF header", file.size());
  }
  if (header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_ident[EI_DATA] != ELFDATA2LSB ||
      header->e_machine != kMachine) {
    return absl::FailedPreconditionError(fmt::format(
        "it was built for another machine ({}, {} bits, {}-endian); this server needs {}, 64 bits, "
        "little-endian",
        MachineName(header->e_machine), header->e_ident[EI_CLASS] == ELFCLASS32 ? 32 : 64,
        header->e_ident[EI_DATA] == ELFDATA2MSB ? "big" : "little", MachineName(kMachine)));
  }
  if (header->e_type != ET_DYN) {
    return absl::InvalidArgumentError(
        "it is an ELF file, but not a shared object; was it linked with -shared?");
  }
  return *header;
}

// Loading a file that ends inside a segment kills the process when that page is first touched.
absl::Status CheckSegments(std::string_view file, const Elf64_Ehdr& header) {
  if (header.e_phnum == 0 || header.e_phentsize != sizeof(Elf64_Phdr)) {
    return absl::InvalidArgumentError("it is damaged: it has no proper program headers");
  }
  if (!Holds(file, header.e_phoff, uint64_t{header.e_phnum} * sizeof(Elf64_Phdr))) {
    return Truncated("the program header table", file.size());
  }
  for (uint64_t i = 0; i < header.e_phnum; ++i) {
    const auto segment = ReadAt<Elf64_Phdr>(file, header.e_phoff + i * sizeof(Elf64_Phdr));
    if (!Holds(file, segment->p_offset, segment->p_filesz)) {
      return Truncated("a segment", file.size());
    }
  }
  return absl::OkStatus();
}

// Whether a NUL-terminated `name` stands at `offset`.
bool HasNameAt(std::string_view file, uint64_t offset, std::string_view name) {
  return Holds(file, offset, name.size() + 1) && file.substr(offset, name.size()) == name &&
         file[offset + name.size()] == '\0';
}

absl::StatusOr<std::string_view> FindSection(std::string_view file, const Elf64_Ehdr& header,
                                             std::string_view name) {
  if (header.e_shnum == 0 || header.e_shentsize != sizeof(Elf64_Shdr) ||
      header.e_shstrndx >= header.e_shnum) {
    return absl::InvalidArgumentError("it has no section table; was it stripped of its sections?");
  }
  if (!Holds(file, header.e_shoff, uint64_t{header.e_shnum} * sizeof(Elf64_Shdr))) {
    return Truncated("the section table", file.size());
  }
  const auto section_at = [&](uint64_t index) {
    return *ReadAt<Elf64_Shdr>(file, header.e_shoff + index * sizeof(Elf64_Shdr));
  };
  const Elf64_Shdr names = section_at(header.e_shstrndx);
  if (!Holds(file, names.sh_offset, names.sh_size)) {
    return Truncated("the table of section names", file.size());
  }
  for (uint64_t i = 0; i < header.e_shnum; ++i) {
    const Elf64_Shdr section = section_at(i);
    if (!HasNameAt(file, names.sh_offset + section.sh_name, name)) {
      continue;
    }
    if (section.sh_type == SHT_NOBITS || !Holds(file, section.sh_offset, section.sh_size)) {
      return Truncated("the manifest", file.size());
    }
    return file.substr(section.sh_offset, section.sh_size);
  }
  return absl::InvalidArgumentError(fmt::format(
      "it has no manifest (ELF section {}): it is no Dossier plugin, or was linked without "
      "DOSSIER_MANIFEST",
      name));
}

}  // namespace

absl::StatusOr<std::string_view> FindManifestText(std::string_view file) {
  ASSIGN_OR_RETURN(const Elf64_Ehdr header, ReadHeader(file));
  RETURN_IF_ERROR(CheckSegments(file, header));
  ASSIGN_OR_RETURN(std::string_view text, FindSection(file, header, DOSSIER_MANIFEST_SECTION));
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
