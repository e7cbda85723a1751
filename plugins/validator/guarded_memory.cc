#include "plugins/validator/guarded_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>

namespace dossier::validator {

GuardedMemory::GuardedMemory(std::string_view bytes, Access access) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  const std::size_t usable = (bytes.size() + page - 1) / page * page;
  map_size_ = usable + page;
  map_ = mmap(nullptr, map_size_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (map_ == MAP_FAILED) {
    throw std::bad_alloc();
  }
  char* const guard = static_cast<char*>(map_) + usable;
  data_ = guard - bytes.size();
  if (!bytes.empty()) {
    std::memcpy(data_, bytes.data(), bytes.size());
  }
  mprotect(guard, page, PROT_NONE);
  if (access == Access::kReadOnly && usable != 0) {
    mprotect(map_, usable, PROT_READ);
  }
}

GuardedMemory::~GuardedMemory() { munmap(map_, map_size_); }

}  // namespace dossier::validator
