#ifndef DOSSIER_PLUGINS_VALIDATOR_GUARDED_MEMORY_H_
#define DOSSIER_PLUGINS_VALIDATOR_GUARDED_MEMORY_H_

#include <cstddef>
#include <string_view>

namespace dossier::validator {

// A copy of some bytes that ends where a page begins that nobody may touch: whoever reads or writes
// one byte too many dies there, instead of living by luck. Takes two pages and more; neither
// copyable nor movable, so pointers into it stay valid as long as it lives.
class GuardedMemory {
 public:
  enum class Access { kReadOnly, kWritable };

  // `bytes` has a size that its contents' alignment divides, as sizeof and arrays have.
  GuardedMemory(std::string_view bytes, Access access);
  GuardedMemory(const GuardedMemory&) = delete;
  GuardedMemory& operator=(const GuardedMemory&) = delete;
  ~GuardedMemory();

  char* data() const { return data_; }

 private:
  void* map_;
  std::size_t map_size_;
  char* data_;
};

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_GUARDED_MEMORY_H_
