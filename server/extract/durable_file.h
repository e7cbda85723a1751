// Files that are there whole or not at all, and still there after a loss of power.
#ifndef DOSSIER_SERVER_EXTRACT_DURABLE_FILE_H_
#define DOSSIER_SERVER_EXTRACT_DURABLE_FILE_H_

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/extract/file_descriptor.h"

namespace dossier {

// A file on its way in, under a name that begins with kPrefix. One that is not published
// goes with the object. Not thread-safe.
class UnfinishedFile {
 public:
  static constexpr std::string_view kPrefix = ".unfinished-";

  // In `folder`, readable by its owner only.
  static absl::StatusOr<std::unique_ptr<UnfinishedFile>> Create(
      const std::filesystem::path& folder);
  ~UnfinishedFile();

  // Errors are the system's: no space, a quota.
  absl::Status Append(std::string_view bytes);
  std::size_t size() const { return size_; }
  const std::filesystem::path& path() const { return path_; }

  // Brings the bytes to disk and gives them the name `target`, in the same folder, instead of any
  // file that had it. Nothing can be appended afterwards.
  absl::Status Publish(const std::filesystem::path& target);

 private:
  UnfinishedFile(std::filesystem::path path, FileDescriptor file)
      : path_(std::move(path)), file_(std::move(file)) {}

  std::filesystem::path path_;  // empty once published
  FileDescriptor file_;
  std::size_t size_ = 0;
};

// `bytes` under the name `target`, as Publish() does it.
absl::Status WriteDurably(const std::filesystem::path& target, std::string_view bytes);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_DURABLE_FILE_H_
