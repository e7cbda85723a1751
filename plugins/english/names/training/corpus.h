// Texts with their names marked, from corpora of several formats and label schemes, brought to one.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_CORPUS_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_CORPUS_H_

#include <memory>
#include <string>
#include <vector>

#include "plugins/english/names/labels.h"
#include "plugins/english/text/annotation.h"

namespace dossier::english {

// The annotation borrows the text, so a document stays where it was made.
struct NamesDocument {
  std::string text;
  Annotation annotation;  // tokens and sentences
  std::vector<LabelledSpan> names;
};

using Corpus = std::vector<std::unique_ptr<NamesDocument>>;

// Appends the documents of a file; which reader is told by its name:
//   *.conllu  Universal Dependencies with GUM's entities: mentions whose head is a proper noun,
//             cut to the name within
//   *.iob2    UNER
//   others    a token and its label a line (CoNLL), at the ends of the line
// Tokens of the last are cut as the tokenizer cuts them. Ends the process with a message when the
// file does not read.
void ReadCorpus(const std::string& path, Corpus* corpus);

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_CORPUS_H_
