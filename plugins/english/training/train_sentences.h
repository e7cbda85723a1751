// Trains the sentence splitter on the running text of treebanks.
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_SENTENCES_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_SENTENCES_H_

#include <string>

#include "plugins/english/training/treebank.h"

namespace dossier::english {

// A SentenceModel's section. Deterministic.
std::string TrainSentences(const Treebank& treebank, int epochs);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_SENTENCES_H_
