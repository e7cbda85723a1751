#include "server/extract/elf_image.h"

#include <elf.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "server/base/status_matchers.h"

namespace dossier {
namespace {

using ::testing::HasSubstr;

#if defined(__x86_64__)
constexpr uint16_t kMachine = EM_X86_64;
#else
constexpr uint16_t kMachine = EM_AARCH64;
#endif

// A shared object that holds its headers, one segment, three sections and nothing else.
struct Image {
  Elf64_Ehdr header = {};
  Elf64_Phdr segment = {};
  std::string manifest = "{}";
  std::string names = std::string("\0.dossier_manifest\0.shstrtab\0", 29);
  std::vector<Elf64_Shdr> sections = std::vector<Elf64_Shdr>(3);

  Image() {
    std::memcpy(header.e_ident, ELFMAG, SELFMAG);
    header.e_ident[EI_CLASS] = ELFCLASS64;
    header.e_ident[EI_DATA] = ELFDATA2LSB;
    header.e_type = ET_DYN;
    header.e_machine = kMachine;
    header.e_phoff = sizeof(header);
    header.e_phentsize = sizeof(segment);
    header.e_phnum = 1;
    header.e_shentsize = sizeof(Elf64_Shdr);
    header.e_shnum = 3;
    header.e_shstrndx = 2;
    segment.p_type = PT_LOAD;
    LayOut();
  }

  // Places the parts one after the other.
  void LayOut() {
    const uint64_t manifest_at = sizeof(header) + sizeof(segment);
    sections[1] = {};
    sections[1].sh_name = 1;
    sections[1].sh_type = SHT_PROGBITS;
    sections[1].sh_offset = manifest_at;
    sections[1].sh_size = manifest.size();
    sections[2] = {};
    sections[2].sh_name = 19;
    sections[2].sh_type = SHT_STRTAB;
    sections[2].sh_offset = manifest_at + manifest.size();
    sections[2].sh_size = names.size();
    header.e_shoff = manifest_at + manifest.size() + names.size();
    segment.p_filesz = header.e_shoff;
  }

  std::string Bytes() const {
    std::string bytes;
    const auto append = [&](const auto& value) {
      bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
    };
    append(header);
    append(segment);
    bytes += manifest + names;
    for (const Elf64_Shdr& section : sections) {
      append(section);
    }
    return bytes;
  }
};

TEST(ElfImage, FindsTheManifest) {
  Image image;
  image.manifest = "{\"id\": \"é\"}" + std::string(5, '\0');
  image.LayOut();
  const std::string bytes = image.Bytes();
  const auto text = FindManifestText(bytes);
  ASSERT_THAT(text, IsOk());
  EXPECT_EQ(*text, "{\"id\": \"é\"}");
}

TEST(ElfImage, SaysWhatTheFileIsInstead) {
  const struct {
    std::function<void(Image&)> spoil;
    absl::StatusCode code;
    const char* text;
  } rows[] = {
      {[](Image& i) { i.header.e_ident[1] = 'e'; }, absl::StatusCode::kInvalidArgument,
       "not a shared object: it has no ELF header"},
      {[](Image& i) { i.header.e_ident[EI_CLASS] = ELFCLASS32; },
       absl::StatusCode::kFailedPrecondition, "another machine"},
      {[](Image& i) { i.header.e_ident[EI_DATA] = ELFDATA2MSB; },
       absl::StatusCode::kFailedPrecondition, "big-endian"},
      {[](Image& i) { i.header.e_machine = EM_RISCV; }, absl::StatusCode::kFailedPrecondition,
       "RISC-V"},
      {[](Image& i) { i.header.e_type = ET_REL; }, absl::StatusCode::kInvalidArgument, "-shared"},
      {[](Image& i) { i.header.e_phnum = 0; }, absl::StatusCode::kInvalidArgument,
       "no proper program headers"},
      {[](Image& i) { i.header.e_phoff = UINT64_MAX - 8; }, absl::StatusCode::kInvalidArgument,
       "the program header table lies beyond"},
      {[](Image& i) { i.segment.p_filesz = UINT64_MAX; }, absl::StatusCode::kInvalidArgument,
       "a segment lies beyond"},
      {[](Image& i) { i.segment.p_offset = 1 << 20; }, absl::StatusCode::kInvalidArgument,
       "a segment lies beyond"},
      {[](Image& i) { i.header.e_shnum = 0; }, absl::StatusCode::kInvalidArgument,
       "no section table"},
      {[](Image& i) { i.header.e_shnum = UINT16_MAX; }, absl::StatusCode::kInvalidArgument,
       "the section table lies beyond"},
      {[](Image& i) { i.header.e_shoff = UINT64_MAX - 64; }, absl::StatusCode::kInvalidArgument,
       "the section table lies beyond"},
      {[](Image& i) { i.header.e_shstrndx = 3; }, absl::StatusCode::kInvalidArgument,
       "no section table"},
      {[](Image& i) { i.sections[2].sh_size = UINT64_MAX; }, absl::StatusCode::kInvalidArgument,
       "the table of section names lies beyond"},
      {[](Image& i) { i.sections[1].sh_name = UINT32_MAX; }, absl::StatusCode::kInvalidArgument,
       "no manifest (ELF section .dossier_manifest)"},
      {[](Image& i) { i.sections[1].sh_name = 2; }, absl::StatusCode::kInvalidArgument,
       "no manifest"},
      {[](Image& i) { i.sections[1].sh_size = UINT64_MAX; }, absl::StatusCode::kInvalidArgument,
       "the manifest lies beyond"},
      {[](Image& i) { i.sections[1].sh_type = SHT_NOBITS; }, absl::StatusCode::kInvalidArgument,
       "the manifest lies beyond"},
      {[](Image& i) {
         i.manifest = "\xff";
         i.LayOut();
       },
       absl::StatusCode::kInvalidArgument, "not UTF-8"},
      {[](Image& i) {
         i.manifest.assign(2 << 20, ' ');
         i.LayOut();
       },
       absl::StatusCode::kInvalidArgument, "2097152 bytes; at most 1048576"},
  };
  for (const auto& row : rows) {
    Image image;
    row.spoil(image);
    EXPECT_THAT(FindManifestText(image.Bytes()), StatusIs(row.code, HasSubstr(row.text)));
  }
}

TEST(ElfImage, RefusesEveryTruncation) {
  const std::string bytes = Image().Bytes();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // A copy of its own, so that a sanitizer sees a read beyond the end.
    const std::string part(bytes, 0, size);
    EXPECT_THAT(FindManifestText(part),
                StatusIs(absl::StatusCode::kInvalidArgument,
                         HasSubstr(size < 4 ? "no ELF header" : "truncated")))
        << size;
  }
}

TEST(ElfImage, SurvivesAnyBytes) {
  const std::string bytes = Image().Bytes();
  std::mt19937 random(5);
  for (int round = 0; round < 50'000; ++round) {
    std::string mutant = bytes;
    for (std::size_t i = 0; i <= random() % 4; ++i) {
      mutant[random() % mutant.size()] = static_cast<char>(random() % 4 == 0 ? 0xff : random());
    }
    const auto text = FindManifestText(mutant);
    if (text.ok()) {
      EXPECT_LE(text->data() + text->size(), mutant.data() + mutant.size());
      EXPECT_GE(text->data(), mutant.data());
    }
  }
}

}  // namespace
}  // namespace dossier
