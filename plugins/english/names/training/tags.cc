#include "plugins/english/names/training/tags.h"

#include <random>

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

void BlurTags(Corpus* corpus) {
  std::vector<uint8_t> tags;
  for (const auto& document : *corpus) {
    for (const Word& word : document->annotation.words) tags.push_back(word.xpos);
  }
  std::mt19937 random(1);
  for (const auto& document : *corpus) {
    for (Word& word : document->annotation.words) {
      if (random() % 10 == 0) word.xpos = tags[random() % tags.size()];
    }
  }
}

}  // namespace dossier::english
