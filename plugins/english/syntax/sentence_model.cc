#include "plugins/english/syntax/sentence_model.h"

#include <algorithm>

#include "plugins/english/model/hash.h"
#include "plugins/english/syntax/lexeme.h"
#include "plugins/english/text/abbreviations.h"
#include "plugins/english/text/characters.h"

namespace dossier::english {
namespace {

// A longer line without a full stop is hardly a heading.
constexpr uint32_t kLongestHeading = 30;

// How much surer the model must be where no stop is: the mails and reviews it learns from leave
// them out far more often than the news. Costs nothing on the treebanks' development parts.
constexpr int32_t kUnstoppedMargin = 150;

std::string_view Form(std::string_view text, const Token& token) {
  return text.substr(token.begin, token.end - token.begin);
}

bool ContainsStop(std::string_view form) {
  return form.find_first_of(".!?") != form.npos || form == "…";
}

uint64_t LengthClass(size_t length) {
  return length <= 4 ? length : length <= 8 ? 5 : length <= 15 ? 6 : length <= 30 ? 7 : 8;
}

// Which quotes and brackets before the place are still open, looking back a little.
uint64_t OpenMarks(std::string_view text, std::span<const Token> block, size_t last,
                   size_t length) {
  uint64_t quotes = 0, brackets = 0;
  for (size_t i = 0; i < std::min<size_t>(length, 40); ++i) {
    const std::string_view form = Form(text, block[last - i]);
    if (form == "\"" || form == "“" || form == "”" || form == "''" || form == "``") ++quotes;
    if (form == "(") ++brackets;
    if (form == ")") --brackets;
  }
  return quotes % 2 * 2 + (brackets != 0 && brackets < 40 ? 1 : 0);
}

bool IsHeading(const Block& block, std::string_view text, const Sentence& sentence) {
  if (block.kind != SentenceKind::kSentence) return false;
  if (sentence.begin != block.begin || sentence.end != block.end) return false;
  if (sentence.end_token - sentence.first_token > kLongestHeading) return false;
  const std::string_view line = text.substr(sentence.begin, sentence.end - sentence.begin);
  const Character last = ReadCharacterBefore(line, line.size());
  constexpr std::u32string_view kEnds = U".!…:;";
  if (kEnds.find(last.code) != kEnds.npos) return false;
  // Inside closing quotes or brackets a full stop counts as well.
  constexpr std::u32string_view kClosers = U"\"”’')]";
  const Character inner = ReadCharacterBefore(line, line.size() - last.size);
  return kClosers.find(last.code) == kClosers.npos || kEnds.find(inner.code) == kEnds.npos;
}

}  // namespace

bool MayEnd(std::string_view text, std::span<const Token> block, size_t last) {
  const std::string_view form = Form(text, block[last]);
  const std::string_view next = Form(text, block[last + 1]);
  if (form == "``" || form == "“" || form == "(" || form == "[") return false;
  if (next == "''" || next == "”" || next == ")" || next == "]") return false;
  const Character before = ReadCharacterBefore(text, block[last].end);
  const Character after = ReadCharacter(text, block[last + 1].begin);
  const bool lower = after.kind == CharacterClass::kLower;
  if (form.size() > 1 && form.back() == '.' &&
      ClassOf(static_cast<uint8_t>(form[0])) != CharacterClass::kMark && lower) {
    return false;  // an abbreviation
  }
  if (!before.IsWord() && before.code != ',') return true;
  return block[last].end < block[last + 1].begin && !lower && after.code != ',';
}

void ExtractSentenceFeatures(std::string_view text, std::span<const Token> block, size_t last,
                             size_t length, std::vector<uint64_t>& features) {
  const auto form = [&](size_t i) {
    return i < block.size() ? Form(text, block[i]) : std::string_view();
  };
  const std::string_view last_form = form(last);
  const Lexeme p = MakeLexeme(last_form);
  const Lexeme pp = MakeLexeme(length > 1 ? form(last - 1) : std::string_view());
  const Lexeme n = MakeLexeme(form(last + 1));
  const Lexeme nn = MakeLexeme(form(last + 2));
  const uint64_t space = block[last].end < block[last + 1].begin ? 1 : 0;
  const uint64_t stop = ContainsStop(last_form) ? 1 : 0;
  const auto abbreviation =
      static_cast<uint64_t>(last_form.size() > 1 && last_form.ends_with('.')
                                ? AbbreviationOf(last_form.substr(0, last_form.size() - 1))
                                : Abbreviation::kNone);
  const uint64_t so_far = LengthClass(length);
  const uint64_t open = OpenMarks(text, block, last, length);
  features.clear();
  const auto add = [&](auto... values) {
    uint64_t hash = Combine(0, features.size() + 5000);
    ((hash = Combine(hash, values)), ...);
    features.push_back(hash);
  };
  add();
  add(p.lower, space);
  add(p.shape, space);
  add(n.lower, stop);
  add(n.form, stop);
  add(n.shape, stop, space);
  add(p.lower, n.shape, space);
  add(p.shape, n.lower, space);
  add(p.shape, n.shape, space);
  add(p.lower, n.lower);
  add(p.lower, so_far, space);
  add(p.shape, n.shape, so_far);
  add(pp.lower, p.lower);
  add(pp.shape, p.lower, n.shape);
  add(pp.shape, p.shape, n.shape);
  add(pp.lower, stop, n.shape);
  add(n.lower, nn.lower, stop);
  add(n.shape, nn.shape, stop);
  add(p.shape, n.shape, nn.shape);
  add(n.lower, nn.shape, stop);
  add(p.suffix[2], n.form);
  add(p.suffix[2], n.shape);
  add(p.suffix[1], n.prefix[0], stop);
  add(n.suffix[2], p.shape);
  add(n.suffix[1], n.shape, stop);
  add(abbreviation, n.shape);
  add(abbreviation, n.lower);
  add(open, p.lower, space);
  add(open, p.lower, n.shape);
  add(open, stop, so_far);
  add(form(last + 1).size() > 1 ? 1u : 0u, n.shape, p.lower);
}

bool SentenceModel::Open(std::span<const std::byte> section) {
  return weights_.Open(section) && weights_.classes() == kSentenceClasses;
}

void SentenceModel::Split(const Block& block, uint32_t first_token, Annotation& annotation) const {
  const std::span<Token> tokens = std::span(annotation.tokens).subspan(first_token);
  std::vector<uint64_t> features;
  size_t first = 0;
  for (size_t last = 0; last < tokens.size(); ++last) {
    const size_t length = last + 1 - first;
    tokens[last].sentence = static_cast<uint32_t>(annotation.sentences.size());
    if (last + 1 < tokens.size() && length < kMaxSentenceTokens) {
      if (!MayEnd(annotation.text, tokens, last)) continue;
      ExtractSentenceFeatures(annotation.text, tokens, last, length, features);
      int32_t scores[kSentenceClasses] = {};
      weights_.Score(features, scores);
      const bool stopped = ContainsStop(Form(annotation.text, tokens[last]));
      if (scores[kEnds] <= scores[kGoesOn] + (stopped ? 0 : kUnstoppedMargin)) continue;
    }
    Sentence sentence = {tokens[first].begin, tokens[last].end,
                         static_cast<uint32_t>(first_token + first),
                         static_cast<uint32_t>(first_token + last + 1), block.kind};
    if (IsHeading(block, annotation.text, sentence)) sentence.kind = SentenceKind::kHeading;
    annotation.sentences.push_back(sentence);
    first = last + 1;
  }
}

}  // namespace dossier::english
