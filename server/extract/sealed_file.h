#ifndef DOSSIER_SERVER_EXTRACT_SEALED_FILE_H_
#define DOSSIER_SERVER_EXTRACT_SEALED_FILE_H_

#include <filesystem>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace dossier {

// A copy of a file in memory that nobody can change any more, this process included (Linux's
// sealed memfd): what was checked is what gets loaded, whatever happens to the file on disk.
// Movable. Thread-safe.
class SealedFile {
 public:
  // Copies a regular file of at most `max_bytes`. NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED
  // or INVALID_ARGUMENT, with a text that does not repeat the path.
  static absl::StatusOr<SealedFile> Copy(const std::filesystem::path& path, std::size_t max_bytes);

  SealedFile(SealedFile&& other) noexcept;
  SealedFile& operator=(SealedFile&&) = delete;
  ~SealedFile();

  std::string_view bytes() const { return bytes_; }
  // A path by which this process can open the copy, valid as long as this object lives.
  std::string path() const;

 private:
  SealedFile(int fd, std::string_view bytes) : fd_(fd), bytes_(bytes) {}

  int fd_;
  std::string_view bytes_;  // mapped
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_SEALED_FILE_H_
