#include "plugins/english/names/built_in.h"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>

// data/model.s puts the model file between these.
extern "C" {
extern const std::byte dossier_english_names_model_begin[];
extern const std::byte dossier_english_names_model_end[];
}

namespace dossier::english {

const NameTagger& BuiltInNameTagger() {
  static const NameTagger* const tagger = [] {
    const std::optional<ModelFile> file = ModelFile::Open(
        std::span(dossier_english_names_model_begin, dossier_english_names_model_end));
    std::unique_ptr<const NameTagger> opened = file ? NameTagger::Open(*file) : nullptr;
    if (opened == nullptr) {
      std::fputs("the built-in model of names is not of this version\n", stderr);
      std::abort();
    }
    return opened.release();
  }();
  return *tagger;
}

}  // namespace dossier::english
