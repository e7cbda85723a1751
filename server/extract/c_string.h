// Strings on the C boundary.
#ifndef DOSSIER_SERVER_EXTRACT_C_STRING_H_
#define DOSSIER_SERVER_EXTRACT_C_STRING_H_

#include <string_view>

#include "plugins/abi/dossier_plugin.h"

namespace dossier {

inline dossier_str ToC(std::string_view text) { return {text.data(), text.size()}; }

// A null pointer reads as the empty string, whatever its size claims.
inline std::string_view FromC(dossier_str text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_C_STRING_H_
