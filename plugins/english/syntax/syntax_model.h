// Tags, lemmas and trees for tokens: the one seam between the pipeline and whatever model does it.
#ifndef DOSSIER_PLUGINS_ENGLISH_SYNTAX_SYNTAX_MODEL_H_
#define DOSSIER_PLUGINS_ENGLISH_SYNTAX_SYNTAX_MODEL_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plugins/english/model/model_file.h"
#include "plugins/english/syntax/lemmatizer.h"
#include "plugins/english/syntax/network.h"
#include "plugins/english/text/annotation.h"

namespace dossier::english {

// One per thread; keeps its memory between sentences.
struct SyntaxScratch {
  std::vector<Lexeme> words;
  std::vector<ParsedWord> parsed;
  NetworkScratch network;
  std::string lemma;
};

// Thread-safe; borrows the bytes of the model file.
class SyntaxModel {
 public:
  // nullptr when a section is missing or malformed.
  static std::unique_ptr<const SyntaxModel> Open(const ModelFile& file);

  const Inventory& inventory() const { return inventory_; }

  // Fills the words of one sentence of at most 65,000 tokens; Annotation::words has their rows.
  // Every pair of words is looked at, so that the pipeline cuts sentences at kMaxSentenceTokens.
  void Annotate(const Sentence& sentence, SyntaxScratch& scratch, Annotation& annotation) const;

 private:
  SyntaxModel() = default;

  struct TagParts {
    std::string_view whole;  // "VBZ AUX"
    uint8_t xpos;
    uint8_t upos;
  };

  bool ReadTags(const std::vector<std::string_view>& lines);

  Inventory inventory_;
  std::vector<TagParts> tags_;
  Network network_;
  Lemmatizer lemmatizer_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_SYNTAX_SYNTAX_MODEL_H_
