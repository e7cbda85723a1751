// Fuzz target: a text through every extractor that the project ships. None may fail, and none may
// say what the host refuses.
#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/support/extractors.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const dossier::Extractors extractors;
  const auto extraction = extractors.Run({reinterpret_cast<const char*>(data), size});
  if (!extraction.ok()) {
    std::fprintf(stderr, "%s\n", extraction.status().ToString().c_str());
    std::abort();
  }
  for (const dossier::ExtractorRun& run : extraction->runs) {
    if (run.output.refused > 0) {
      std::fprintf(stderr, "%s: %s\n", run.extractor.id.c_str(), run.output.refusals[0].c_str());
      std::abort();
    }
  }
  return 0;
}
