#include "plugins/english/text/string_pool.h"

#include <functional>

namespace dossier::english {

uint32_t StringPool::Intern(std::string_view text) {
  if (size() * 2 >= slots_.size()) Grow();
  const size_t mask = slots_.size() - 1;
  size_t slot = std::hash<std::string_view>{}(text)&mask;
  for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
    if ((*this)[slots_[slot] - 1] == text) return slots_[slot] - 1;
  }
  bytes_ += text;
  offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
  slots_[slot] = size();
  return size() - 1;
}

void StringPool::Grow() {
  const size_t capacity = slots_.empty() ? 64 : slots_.size() * 2;
  slots_.assign(capacity, 0);
  for (uint32_t id = 0; id < size(); ++id) {
    size_t slot = std::hash<std::string_view>{}((*this)[id]) & (capacity - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (capacity - 1);
    slots_[slot] = id + 1;
  }
}

}  // namespace dossier::english
