// Small word classes of English that tell what a name beside or around them is.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_CUES_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_CUES_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

enum class Cue : uint8_t {
  kNone,
  kTitle,         // "President", "Gen."
  kOrganisation,  // "Ministry", "University"
  kCompany,       // "Inc", "Ltd"
  kMilitary,      // "Brigade", "Fleet"
  kFacility,      // "Airport", "Bridge"
  kLandform,      // "River", "Mount"
  kRegion,        // "Province", "City"
  kEvent,         // "War", "Summit"
  kProduct,       // "Missile", "Tank"
  kCalendar,      // "Monday", "May"
};

// The class of a word in whatever case, with or without a closing stop.
Cue FindCue(std::string_view word);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_CUES_H_
