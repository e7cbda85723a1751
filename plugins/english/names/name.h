// A row of the layer name/1.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_NAME_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_NAME_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

enum class NameType : uint8_t {
  kPerson,
  kOrg,
  kGpe,
  kLoc,
  kNorp,
  kFacility,
  kEvent,
  kMilitaryUnit,
  kProduct,
  kMisc
};

// The word the layer uses: "PERSON".
std::string_view NameTypeName(NameType type);

// Byte offsets [begin, end) into the text, on token boundaries.
struct Name {
  uint32_t begin = 0;
  uint32_t end = 0;
  NameType type = NameType::kMisc;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_NAME_H_
