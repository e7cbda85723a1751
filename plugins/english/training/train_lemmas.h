// Collects the lemmatizer's table from treebanks.
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_LEMMAS_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_LEMMAS_H_

#include <string>

#include "plugins/english/training/treebank.h"

namespace dossier::english {

// The sections "lemma.edits" and "lemma.table" of a Lemmatizer.
struct LemmaSections {
  std::string edits;
  std::string table;
};
LemmaSections TrainLemmas(const Treebank& treebank);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_LEMMAS_H_
