// Reads a shared object's bytes as a suspicious stranger's: no size, offset or count in them is
// believed before it has been checked against the file's end. Nothing is executed.
//
// The format is that of elf(5). Done over <elf.h> by hand, because libelf allocates by the section
// count that the file claims before anybody can check it.
#ifndef DOSSIER_SERVER_EXTRACT_ELF_READER_H_
#define DOSSIER_SERVER_EXTRACT_ELF_READER_H_

#include <elf.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dossier {

// A copy of the struct at `offset` of `bytes`, which owe nobody alignment; nothing when it does not
// lie in them whole.
template <class Struct>
std::optional<Struct> ReadAt(std::string_view bytes, uint64_t offset) {
  if (offset > bytes.size() || sizeof(Struct) > bytes.size() - offset) {
    return std::nullopt;
  }
  Struct value;
  std::memcpy(&value, bytes.data() + offset, sizeof(value));
  return value;
}

// The NUL-terminated string at `offset`; nothing when it does not end in `strings`.
std::optional<std::string_view> StringAt(std::string_view strings, uint64_t offset);

// A 64-bit shared object for this machine. Borrows its bytes.
class ElfReader {
 public:
  // Errors say what the file is instead: INVALID_ARGUMENT when it is no shared object or is
  // truncated, FAILED_PRECONDITION when it is one for another machine.
  static absl::StatusOr<ElfReader> Open(std::string_view file);

  // All of them lie in the file.
  const std::vector<Elf64_Phdr>& segments() const { return segments_; }
  // INVALID_ARGUMENT when there is no section table, or not all of it.
  absl::StatusOr<std::vector<Elf64_Shdr>> Sections() const;
  // INVALID_ARGUMENT, naming `part`, when the section does not lie in the file.
  absl::StatusOr<std::string_view> Content(const Elf64_Shdr& section, std::string_view part) const;
  // Of the sections that Sections() gave: the one that holds their names.
  absl::StatusOr<std::string_view> SectionNames(const std::vector<Elf64_Shdr>& sections) const;

 private:
  explicit ElfReader(std::string_view file) : file_(file) {}

  // Whether [offset, offset + size) lies in the file.
  bool Holds(uint64_t offset, uint64_t size) const {
    return offset <= file_.size() && size <= file_.size() - offset;
  }
  absl::Status Truncated(std::string_view part) const;
  absl::Status ReadHeader();
  absl::Status ReadSegments();

  std::string_view file_;
  Elf64_Ehdr header_ = {};
  std::vector<Elf64_Phdr> segments_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_ELF_READER_H_
