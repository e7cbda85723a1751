#include "plugins/gazetteer/words.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <memory>

namespace dossier::gazetteer {
namespace {

enum class Kind { kSpace, kWord, kAlone };

struct Range {
  int32_t first;
  int32_t last;
};

// Scripts written without spaces between words, in order (Unicode blocks).
constexpr Range kUnspaced[] = {
    {0x0e00, 0x0eff},    // Thai, Lao
    {0x1000, 0x109f},    // Myanmar
    {0x1780, 0x17ff},    // Khmer
    {0x2e80, 0x2fdf},    // radicals
    {0x3005, 0x3007},    // iteration mark, closing mark, ideographic zero
    {0x3041, 0x30ff},    // Hiragana, Katakana
    {0x31f0, 0x31ff},    // Katakana extensions
    {0x3400, 0x4dbf},    // ideographs, extension A
    {0x4e00, 0x9fff},    // ideographs
    {0xa9e0, 0xa9ff},    // Myanmar extended B
    {0xaa60, 0xaa7f},    // Myanmar extended A
    {0xf900, 0xfaff},    // compatibility ideographs
    {0x1b000, 0x1b16f},  // Kana supplement and extensions
    {0x20000, 0x3ffff},  // ideographs, extensions B and on
};

bool IsUnspaced(int32_t code) {
  const auto* after =
      std::upper_bound(std::begin(kUnspaced), std::end(kUnspaced), code,
                       [](int32_t value, const Range& range) { return value < range.first; });
  return after != std::begin(kUnspaced) && code <= std::prev(after)->last;
}

bool IsWordCategory(utf8proc_category_t category) {
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

// The character at `at`, which is inside the text.
int32_t ReadCode(std::string_view text, size_t at, size_t* size) {
  int32_t code = 0;
  const auto got = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                    static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  *size = got > 0 ? static_cast<size_t>(got) : 1;
  return got > 0 ? code : 0xfffd;
}

Kind KindOf(int32_t code) {
  if (code < 0x80) {
    if (code <= ' ' || code == 0x7f) return Kind::kSpace;
    const bool letter = (code | 0x20) >= 'a' && (code | 0x20) <= 'z';
    return letter || (code >= '0' && code <= '9') ? Kind::kWord : Kind::kAlone;
  }
  const utf8proc_category_t category = utf8proc_category(code);
  if (category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
      category == UTF8PROC_CATEGORY_ZP || category == UTF8PROC_CATEGORY_CC) {
    return Kind::kSpace;
  }
  // Soft hyphens, joiners and direction marks stand inside words and are dropped by the folding.
  if (category == UTF8PROC_CATEGORY_CF) return Kind::kWord;
  return IsWordCategory(category) && !IsUnspaced(code) ? Kind::kWord : Kind::kAlone;
}

bool IsPlainAscii(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return (c & 0x80) == 0; });
}

// Kinds of apostrophe and hyphen, which stand alone as words, become ' and -.
std::string_view PlainMark(std::string_view word) {
  static constexpr std::string_view kApostrophes[] = {"‘", "’", "′", "`", "´"};
  static constexpr std::string_view kHyphens[] = {"‐", "‑", "‒", "–", "−"};
  const auto is = [&](std::string_view mark) { return word == mark; };
  if (std::any_of(std::begin(kApostrophes), std::end(kApostrophes), is)) return "'";
  if (std::any_of(std::begin(kHyphens), std::end(kHyphens), is)) return "-";
  return word;
}

void Map(std::string_view word, int options, std::string* mapped) {
  utf8proc_uint8_t* bytes = nullptr;
  const auto size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(word.data()),
                   static_cast<utf8proc_ssize_t>(word.size()), &bytes,
                   static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE |
                                                  UTF8PROC_COMPAT | UTF8PROC_IGNORE | options));
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(bytes, &std::free);
  if (size < 0) {  // no memory: as it is
    mapped->assign(word);
  } else {
    mapped->assign(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
  }
}

}  // namespace

bool WordReader::Next(Word* word) {
  int newlines = 0;
  size_t size = 0;
  Kind kind = Kind::kSpace;
  for (; at_ < text_.size(); at_ += size) {
    kind = KindOf(ReadCode(text_, at_, &size));
    if (kind != Kind::kSpace) break;
    newlines += text_[at_] == '\n' ? 1 : 0;
  }
  if (at_ == text_.size()) return false;
  word->after_blank_line = newlines > 1;
  word->begin = static_cast<uint32_t>(at_);
  at_ += size;
  while (kind == Kind::kWord && at_ < text_.size() &&
         KindOf(ReadCode(text_, at_, &size)) == Kind::kWord) {
    at_ += size;
  }
  word->end = static_cast<uint32_t>(at_);
  return true;
}

void FoldWord(std::string_view word, std::string* folded) {
  if (IsPlainAscii(word)) {
    folded->assign(PlainMark(word));
    for (char& c : *folded) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
  } else {
    Map(PlainMark(word), UTF8PROC_CASEFOLD, folded);
  }
}

void NormalizeWord(std::string_view word, std::string* normalized) {
  if (IsPlainAscii(word)) {
    normalized->assign(PlainMark(word));
  } else {
    Map(PlainMark(word), 0, normalized);
  }
}

Capitals CapitalsOf(std::string_view word) {
  size_t letters = 0;
  size_t capitals = 0;
  bool initial = false;
  for (size_t at = 0, size = 0; at < word.size(); at += size) {
    const utf8proc_category_t category = utf8proc_category(ReadCode(word, at, &size));
    if (category < UTF8PROC_CATEGORY_LU || category > UTF8PROC_CATEGORY_LO) continue;
    const bool capital = category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
    initial |= capital && letters == 0;
    ++letters;
    capitals += capital ? 1 : 0;
  }
  return {initial, letters > 1 && capitals == letters};
}

}  // namespace dossier::gazetteer
