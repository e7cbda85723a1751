// Headlines in which Nearly Every Word Has a Capital, in the case of running text.
#ifndef DOSSIER_PLUGINS_ENGLISH_TEXT_TRUECASE_H_
#define DOSSIER_PLUGINS_ENGLISH_TEXT_TRUECASE_H_

#include <string>

#include "plugins/english/text/annotation.h"

namespace dossier::english {

// A copy of the text, byte for byte as long, in which words of Title Case headings begin with a
// small letter unless the document's other sentences write them with a capital (Lita et al., ACL
// 2003, in its simplest form). Empty when no heading wants it, or when the other sentences are too
// few to tell. REQUIRES: tokens and sentences. Linear time.
std::string Truecase(const Annotation& annotation);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TEXT_TRUECASE_H_
