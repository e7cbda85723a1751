// Names in the GUM corpus, which marks every mention of every thing: a mention counts as a name
// when its head is a proper noun.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_GUM_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_GUM_H_

#include <istream>

#include "plugins/english/names/training/document_builder.h"

namespace dossier::english {

// Reads CoNLL-U with an Entity attribute in the last column (GRP-etype-...).
void ReadGum(std::istream& file, DocumentBuilder* builder);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_GUM_H_
