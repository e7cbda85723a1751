// The layers of a document as one tree a sentence.
#ifndef DOSSIER_PLUGINS_OPENIE_READER_H_
#define DOSSIER_PLUGINS_OPENIE_READER_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "plugins/openie/tree.h"
#include "plugins/sdk/document.h"
#include "plugins/sdk/names.h"

namespace dossier::openie {

// A view of value/1.
struct ValueLayer {
  std::span<const uint32_t> begin;
  std::span<const uint32_t> end;
  sdk::StringColumn kind;
  sdk::StringColumn from;
  sdk::StringColumn to;
  std::span<const double> value;
  std::span<const double> high;
  sdk::StringColumn unit;
  sdk::StringColumn bound;
};

class LayerReader {
 public:
  // Borrows the document's memory.
  explicit LayerReader(const sdk::Document& document);

  uint32_t sentences() const { return static_cast<uint32_t>(sentence_begin_.size()); }
  sdk::Span span(uint32_t sentence) const {
    return {sentence_begin_[sentence], sentence_end_[sentence]};
  }
  bool IsRow(uint32_t sentence) const { return sentence_kind_[sentence] == "row"; }
  bool IsHeading(uint32_t sentence) const { return sentence_kind_[sentence] == "heading"; }
  // Site furniture, or a sentence of more than kMaxWords words, which is no prose.
  bool IsSkipped(uint32_t sentence) const;
  std::vector<Word> Words(uint32_t sentence) const;  // as Mend() leaves them

  std::string_view Text(sdk::Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }
  const sdk::Names& names() const { return names_; }
  const ValueLayer& values() const { return values_; }

 private:
  static constexpr uint32_t kMaxWords = 1000;

  std::string_view text_;
  std::span<const uint32_t> sentence_begin_;
  std::span<const uint32_t> sentence_end_;
  sdk::StringColumn sentence_kind_;
  std::span<const uint32_t> token_begin_;
  std::span<const uint32_t> token_end_;
  sdk::StringColumn upos_;
  sdk::StringColumn xpos_;
  sdk::StringColumn lemma_;
  std::span<const uint32_t> head_;
  sdk::StringColumn relation_;
  sdk::Names names_;
  ValueLayer values_;
  std::vector<uint32_t> first_token_;  // of each sentence, and one past the last
  std::vector<int> name_of_;           // token -> row of name/1
  std::vector<int> value_of_;          // token -> row of value/1
};

}  // namespace dossier::openie

#endif  // DOSSIER_PLUGINS_OPENIE_READER_H_
