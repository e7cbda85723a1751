#include "server/extract/elf_reader.h"

#include <fmt/format.h>

#include <string>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

#if defined(__x86_64__)
constexpr uint16_t kMachine = EM_X86_64;
#elif defined(__aarch64__)
constexpr uint16_t kMachine = EM_AARCH64;
#else
#error "Name this machine's number in elf.h."
#endif

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

}  // namespace

std::optional<std::string_view> StringAt(std::string_view strings, uint64_t offset) {
  if (offset >= strings.size()) {
    return std::nullopt;
  }
  const std::string_view rest = strings.substr(offset);
  const std::size_t end = rest.find('\0');
  return end == rest.npos ? std::nullopt : std::optional(rest.substr(0, end));
}

absl::StatusOr<ElfReader> ElfReader::Open(std::string_view file) {
  ElfReader reader(file);
  RETURN_IF_ERROR(reader.ReadHeader());
  RETURN_IF_ERROR(reader.ReadSegments());
  return reader;
}

absl::Status ElfReader::Truncated(std::string_view part) const {
  return absl::InvalidArgumentError(
      fmt::format("it is truncated or damaged: {} lies beyond its {} bytes", part, file_.size()));
}

absl::Status ElfReader::ReadHeader() {
  if (!file_.starts_with(ELFMAG)) {
    return absl::InvalidArgumentError("it is not a shared object: it has no ELF header");
  }
  const auto header = ReadAt<Elf64_Ehdr>(file_, 0);
  if (!header) {
    return Truncated("the ELF header");
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
  header_ = *header;
  return absl::OkStatus();
}

// Loading a file that ends inside a segment kills the process when that page is first touched.
absl::Status ElfReader::ReadSegments() {
  if (header_.e_phnum == 0 || header_.e_phentsize != sizeof(Elf64_Phdr)) {
    return absl::InvalidArgumentError("it is damaged: it has no proper program headers");
  }
  if (!Holds(header_.e_phoff, uint64_t{header_.e_phnum} * sizeof(Elf64_Phdr))) {
    return Truncated("the program header table");
  }
  for (uint64_t i = 0; i < header_.e_phnum; ++i) {
    segments_.push_back(*ReadAt<Elf64_Phdr>(file_, header_.e_phoff + i * sizeof(Elf64_Phdr)));
    if (!Holds(segments_.back().p_offset, segments_.back().p_filesz)) {
      return Truncated("a segment");
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Elf64_Shdr>> ElfReader::Sections() const {
  if (header_.e_shnum == 0 || header_.e_shentsize != sizeof(Elf64_Shdr) ||
      header_.e_shstrndx >= header_.e_shnum) {
    return absl::InvalidArgumentError("it has no section table; was it stripped of its sections?");
  }
  if (!Holds(header_.e_shoff, uint64_t{header_.e_shnum} * sizeof(Elf64_Shdr))) {
    return Truncated("the section table");
  }
  std::vector<Elf64_Shdr> sections;
  for (uint64_t i = 0; i < header_.e_shnum; ++i) {
    sections.push_back(*ReadAt<Elf64_Shdr>(file_, header_.e_shoff + i * sizeof(Elf64_Shdr)));
  }
  return sections;
}

absl::StatusOr<std::string_view> ElfReader::Content(const Elf64_Shdr& section,
                                                    std::string_view part) const {
  if (section.sh_type == SHT_NOBITS || !Holds(section.sh_offset, section.sh_size)) {
    return Truncated(part);
  }
  return file_.substr(section.sh_offset, section.sh_size);
}

absl::StatusOr<std::string_view> ElfReader::SectionNames(
    const std::vector<Elf64_Shdr>& sections) const {
  return Content(sections[header_.e_shstrndx], "the table of section names");
}

}  // namespace dossier
