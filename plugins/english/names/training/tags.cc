#include "plugins/english/names/training/tags.h"

#include "plugins/english/pipeline.h"

namespace dossier::english {

void AddTags(Corpus* corpus) {
  const SyntaxModel& syntax = Pipeline::BuiltIn().syntax();
  SyntaxScratch scratch;
  for (const auto& document : *corpus) {
    Annotation& annotation = document->annotation;
    annotation.inventory = &syntax.inventory();
    annotation.words.resize(annotation.tokens.size());
    for (const Sentence& sentence : annotation.sentences) {
      syntax.Annotate(sentence, scratch, annotation);
    }
  }
}

}  // namespace dossier::english
