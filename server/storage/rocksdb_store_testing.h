// What the tests of the store on disk share.
#ifndef DOSSIER_SERVER_STORAGE_ROCKSDB_STORE_TESTING_H_
#define DOSSIER_SERVER_STORAGE_ROCKSDB_STORE_TESTING_H_

#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "server/storage/rocksdb_store.h"

namespace dossier {

inline absl::StatusOr<std::unique_ptr<Store>> Open(const std::string& path,
                                                   uint64_t memory_bytes = kMinStoreMemoryBytes) {
  return OpenRocksDbStore({path, memory_bytes});
}

inline absl::Status Put(Store* store, Family family, std::string key, std::string value) {
  WriteBatch batch;
  batch.Put(family, std::move(key), std::move(value));
  return store->Write(batch);
}

inline void CreateFile(const std::string& path, std::string_view bytes) {
  std::ofstream(path) << bytes;
}

// ThreadSanitizer ends a child that makes threads when its parent had some.
#ifdef __SANITIZE_THREAD__
inline constexpr bool kCanFork = false;
#else
inline constexpr bool kCanFork = true;
#endif

// Runs `child` in a process of its own, which ends with it; the exit status, or minus the signal.
class Child {
 public:
  template <class Function>
  explicit Child(Function function) : pid_(fork()) {
    if (pid_ == 0) {
      function();
      _exit(0);
    }
  }
  void Kill() const { kill(pid_, SIGKILL); }
  int Wait() const {
    int status = 0;
    waitpid(pid_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

 private:
  pid_t pid_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_STORAGE_ROCKSDB_STORE_TESTING_H_
