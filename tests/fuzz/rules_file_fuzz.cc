// Fuzz target: a rule file as a stranger would write it.
#include <cstddef>
#include <cstdint>
#include <string>

#include "plugins/rules/parser.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace dossier;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (sdk::FindInvalidUtf8(bytes) != std::string::npos) return 0;
  const sdk::TextFile file("my.rules", bytes);
  sdk::FileFaults faults(file);
  rules::ParseRules(file, &faults);
  return 0;
}
