// A host as a plugin meets one: what the plugin reads, laid out the way that hosts of several ABI
// versions lay it out.
#ifndef DOSSIER_PLUGINS_VALIDATOR_HOST_SHIM_H_
#define DOSSIER_PLUGINS_VALIDATOR_HOST_SHIM_H_

#include <cstdint>
#include <cstring>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/abi/dossier_plugin.h"
#include "plugins/validator/guarded_memory.h"
#include "server/extract/extractor_backend.h"

namespace dossier::validator {

enum class HostAge {
  kToday,   // memory as the allocator gives it: a byte too many goes unnoticed
  kOldest,  // structs of ABI 1.0's sizes; every struct, array and string ends where memory ends
  kFuture,  // every growable struct has a tail that this ABI does not know, full of rubbish
};

// Owns the copies that a plugin reads during one call.
class HostMemory {
 public:
  explicit HostMemory(HostAge age) : age_(age) {}

  // `data` is NULL for an empty text, which the ABI allows.
  dossier_str Text(std::string_view text);

  template <class Value>
  const Value* Array(const Value* values, std::size_t count) {
    return count == 0 ? nullptr
                      : reinterpret_cast<const Value*>(
                            Place({reinterpret_cast<const char*>(values), count * sizeof(Value)}));
  }

  // A copy of a struct that begins with its size, which this sets.
  template <class Struct>
  const Struct* Growable(Struct value) {
    value.size = static_cast<uint32_t>(sizeof(Struct) + TailSize());
    std::string bytes(reinterpret_cast<const char*>(&value), sizeof(Struct));
    bytes.append(TailSize(), '\xa5');
    return reinterpret_cast<const Struct*>(Place(bytes));
  }

 private:
  std::size_t TailSize() const { return age_ == HostAge::kFuture ? 64 : 0; }
  const char* Place(std::string_view bytes);

  const HostAge age_;
  std::deque<GuardedMemory> guarded_;
  std::deque<std::vector<uint64_t>> plain_;  // of words: aligned for every member of the ABI
};

// The document with its layers, in `memory`.
const dossier_document* PlaceDocument(const DocumentInput& input, HostMemory* memory);

// A host that prints what the plugin logs to standard error and has no extensions.
const dossier_host* PlaceHost(HostAge age, HostMemory* memory);

}  // namespace dossier::validator

#endif  // DOSSIER_PLUGINS_VALIDATOR_HOST_SHIM_H_
