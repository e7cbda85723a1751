// From raw text to sentences, tokens, tags, lemmas and trees, with the model built into the binary.
#ifndef DOSSIER_PLUGINS_ENGLISH_PIPELINE_H_
#define DOSSIER_PLUGINS_ENGLISH_PIPELINE_H_

#include <string_view>

#include "plugins/english/text/annotation.h"

namespace dossier::english {

// Immutable; every call uses scratch of its own, so that all threads may share one.
class Pipeline {
 public:
  // The pipeline over the built-in model. Made on first use; never destroyed. A built-in model that
  // does not read is a broken build and ends the process.
  static const Pipeline& BuiltIn();

  // Annotates `text`, valid UTF-8 of at most 2^32 - 1 bytes, which the result borrows.
  // Time and memory are linear in the text, whatever it holds.
  Annotation Annotate(std::string_view text) const;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_PIPELINE_H_
