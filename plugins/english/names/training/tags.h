#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_TAGS_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_TAGS_H_

#include "plugins/english/names/training/corpus.h"

namespace dossier::english {

// Gives every document the words (tags, trees) that the built-in pipeline finds for its tokens:
// what the tagger of names will see at work, errors included.
void AddTags(Corpus* corpus);

// Gives one word in ten the tag of another. The pipeline was trained on some of the corpora and
// errs less on them than on other text; so the tagger of names learns not to lean on tags alone.
// The same corpus gets the same tags.
void BlurTags(Corpus* corpus);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_TAGS_H_
