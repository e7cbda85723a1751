#include "plugins/english/names/name.h"

namespace dossier::english {

std::string_view NameTypeName(NameType type) {
  static constexpr std::string_view kNames[] = {"PERSON",  "ORG",      "GPE",   "LOC",
                                                "NORP",    "FACILITY", "EVENT", "MILITARY_UNIT",
                                                "PRODUCT", "MISC"};
  return kNames[static_cast<size_t>(type)];
}

}  // namespace dossier::english
