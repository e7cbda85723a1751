// The model file: named sections, read in place. All numbers are little-endian.
//
//   file    = magic "DOSSENGL" | u32 version | u32 section count | u64 file size
//             | directory | sections
//   entry   = char name[16], padded with NUL | u64 offset from the file's start | u64 size
//   section = bytes, at an offset that 64 divides; what they mean is their reader's affair
#ifndef DOSSIER_PLUGINS_ENGLISH_MODEL_MODEL_FILE_H_
#define DOSSIER_PLUGINS_ENGLISH_MODEL_MODEL_FILE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dossier::english {

// A view; the bytes must outlive it and everything read from it. Thread-safe.
class ModelFile {
 public:
  // Checks magic, version and that every section lies inside `file`; nullopt when one is wrong.
  static std::optional<ModelFile> Open(std::span<const std::byte> file);

  // The section of that name; empty when there is none.
  std::span<const std::byte> Section(std::string_view name) const;

  // A section that holds lines of text, each ended by '\n'.
  std::vector<std::string_view> Lines(std::string_view name) const;

 private:
  explicit ModelFile(std::span<const std::byte> file) : file_(file) {}

  std::span<const std::byte> file_;
};

// The bytes of a model file with these sections (name of at most 16 bytes, content).
std::string WriteModelFile(const std::vector<std::pair<std::string, std::string>>& sections);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_MODEL_MODEL_FILE_H_
