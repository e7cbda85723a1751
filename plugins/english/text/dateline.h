// "BRENN, Talvia, Oct. 18 (Wire) — " before the first sentence of a news story.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_DATELINE_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_DATELINE_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

// Bytes of the dateline that the line begins with, its dash or colon and the blanks behind it
// included; 0 when it begins with none. A dateline is a place in capitals, or a place and a region,
// or an agency in brackets; then, if at all, a region, a date, an agency; then a dash, and a
// sentence. A colon does only behind a place of six letters or more, which "EU:" is not.
uint32_t DatelineSize(std::string_view line);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_DATELINE_H_
