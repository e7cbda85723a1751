// Builds documents token by token, names as they close.
#ifndef DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_DOCUMENT_BUILDER_H_
#define DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_DOCUMENT_BUILDER_H_

#include <string_view>

#include "plugins/english/names/training/corpus.h"

namespace dossier::english {

class DocumentBuilder {
 public:
  explicit DocumentBuilder(Corpus* corpus) : corpus_(corpus) { Start(); }

  uint32_t token_count() const {
    return static_cast<uint32_t>(document_->annotation.tokens.size());
  }
  std::string_view Form(uint32_t token) const;

  void AddToken(std::string_view form);

  // Adds a name of this document, cut to what a name is in the scheme of the layer name/1: without
  // articles and titles before it and small words around it; none if nothing is left, or only a
  // pronoun. Names without a capital are left out unless `keep_small`.
  void AddName(LabelledSpan span, bool keep_small);

  // Adds a name as it stands.
  void AddExactName(LabelledSpan span) { document_->names.push_back(span); }

  void EndSentence();

  // Hands the document to the corpus, unless it is empty, and begins another.
  void EndDocument();

 private:
  void Start();

  Corpus* corpus_;
  std::unique_ptr<NamesDocument> document_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_NAMES_TRAINING_DOCUMENT_BUILDER_H_
