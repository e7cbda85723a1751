// Web and mail addresses in running text.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_ADDRESSES_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_ADDRESSES_H_

#include <cstdint>
#include <string_view>

namespace dossier::english {

// Bytes of the URL ("https://...", "www...") or mail address that begins at text[at]; 0 when none
// does. Punctuation that ends a sentence is left out. Takes time linear in its result.
uint32_t AddressSize(std::string_view text, size_t at);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_ADDRESSES_H_
