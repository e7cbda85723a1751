// Titles before names: "South Korea's Defense Minister | Kim Yong-hyun".
#ifndef DOSSIER_PLUGINS_OPENIE_TITLE_H_
#define DOSSIER_PLUGINS_OPENIE_TITLE_H_

#include <vector>

#include "plugins/openie/mention.h"
#include "plugins/openie/tree.h"

namespace dossier::openie {

struct TitledName {
  Phrase title;  // its head is the noun of office
  Phrase name;   // without honorifics
};

// One for each name that a title stands right before, in the order of the text. The name layer and
// the nouns of office decide; the tree helps where it calls the noun a title.
std::vector<TitledName> FindTitles(const Tree& tree);

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_TITLE_H_
