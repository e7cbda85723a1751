// Trains the tagger and the parsers. Every function is deterministic.
#ifndef DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_SYNTAX_H_
#define DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_SYNTAX_H_

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "plugins/english/training/examples.h"

namespace dossier::english {

using Sentences = std::vector<const Example*>;

// The sections of a trained parser.
struct ParserSections {
  std::string actions;
  std::string labels;
};

// A Tagger's section.
std::string TrainTagger(const Sentences& sentences, uint32_t tag_count, int epochs);

// Trains on the guessed tags. `guided`: with the guide trees of the examples.
ParserSections TrainParser(const Sentences& sentences, uint32_t label_count, bool reversed,
                           bool guided, int epochs);

// Fills Example::guessed and Example::guide by cross-training: each fold is annotated by models
// trained on the others, so that the next stage sees errors as they will be.
void GuessTags(Examples& examples, int epochs);
void GuessTrees(Examples& examples, int epochs);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_TRAINING_TRAIN_SYNTAX_H_
