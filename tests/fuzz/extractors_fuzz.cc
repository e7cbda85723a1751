// Fuzz target: a text through every extractor that the project ships. None may fail, and none may
// say what the host refuses.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

#include "tests/fuzz/fuzz_target.h"
#include "tests/support/extractors.h"

bool dossier::TryInput(std::string_view input) {
  static const Extractors extractors;
  const auto extraction = extractors.Run(input);
  if (!extraction.ok()) {
    std::fprintf(stderr, "%s\n", extraction.status().ToString().c_str());
    std::abort();
  }
  for (const ExtractorRun& run : extraction->runs) {
    if (run.output.refused > 0) {
      std::fprintf(stderr, "%s: %s\n", run.extractor.id.c_str(), run.output.refusals[0].c_str());
      std::abort();
    }
  }
  return true;
}
