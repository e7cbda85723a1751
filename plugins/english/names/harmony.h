// One document calls one thing by one name: evens out what sentence by sentence decoding told
// differently.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_HARMONY_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_HARMONY_H_

#include <vector>

#include "plugins/english/names/labels.h"
#include "plugins/english/text/annotation.h"

namespace dossier::english {

// Changes the names of a document, sorted and disjoint before and after:
//   - names of the same words get the type that most of them have (of equals, the first one's);
//   - a capitalised word that is a name in at least half of its places is one in the others;
//   - a lone word that ends the full name of a person is that person, unless most of its own places
//     say otherwise.
// Linear time.
void Harmonise(const Annotation& annotation, std::vector<LabelledSpan>* names);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_HARMONY_H_
