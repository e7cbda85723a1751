// Words that were two: "don't", "NATO's", "cannot".
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_CONTRACTIONS_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_CONTRACTIONS_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

// Where the second word begins: 2 for "don't", 4 for "NATO's"; 0 when there is one word only.
// Constant time.
uint32_t ContractionCut(std::string_view word);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_CONTRACTIONS_H_
