// From raw text to sentences, tokens, tags, lemmas and trees, with the model built into the binary.
#ifndef DOSSIER_PLUGINS_ENGLISH_PIPELINE_H_
#define DOSSIER_PLUGINS_ENGLISH_PIPELINE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string_view>

#include "plugins/english/syntax/sentence_model.h"
#include "plugins/english/syntax/syntax_model.h"
#include "plugins/english/text/annotation.h"

namespace dossier::english {

// Immutable; every call uses scratch of its own, so that all threads may share one.
class Pipeline {
 public:
  // The pipeline over the built-in model. Made on first use; never destroyed. A built-in model that
  // does not read is a broken build and ends the process.
  static const Pipeline& BuiltIn();

  // A pipeline over the bytes of a model file, which must outlive it; nullptr when they are none.
  static std::unique_ptr<const Pipeline> Open(std::span<const std::byte> model);

  // Annotates `text`, valid UTF-8 of less than 4 GiB, which the result borrows. Time and memory are
  // linear in the text, whatever it holds. `stop`, when given, is asked once a sentence; once it
  // returns true the result is to be thrown away.
  Annotation Annotate(std::string_view text, const std::function<bool()>& stop = {}) const;

  // The same without tags, lemmas and trees: Annotation::words stays empty.
  Annotation Segment(std::string_view text) const;

  // Tags, lemmas and trees alone, for tokens from elsewhere.
  const SyntaxModel& syntax() const { return *syntax_; }

 private:
  Pipeline() = default;

  SentenceModel sentences_;
  std::unique_ptr<const SyntaxModel> syntax_;
};

}  // namespace dossier::english

#endif  // DOSSIER_PLUGINS_ENGLISH_PIPELINE_H_
