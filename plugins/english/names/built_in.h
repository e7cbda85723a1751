#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_BUILT_IN_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_BUILT_IN_H_

#include "plugins/english/names/name_tagger.h"

namespace dossier::english {

// The tagger over the model built into the binary (data/names.model). Made on first use; never
// destroyed. A built-in model that does not read is a broken build and ends the process.
const NameTagger& BuiltInNameTagger();

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_BUILT_IN_H_
