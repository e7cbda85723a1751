#include "plugins/openie/reader.h"

#include <algorithm>
#include <numeric>

#include "plugins/openie/mend.h"

namespace dossier::openie {
namespace {

// For each token, the row whose span it overlaps. Rows do not overlap.
std::vector<int> RowsOf(std::span<const uint32_t> token_begin, std::span<const uint32_t> token_end,
                        std::span<const uint32_t> begin, std::span<const uint32_t> end) {
  std::vector<uint32_t> rows(begin.size());
  std::iota(rows.begin(), rows.end(), 0u);
  std::ranges::sort(rows, {}, [&](uint32_t row) { return begin[row]; });
  std::vector<int> out(token_begin.size(), kNone);
  size_t at = 0;
  for (size_t i = 0; i < token_begin.size(); ++i) {
    while (at < rows.size() && end[rows[at]] <= token_begin[i]) ++at;
    if (at < rows.size() && begin[rows[at]] < token_end[i]) out[i] = static_cast<int>(rows[at]);
  }
  return out;
}

ValueLayer ReadValues(const sdk::LayerView& layer) {
  return {layer.U32("begin"), layer.U32("end"),  layer.Str("kind"),
          layer.Str("from"),  layer.Str("to"),   layer.F64("value"),
          layer.F64("high"),  layer.Str("unit"), layer.Str("bound")};
}

}  // namespace

LayerReader::LayerReader(const sdk::Document& document)
    : text_(document.text()),
      sentence_begin_(document.Layer("sentence/1").U32("begin")),
      sentence_end_(document.Layer("sentence/1").U32("end")),
      sentence_kind_(document.Layer("sentence/1").Str("kind")),
      token_begin_(document.Layer("token/1").U32("begin")),
      token_end_(document.Layer("token/1").U32("end")),
      upos_(document.Layer("dep.ud/1").Str("upos")),
      xpos_(document.Layer("dep.ud/1").Str("xpos")),
      lemma_(document.Layer("dep.ud/1").Str("lemma")),
      head_(document.Layer("dep.ud/1").U32("head")),
      relation_(document.Layer("dep.ud/1").Str("relation")),
      names_(sdk::ReadNames(document)),
      values_(ReadValues(document.Layer("value/1"))),
      name_of_(RowsOf(token_begin_, token_end_, names_.begin, names_.end)),
      value_of_(RowsOf(token_begin_, token_end_, values_.begin, values_.end)) {
  const std::span<const uint32_t> sentence = document.Layer("token/1").U32("sentence");
  first_token_.reserve(sentences() + 1);
  uint32_t token = 0;
  for (uint32_t s = 0; s <= sentences(); ++s) {
    while (token < sentence.size() && sentence[token] < s) ++token;
    first_token_.push_back(token);
  }
}

bool LayerReader::IsSkipped(uint32_t sentence) const {
  return sentence_kind_[sentence] == "boilerplate" ||
         first_token_[sentence + 1] - first_token_[sentence] > kMaxWords;
}

std::vector<Word> LayerReader::Words(uint32_t sentence) const {
  const uint32_t first = first_token_[sentence], last = first_token_[sentence + 1];
  std::vector<Word> words;
  words.reserve(last - first);
  for (uint32_t i = first; i < last; ++i) {
    Word word;
    word.begin = token_begin_[i];
    word.end = token_end_[i];
    word.text = text_.substr(word.begin, word.end - word.begin);
    word.lemma = lemma_[i];
    word.xpos = xpos_[i];
    word.pos = ParsePos(upos_[i]);
    word.rel = ParseRel(relation_[i]);
    if (head_[i] >= first && head_[i] < last) word.head = static_cast<int>(head_[i] - first);
    word.name = name_of_[i];
    word.value = value_of_[i];
    if (word.name != kNone)
      word.kind = ParseNameKind(names_.type[static_cast<uint32_t>(word.name)]);
    word.is_time = word.value != kNone && values_.kind[static_cast<uint32_t>(word.value)] == "time";
    words.push_back(word);
  }
  Mend(&words);
  return words;
}

}  // namespace dossier::openie
