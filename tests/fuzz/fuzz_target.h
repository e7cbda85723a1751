// What every fuzz target defines; the fuzzer's entry and the test of the seeds call it.
#ifndef DOSSIER_TESTS_FUZZ_FUZZ_TARGET_H_
#define DOSSIER_TESTS_FUZZ_FUZZ_TARGET_H_

#include <string_view>

namespace dossier {

// Tries `input`, which may be any bytes, and ends the process when something does not keep what it
// promises. Whether the input was accepted: a seed that no longer is reaches nothing behind the
// check that it fails, so the test of the seeds wants to know.
bool TryInput(std::string_view input);

}  // namespace dossier

#endif  // DOSSIER_TESTS_FUZZ_FUZZ_TARGET_H_
