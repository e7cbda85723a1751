#include "plugins/english/pipeline.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plugins/english/text/boilerplate.h"
#include "plugins/english/text/flat_table.h"
#include "plugins/english/text/layout.h"
#include "plugins/english/text/tokenizer.h"
#include "plugins/english/text/truecase.h"

// data/model.s puts the model file between these.
extern "C" {
extern const std::byte dossier_english_model_begin[];
extern const std::byte dossier_english_model_end[];
}

namespace dossier::english {

std::unique_ptr<const Pipeline> Pipeline::Open(std::span<const std::byte> model) {
  const std::optional<ModelFile> file = ModelFile::Open(model);
  if (!file) return nullptr;
  std::unique_ptr<Pipeline> pipeline(new Pipeline);
  pipeline->syntax_ = SyntaxModel::Open(*file);
  if (pipeline->syntax_ == nullptr || !pipeline->sentences_.Open(file->Section("sentences"))) {
    return nullptr;
  }
  return pipeline;
}

const Pipeline& Pipeline::BuiltIn() {
  static const Pipeline* const pipeline = [] {
    std::unique_ptr<const Pipeline> opened =
        Open({dossier_english_model_begin, dossier_english_model_end});
    if (opened == nullptr) {
      std::fputs("the built-in English model is not of this version\n", stderr);
      std::abort();
    }
    return opened.release();
  }();
  return *pipeline;
}

Annotation Pipeline::Segment(std::string_view text) const {
  Annotation annotation;
  annotation.text = text;
  annotation.inventory = &syntax_->inventory();
  std::vector<Block> blocks = FindBlocks(text);
  JoinFlatTables(text, &blocks);
  MarkBoilerplate(text, &blocks);
  for (const Block& block : blocks) {
    const auto first = static_cast<uint32_t>(annotation.tokens.size());
    Tokenize(text, block.begin, block.end, annotation.tokens);
    sentences_.Split(block, first, annotation);
  }
  return annotation;
}

Annotation Pipeline::Annotate(std::string_view text, const std::function<bool()>& stop) const {
  Annotation annotation = Segment(text);
  annotation.words.resize(annotation.tokens.size());
  const std::string recased = Truecase(annotation);
  if (!recased.empty()) annotation.text = recased;
  SyntaxScratch scratch;
  for (const Sentence& sentence : annotation.sentences) {
    if (stop && stop()) break;
    syntax_->Annotate(sentence, scratch, annotation);
  }
  annotation.text = text;
  return annotation;
}

}  // namespace dossier::english
