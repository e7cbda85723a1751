// A document's tokens as rules test them: each attribute of a token is a number for its text, so
// that a test is tried once a text, not once a token.
#ifndef DOSSIER_PLUGINS_RULES_DOCUMENT_H_
#define DOSSIER_PLUGINS_RULES_DOCUMENT_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "plugins/rules/rule.h"
#include "plugins/sdk/document.h"
#include "plugins/sdk/names.h"

namespace dossier::rules {

inline constexpr uint32_t kNoRow = UINT32_MAX;

// A view of value/1.
struct Values {
  explicit Values(const sdk::LayerView& layer)
      : begin(layer.U32("begin")),
        end(layer.U32("end")),
        kind(layer.Str("kind")),
        from(layer.Str("from")),
        to(layer.Str("to")),
        value(layer.F64("value")),
        high(layer.F64("high")),
        unit(layer.Str("unit")),
        bound(layer.Str("bound")) {}

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

// Borrows the document's memory. Made in time linear in the document.
class Tokens {
 public:
  explicit Tokens(const sdk::Document& document);

  uint32_t size() const { return static_cast<uint32_t>(begin_.size()); }
  uint32_t sentences() const { return static_cast<uint32_t>(first_token_.size()) - 1; }
  uint32_t first(uint32_t sentence) const { return first_token_[sentence]; }
  uint32_t last(uint32_t sentence) const { return first_token_[sentence + 1]; }
  sdk::Span SentenceSpan(uint32_t sentence) const {
    return {sentence_begin_[sentence], sentence_end_[sentence]};
  }
  // Site furniture: rules read nothing there.
  bool IsBoilerplate(uint32_t sentence) const { return sentence_kind_[sentence] == "boilerplate"; }

  sdk::Span SpanOf(uint32_t begin, uint32_t end) const { return {begin_[begin], end_[end - 1]}; }
  std::string_view Words(sdk::Span span) const {
    return text_.substr(span.begin, span.end - span.begin);
  }
  std::string_view Text(uint32_t token, Attribute attribute) const;
  // Equal texts have equal numbers; the numbers of an attribute are small.
  uint32_t Code(uint32_t token, Attribute attribute) const {
    return codes_[static_cast<size_t>(attribute)][token];
  }

  // The token's head; kNoRow for a root.
  uint32_t Head(uint32_t token) const { return head_[token]; }
  // The tokens that hang on it, from left to right.
  std::span<const uint32_t> Dependents(uint32_t token) const {
    return std::span(dependents_)
        .subspan(first_dependent_[token], first_dependent_[token + 1] - first_dependent_[token]);
  }

  // The row of names() or values() that the token overlaps, or kNoRow.
  uint32_t NameRow(uint32_t token) const { return name_row_[token]; }
  uint32_t ValueRow(uint32_t token) const { return value_row_[token]; }
  const sdk::Names& names() const { return names_; }
  const Values& values() const { return values_; }
  // Whether the token stands so in the row that `attribute`, kName or kValue, is about.
  bool StandsAt(uint32_t token, Attribute attribute, Place place) const;

 private:
  void FindDependents();
  void SetCodes(Attribute attribute, const sdk::StringColumn& column);

  std::string_view text_;
  std::span<const uint32_t> begin_;
  std::span<const uint32_t> end_;
  std::span<const uint32_t> head_;
  std::span<const uint32_t> sentence_begin_;
  std::span<const uint32_t> sentence_end_;
  sdk::StringColumn sentence_kind_;
  sdk::StringColumn upos_;
  sdk::StringColumn xpos_;
  sdk::StringColumn lemma_;
  sdk::StringColumn relation_;
  sdk::Names names_;
  Values values_;
  std::vector<uint32_t> first_token_;  // of each sentence, and one past the last
  std::vector<uint32_t> first_dependent_;
  std::vector<uint32_t> dependents_;
  std::vector<uint32_t> name_row_;
  std::vector<uint32_t> value_row_;
  std::array<std::vector<uint32_t>, kAttributes> codes_;
};

// Tries the tests of a rule set on the tokens of one document, each once a text.
class Tester {
 public:
  // Borrows both.
  Tester(const RuleSet& rules, const Tokens& tokens)
      : rules_(rules), tokens_(tokens), results_(rules.tests.size()) {}

  bool Passes(uint32_t test, uint32_t token);
  bool Fits(uint32_t pattern, uint32_t token);

 private:
  enum class Result : uint8_t { kUnknown, kNo, kYes };

  const RuleSet& rules_;
  const Tokens& tokens_;
  std::vector<std::vector<Result>> results_;  // by test and code
};

}  // namespace dossier::rules

#endif  // DOSSIER_PLUGINS_RULES_DOCUMENT_H_
