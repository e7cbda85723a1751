#include "server/extract/durable_file.h"

#include <fcntl.h>
#include <stdlib.h>

#include <cerrno>
#include <string>
#include <utility>

#include "server/base/status_macros.h"
#include "server/extract/path_error.h"

namespace dossier {
namespace {

// A name is safe when its folder is.
absl::Status SyncFolder(const std::filesystem::path& folder) {
  const FileDescriptor file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return file.get() >= 0 && fsync(file.get()) == 0 ? absl::OkStatus()
                                                   : PathError("bring to disk", folder, errno);
}

}  // namespace

absl::StatusOr<std::unique_ptr<UnfinishedFile>> UnfinishedFile::Create(
    const std::filesystem::path& folder) {
  std::string path = (folder / (std::string(kPrefix) + "XXXXXX")).string();
  FileDescriptor file(mkostemp(path.data(), O_CLOEXEC));
  if (file.get() < 0) {
    return PathError("make a file in", folder, errno);
  }
  return std::unique_ptr<UnfinishedFile>(new UnfinishedFile(path, std::move(file)));
}

UnfinishedFile::~UnfinishedFile() {
  if (!path_.empty()) {
    unlink(path_.c_str());
  }
}

absl::Status UnfinishedFile::Append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) {
      return PathError("write to", path_, errno);
    }
    const auto written = static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    bytes.remove_prefix(written);
    size_ += written;
  }
  return absl::OkStatus();
}

absl::Status UnfinishedFile::Publish(const std::filesystem::path& target) {
  if (fsync(file_.get()) != 0) {
    return PathError("bring to disk", path_, errno);
  }
  if (rename(path_.c_str(), target.c_str()) != 0) {
    return PathError("make", target, errno);
  }
  path_.clear();
  return SyncFolder(target.parent_path());
}

absl::Status WriteDurably(const std::filesystem::path& target, std::string_view bytes) {
  ASSIGN_OR_RETURN(const std::unique_ptr<UnfinishedFile> file,
                   UnfinishedFile::Create(target.parent_path()));
  RETURN_IF_ERROR(file->Append(bytes));
  return file->Publish(target);
}

}  // namespace dossier
