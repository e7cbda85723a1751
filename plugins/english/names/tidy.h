// Takes from the sequence model's names what no name has.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_TIDY_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_TIDY_H_

#include <vector>

#include "plugins/english/names/labels.h"
#include "plugins/english/text/annotation.h"

namespace dossier::english {

// Drops names that hold an address or the name of a file; cuts titles off the front of persons, as
// the training corpora have them cut off. Names stay sorted and disjoint. Linear time.
void Tidy(const Annotation& annotation, std::vector<LabelledSpan>* names);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_TIDY_H_
