#include "plugins/english/text/characters.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace dossier::english {
namespace {

using enum CharacterClass;

struct Range {
  char32_t first;
  char32_t last;
  CharacterClass kind;
};

// Sorted. What no range holds is a letter without case.
constexpr Range kRanges[] = {
    {0x80, 0xA0, kSpace},     {0xA1, 0xA9, kMark},       {0xAB, 0xAC, kMark},
    {0xAE, 0xB4, kMark},      {0xB6, 0xB9, kMark},       {0xBB, 0xBF, kMark},
    {0xC0, 0xD6, kUpper},     {0xD7, 0xD7, kMark},       {0xD8, 0xDE, kUpper},
    {0xDF, 0xF6, kLower},     {0xF7, 0xF7, kMark},       {0xF8, 0xFF, kLower},
    {0x386, 0x38F, kUpper},   {0x391, 0x3AB, kUpper},    {0x3AC, 0x3CE, kLower},
    {0x400, 0x42F, kUpper},   {0x430, 0x45F, kLower},    {0x1680, 0x1680, kSpace},
    {0x180E, 0x180E, kSpace}, {0x2000, 0x200F, kSpace},  {0x2010, 0x2027, kMark},
    {0x2028, 0x202F, kSpace}, {0x2030, 0x205E, kMark},   {0x205F, 0x206F, kSpace},
    {0x20A0, 0x20CF, kMark},  {0x2100, 0x2BFF, kMark},   {0x2E00, 0x2E7F, kMark},
    {0x3000, 0x3000, kSpace}, {0x3001, 0x303F, kMark},   {0xE000, 0xF8FF, kMark},
    {0xFE00, 0xFE0F, kSpace}, {0xFEFF, 0xFEFF, kSpace},  {0xFF01, 0xFF0F, kMark},
    {0xFFF0, 0xFFFF, kMark},  {0x1F000, 0x1FAFF, kMark},
};

CharacterClass ClassOfAscii(char32_t code) {
  if (code >= 'a' && code <= 'z') return kLower;
  if (code >= 'A' && code <= 'Z') return kUpper;
  if (code >= '0' && code <= '9') return kDigit;
  return code <= ' ' || code == 0x7F ? kSpace : kMark;
}

bool IsContinuation(char byte) { return (byte & '\xC0') == '\x80'; }

}  // namespace

CharacterClass ClassOf(char32_t code) {
  if (code < 0x80) return ClassOfAscii(code);
  // Latin Extended-A and Additional: pairs of upper and lower case, near enough.
  if ((code >= 0x100 && code <= 0x17F) || (code >= 0x1E00 && code <= 0x1EFF)) {
    return code % 2 == 0 ? kUpper : kLower;
  }
  const Range* range = std::upper_bound(std::begin(kRanges), std::end(kRanges), code,
                                        [](char32_t c, const Range& r) { return c < r.first; });
  if (range == std::begin(kRanges) || code > (range - 1)->last) return kLetter;
  return (range - 1)->kind;
}

Character ReadCharacter(std::string_view text, size_t at) {
  if (at >= text.size()) return {};
  const auto lead = static_cast<uint8_t>(text[at]);
  if (lead < 0x80) return {lead, 1, ClassOfAscii(lead)};
  const uint32_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  if (size == 1 || at + size > text.size()) return {0xFFFD, 1, kMark};
  char32_t code = lead & (0x7Fu >> size);
  for (uint32_t i = 1; i < size; ++i) {
    if (!IsContinuation(text[at + i])) return {0xFFFD, 1, kMark};
    code = code << 6 | (static_cast<uint8_t>(text[at + i]) & 0x3Fu);
  }
  return {code, size, ClassOf(code)};
}

Character ReadCharacterBefore(std::string_view text, size_t at) {
  size_t begin = at;
  while (begin > 0 && at - begin < 4) {
    --begin;
    if (!IsContinuation(text[begin])) return ReadCharacter(text, begin);
  }
  return {};
}

}  // namespace dossier::english
