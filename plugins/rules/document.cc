#include "plugins/rules/document.h"

#include <algorithm>

namespace dossier::rules {
namespace {

// For each token, the row that it overlaps. Rows and tokens are in text order, without overlap.
template <typename Column>
std::vector<uint32_t> RowsOf(std::span<const uint32_t> token_begin,
                             std::span<const uint32_t> token_end, const Column& begin,
                             const Column& end) {
  std::vector<uint32_t> rows(token_begin.size(), kNoRow);
  uint32_t row = 0;
  for (size_t token = 0; token < token_begin.size(); ++token) {
    while (row < begin.size() && end[row] <= token_begin[token]) ++row;
    if (row < begin.size() && begin[row] < token_end[token]) rows[token] = row;
  }
  return rows;
}

// Numbers texts as they come.
class Numbering {
 public:
  uint32_t Of(std::string_view text) {
    return numbers_.try_emplace(text, static_cast<uint32_t>(numbers_.size())).first->second;
  }

 private:
  std::unordered_map<std::string_view, uint32_t> numbers_;
};

}  // namespace

Tokens::Tokens(const sdk::Document& document)
    : text_(document.text()),
      begin_(document.Layer("token/1").U32("begin")),
      end_(document.Layer("token/1").U32("end")),
      head_(document.Layer("dep.ud/1").U32("head")),
      sentence_begin_(document.Layer("sentence/1").U32("begin")),
      sentence_end_(document.Layer("sentence/1").U32("end")),
      sentence_kind_(document.Layer("sentence/1").Str("kind")),
      upos_(document.Layer("dep.ud/1").Str("upos")),
      xpos_(document.Layer("dep.ud/1").Str("xpos")),
      lemma_(document.Layer("dep.ud/1").Str("lemma")),
      relation_(document.Layer("dep.ud/1").Str("relation")),
      names_(sdk::ReadNames(document)),
      values_(document.Layer("value/1")),
      name_row_(RowsOf(begin_, end_, names_.begin, names_.end)),
      value_row_(RowsOf(begin_, end_, values_.begin, values_.end)) {
  const std::span<const uint32_t> sentence = document.Layer("token/1").U32("sentence");
  uint32_t token = 0;
  for (uint32_t s = 0; s <= sentence_begin_.size(); ++s) {
    while (token < sentence.size() && sentence[token] < s) ++token;
    first_token_.push_back(token);
  }
  FindDependents();
  SetCodes(Attribute::kLemma, lemma_);
  SetCodes(Attribute::kPos, upos_);
  SetCodes(Attribute::kTag, xpos_);
  SetCodes(Attribute::kDep, relation_);
  for (const Attribute attribute : {Attribute::kWord, Attribute::kName, Attribute::kValue}) {
    Numbering numbering;
    std::vector<uint32_t>& codes = codes_[static_cast<size_t>(attribute)];
    codes.reserve(begin_.size());
    for (uint32_t i = 0; i < begin_.size(); ++i) codes.push_back(numbering.Of(Text(i, attribute)));
  }
}

void Tokens::FindDependents() {
  first_dependent_.assign(begin_.size() + 1, 0);
  for (const uint32_t head : head_) {
    if (head != kNoRow) ++first_dependent_[head + 1];
  }
  for (size_t i = 1; i < first_dependent_.size(); ++i)
    first_dependent_[i] += first_dependent_[i - 1];
  dependents_.resize(first_dependent_.back());
  std::vector<uint32_t> next(first_dependent_.begin(), first_dependent_.end() - 1);
  for (uint32_t i = 0; i < head_.size(); ++i) {
    if (head_[i] != kNoRow) dependents_[next[head_[i]]++] = i;
  }
}

void Tokens::SetCodes(Attribute attribute, const sdk::StringColumn& column) {
  std::vector<uint32_t>& codes = codes_[static_cast<size_t>(attribute)];
  codes.reserve(column.size());
  for (uint32_t i = 0; i < column.size(); ++i) codes.push_back(column.code(i));
}

std::string_view Tokens::Text(uint32_t token, Attribute attribute) const {
  switch (attribute) {
    case Attribute::kWord:
      return text_.substr(begin_[token], end_[token] - begin_[token]);
    case Attribute::kLemma:
      return lemma_[token];
    case Attribute::kPos:
      return upos_[token];
    case Attribute::kTag:
      return xpos_[token];
    case Attribute::kDep:
      return relation_[token];
    case Attribute::kName:
      return name_row_[token] == kNoRow ? std::string_view() : names_.type[name_row_[token]];
    case Attribute::kValue:
      return value_row_[token] == kNoRow ? std::string_view() : values_.kind[value_row_[token]];
  }
  return {};
}

bool Tokens::StandsAt(uint32_t token, Attribute attribute, Place place) const {
  if (place == Place::kAnywhere) return true;
  const std::vector<uint32_t>& rows = attribute == Attribute::kName ? name_row_ : value_row_;
  const uint32_t row = rows[token];
  if (row == kNoRow) return false;
  const bool first = token == 0 || rows[token - 1] != row;
  const bool last = token + 1 == rows.size() || rows[token + 1] != row;
  switch (place) {
    case Place::kOnly:
      return first && last;
    case Place::kFirst:
      return first && !last;
    case Place::kMiddle:
      return !first && !last;
    case Place::kLast:
      return !first && last;
    case Place::kAnywhere:
      break;
  }
  return true;
}

bool Tester::Passes(uint32_t test, uint32_t token) {
  const Test& tried = rules_.tests[test];
  const uint32_t code = tokens_.Code(token, tried.attribute);
  std::vector<Result>& results = results_[test];
  if (code >= results.size()) results.resize(code + 1, Result::kUnknown);
  if (results[code] == Result::kUnknown) {
    const std::string_view text = tokens_.Text(token, tried.attribute);
    const bool matches = RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *tried.pattern);
    results[code] = matches != tried.negated ? Result::kYes : Result::kNo;
  }
  return results[code] == Result::kYes;
}

bool Tester::Fits(uint32_t pattern, uint32_t token) {
  const TokenPattern& wanted = rules_.patterns[pattern];
  return std::all_of(wanted.tests.begin(), wanted.tests.end(),
                     [&](uint32_t test) { return Passes(test, token); }) &&
         (wanted.place == Place::kAnywhere ||
          tokens_.StandsAt(token, rules_.tests[wanted.tests.front()].attribute, wanted.place));
}

}  // namespace dossier::rules
