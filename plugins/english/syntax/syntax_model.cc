#include "plugins/english/syntax/syntax_model.h"

#include <algorithm>

namespace dossier::english {
namespace {

uint8_t NumberOf(std::string_view name, std::vector<std::string_view>& names) {
  const auto found = std::find(names.begin(), names.end(), name);
  const auto number = static_cast<uint8_t>(found - names.begin());
  if (found == names.end()) names.push_back(name);
  return number;
}

}  // namespace

std::unique_ptr<const SyntaxModel> SyntaxModel::Open(const ModelFile& file) {
  std::unique_ptr<SyntaxModel> model(new SyntaxModel);
  model->inventory_.relations = file.Lines("relations");
  const std::vector<std::string_view>& relations = model->inventory_.relations;
  const auto root = std::find(relations.begin(), relations.end(), "root") - relations.begin();
  if (!model->ReadTags(file.Lines("tags")) || !model->lemmatizer_.Open(file) ||
      !model->network_.Open(file.Section("words"), file.Section("network"),
                            static_cast<uint8_t>(root)) ||
      model->network_.tag_count() != model->tags_.size() ||
      model->network_.relation_count() != relations.size()) {
    return nullptr;
  }
  return model;
}

bool SyntaxModel::ReadTags(const std::vector<std::string_view>& lines) {
  for (const std::string_view line : lines) {  // "VBZ AUX"
    const size_t space = line.find(' ');
    if (space == std::string_view::npos) return false;
    tags_.push_back({line, NumberOf(line.substr(0, space), inventory_.xpos),
                     NumberOf(line.substr(space + 1), inventory_.upos)});
  }
  return !tags_.empty();
}

void SyntaxModel::Annotate(const Sentence& sentence, SyntaxScratch& scratch,
                           Annotation& annotation) const {
  const uint32_t first_token = sentence.first_token;
  const size_t n = sentence.end_token - first_token;
  scratch.words.clear();
  for (uint32_t i = first_token; i < sentence.end_token; ++i) {
    scratch.words.push_back(MakeLexeme(annotation.Form(i)));
  }
  scratch.parsed.resize(n);
  network_.Parse(scratch.words, scratch.network, scratch.parsed);
  for (size_t i = 0; i < n; ++i) {
    Word& word = annotation.words[first_token + i];
    const ParsedWord& parsed = scratch.parsed[i];
    word.head = parsed.head == n ? kNoHead : first_token + parsed.head;
    word.relation = parsed.relation;
    const TagParts& tag = tags_[parsed.tag];
    word.xpos = tag.xpos;
    word.upos = tag.upos;
    const std::string_view form = annotation.Form(first_token + static_cast<uint32_t>(i));
    lemmatizer_.Lemmatize(form, tag.whole, scratch.lemma);
    word.lemma = annotation.lemmas.Intern(scratch.lemma);
  }
}

}  // namespace dossier::english
