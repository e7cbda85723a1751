#ifndef DOSSIER_SERVER_EXTRACT_ELF_RULES_H_
#define DOSSIER_SERVER_EXTRACT_ELF_RULES_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dossier {

// What a shared object asks of the process that loads it, as its dynamic section says.
struct ElfFacts {
  std::vector<std::string> exports;  // every symbol that others could bind to, in the file's order
  std::vector<std::string> unique;   // those that the loader makes one of in the whole process
  std::vector<std::string> needed;   // libraries, by their names: "libc.so.6"
  bool writes_code = false;          // its code must be patched to be loaded (TEXTREL)
  bool executable_stack = false;
};

// Reads them without loading. Errors as ElfReader's. Linear in the file's symbols.
absl::StatusOr<ElfFacts> ReadElfFacts(std::string_view file);

// The rules of plugins/abi that can be read off a file; a text for each that it breaks, which says
// what to change: it exports its entry and nothing else, needs nothing but the C and C++ runtime,
// has position-independent code and no executable stack.
std::vector<std::string> FindElfFaults(const ElfFacts& facts);

// FAILED_PRECONDITION with the texts of all faults of `file`, or the error of ReadElfFacts.
absl::Status CheckElfRules(std::string_view file);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_ELF_RULES_H_
