#include "plugins/english/text/addresses.h"

#include <algorithm>

namespace dossier::english {
namespace {

constexpr size_t kLongestMailName = 64;

bool IsAlnum(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool IsUrlByte(char c) {
  return c > ' ' && c != '<' && c != '>' && c != '"' && c != '\x7F' && (c & '\x80') == 0;
}

// The end of the run of URL bytes from `at`, without marks that close a sentence or a bracket that
// was not opened inside.
size_t UrlEnd(std::string_view text, size_t at) {
  size_t end = at;
  bool bracket = false;
  while (end < text.size() && IsUrlByte(text[end])) bracket |= text[end++] == '(';
  constexpr std::string_view kClosers = ".,;:!?'])}";
  while (end > at && kClosers.find(text[end - 1]) != kClosers.npos) {
    if (text[end - 1] == ')' && bracket) break;
    --end;
  }
  return end;
}

bool StartsUrl(std::string_view rest) {
  for (const std::string_view scheme :
       {"http://", "https://", "ftp://", "www.", "Http://", "HTTP://", "WWW."}) {
    if (rest.starts_with(scheme)) return true;
  }
  return false;
}

// "name@host.tld".
size_t MailEnd(std::string_view text, size_t at) {
  size_t sign = at;
  while (sign < text.size() && sign - at < kLongestMailName &&
         (IsAlnum(text[sign]) ||
          std::string_view("._%+-").find(text[sign]) != std::string_view::npos)) {
    ++sign;
  }
  if (sign == at || sign >= text.size() || text[sign] != '@') return at;
  size_t end = sign + 1;
  while (end < text.size() && (IsAlnum(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
  while (end > sign && !IsAlnum(text[end - 1])) --end;
  return text.substr(sign, end - sign).find('.') == std::string_view::npos ? at : end;
}

}  // namespace

uint32_t AddressSize(std::string_view text, size_t at) {
  if (!IsAlnum(text[at]) || (at > 0 && IsAlnum(text[at - 1]))) return 0;
  const size_t end = StartsUrl(text.substr(at)) ? UrlEnd(text, at) : MailEnd(text, at);
  return static_cast<uint32_t>(end - at);
}

}  // namespace dossier::english
