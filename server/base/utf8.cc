#include "server/base/utf8.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstdint>

namespace dossier {
namespace {

bool IsContinuation(char byte) { return (static_cast<uint8_t>(byte) & 0xc0) == 0x80; }

bool IsQuote(UChar32 c) {
  return c == u'’' || c == u'‘' || c == u'ʼ' || c == u'`' || c == u'´' || c == u'′';
}

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & 0x80) == 0; });
}

// FoldName() of what needs no tables: most names.
std::string FoldAscii(std::string_view name) {
  std::string folded;
  folded.reserve(name.size());
  bool space = false;
  for (const char c : name) {
    if (c == ' ' || (c >= '\t' && c <= '\r')) {
      space = !folded.empty();
      continue;
    }
    if (space) {
      folded.push_back(' ');
      space = false;
    }
    const bool capital = c >= 'A' && c <= 'Z';
    folded.push_back(capital ? static_cast<char>(c - 'A' + 'a') : c == '`' ? '\'' : c);
  }
  return folded;
}

}  // namespace

std::optional<std::size_t> FindInvalidUtf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const uint8_t*>(text.data());
  const auto size = static_cast<int64_t>(text.size());
  for (int64_t at = 0; at < size;) {
    const int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT(bytes, at, size, c);
    if (c < 0) {
      return static_cast<std::size_t>(begin);
    }
  }
  return std::nullopt;
}

bool IsCharacterBoundary(std::string_view text, std::size_t offset) {
  return offset == text.size() || (offset < text.size() && !IsContinuation(text[offset]));
}

std::string_view Utf8Prefix(std::string_view text, std::size_t size) {
  if (size >= text.size()) {
    return text;
  }
  while (size > 0 && IsContinuation(text[size])) {
    --size;
  }
  return text.substr(0, size);
}

std::string EscapeForDisplay(std::string_view bytes) {
  std::string text;
  const auto size = static_cast<int64_t>(bytes.size());
  for (int64_t at = 0; at < size;) {
    const int64_t begin = at;
    UChar32 c = 0;
    U8_NEXT(reinterpret_cast<const uint8_t*>(bytes.data()), at, size, c);
    for (const char byte :
         bytes.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(at - begin))) {
      text += c < 0 || u_iscntrl(c) ? fmt::format("\\x{:02X}", static_cast<uint8_t>(byte))
                                    : std::string(1, byte);
    }
  }
  return text;
}

std::string FoldName(std::string_view name) {
  if (IsAscii(name)) {
    return FoldAscii(name);
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  if (U_FAILURE(error)) {
    return std::string(name);  // ICU's own data is missing: names still match exactly
  }
  const icu::UnicodeString folded =
      fold->normalize(icu::UnicodeString::fromUTF8(
                          icu::StringPiece(name.data(), static_cast<int32_t>(name.size()))),
                      error);
  icu::UnicodeString spaced;
  bool space = false;
  for (int32_t at = 0; at < folded.length();) {
    const UChar32 c = folded.char32At(at);
    at += U16_LENGTH(c);
    if (u_isUWhiteSpace(c)) {
      space = !spaced.isEmpty();
      continue;
    }
    if (space) {
      spaced.append(u' ');
      space = false;
    }
    spaced.append(IsQuote(c) ? UChar32{'\''} : c);
  }
  std::string out;
  spaced.toUTF8String(out);
  return out;
}

}  // namespace dossier
