// Strings with small ids, each kept once, laid end to end: the shape of a layer's dictionary.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_STRING_POOL_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_STRING_POOL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dossier::english {

// Ids count from 0 in the order of first sight. Constant expected time per call.
// Not thread-safe; string views die with the next Intern.
class StringPool {
 public:
  StringPool() : offsets_{0} {}

  uint32_t Intern(std::string_view text);

  uint32_t size() const { return static_cast<uint32_t>(offsets_.size() - 1); }
  std::string_view operator[](uint32_t id) const {
    return std::string_view(bytes_).substr(offsets_[id], offsets_[id + 1] - offsets_[id]);
  }

  // String i is bytes()[offsets()[i], offsets()[i + 1]).
  const std::vector<uint32_t>& offsets() const { return offsets_; }
  const std::string& bytes() const { return bytes_; }

 private:
  void Grow();

  std::string bytes_;
  std::vector<uint32_t> offsets_;
  std::vector<uint32_t> slots_;  // open addressing: id + 1, or 0 when free
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_STRING_POOL_H_
