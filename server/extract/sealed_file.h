#ifndef DOSSIER_SERVER_EXTRACT_SEALED_FILE_H_
#define DOSSIER_SERVER_EXTRACT_SEALED_FILE_H_

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "server/extract/file_descriptor.h"

namespace dossier {

// A copy of a file in memory that nobody can change any more, this process included (Linux's
// sealed memfd): what was checked is what gets loaded, whatever happens to the file on disk.
// Copies of the object share the bytes. Thread-safe.
class SealedFile {
 public:
  // Copies a regular file of at most `max_bytes`. NOT_FOUND, PERMISSION_DENIED, RESOURCE_EXHAUSTED
  // or INVALID_ARGUMENT, with a text that does not repeat the path.
  static absl::StatusOr<SealedFile> Copy(const std::filesystem::path& path, std::size_t max_bytes);

  // Takes over a descriptor of a copy that another process made: INVALID_ARGUMENT when anybody can
  // still change it.
  static absl::StatusOr<SealedFile> Adopt(int fd);

  std::string_view bytes() const { return memory_->bytes; }
  // Of the copy, to be passed to another process.
  int fd() const { return memory_->file.get(); }
  // A path by which this process can open the copy, valid as long as this object or a copy of it
  // lives.
  std::string path() const;

 private:
  struct Memory {
    Memory(FileDescriptor opened, std::string_view mapped)
        : file(std::move(opened)), bytes(mapped) {}
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    ~Memory();

    const FileDescriptor file;
    const std::string_view bytes;  // mapped
  };

  explicit SealedFile(std::shared_ptr<const Memory> memory) : memory_(std::move(memory)) {}

  std::shared_ptr<const Memory> memory_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_SEALED_FILE_H_
