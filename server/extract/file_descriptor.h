#ifndef DOSSIER_SERVER_EXTRACT_FILE_DESCRIPTOR_H_
#define DOSSIER_SERVER_EXTRACT_FILE_DESCRIPTOR_H_

#include <unistd.h>

#include <utility>

namespace dossier {

// Closes what it holds.
class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  FileDescriptor(FileDescriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor() {
    if (fd_ >= 0) {
      close(fd_);
    }
  }

  int get() const { return fd_; }

 private:
  int fd_;  // -1: none
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_FILE_DESCRIPTOR_H_
