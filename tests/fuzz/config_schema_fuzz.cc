// Fuzz target: the schema of a plugin's configuration and, behind the first NUL, a configuration. A
// completed one is complete.
#include <algorithm>
#include <cstdlib>

#include "server/extract/config_files.h"
#include "server/extract/config_schema.h"
#include "tests/fuzz/fuzz_target.h"

bool dossier::TryInput(std::string_view input) {
  const std::string_view schema = input.substr(0, input.find('\0'));
  const std::string_view config = input.substr(std::min(input.size(), schema.size() + 1));
  if (!CheckConfigSchema(schema).ok()) {
    return false;
  }
  const auto completed = CompleteConfig(schema, config);
  if (!completed.ok()) {
    return false;
  }
  const auto again = CompleteConfig(schema, *completed);
  if (!again.ok() || *again != *completed) {
    std::abort();
  }
  static_cast<void>(FilesNamedIn(schema, *completed));
  return true;
}
