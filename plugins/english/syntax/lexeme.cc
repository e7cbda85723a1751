#include "plugins/english/syntax/lexeme.h"

#include <algorithm>
#include <string>

#include "plugins/english/model/hash.h"

namespace dossier::english {
namespace {

constexpr size_t kReadBytes = 64;

// Copies `form` to `out` with quotes straightened and digits made 0; returns the bytes written.
size_t Normalize(std::string_view form, char* out) {
  size_t size = 0;
  for (size_t i = 0; i < form.size(); ++i) {
    const char c = form[i];
    if (c >= '0' && c <= '9') {
      out[size++] = '0';
    } else if (c == '\xE2' && form.substr(i, 2) == "\xE2\x80" && i + 2 < form.size()) {
      const auto last = static_cast<uint8_t>(form[i + 2]);
      if (last == 0x98 || last == 0x99) {  // single quotation marks
        out[size++] = '\'';
      } else if (last == 0x9C || last == 0x9D) {  // double ones
        out[size++] = '"';
      } else if (last == 0x94) {  // em dash
        out[size++] = '-';
        out[size++] = '-';
      } else {
        for (size_t k = 0; k < 3; ++k) out[size++] = form[i + k];
      }
      i += 2;
    } else {
      out[size++] = c;
    }
  }
  return size;
}

char ShapeOf(char c) {
  if (c >= 'a' && c <= 'z') return 'x';
  if (c >= 'A' && c <= 'Z') return 'X';
  if (c == '0') return 'd';
  return (c & '\x80') != 0 ? 'u' : c;
}

uint64_t HashShape(std::string_view word) {
  char shape[kReadBytes + 2];
  size_t size = 0;
  for (const char c : word) {
    const char s = ShapeOf(c);
    if (size >= 2 && shape[size - 1] == s && shape[size - 2] == s) continue;
    shape[size++] = s;
  }
  return HashBytes({shape, size});
}

}  // namespace

Lexeme MakeLexeme(std::string_view form) {
  char cut[kReadBytes];
  if (form.size() > kReadBytes) {
    form.copy(cut, kReadBytes / 2);
    form.copy(cut + kReadBytes / 2, kReadBytes / 2, form.size() - kReadBytes / 2);
    form = std::string_view(cut, kReadBytes);
  }
  char buffer[kReadBytes];
  const std::string_view word(buffer, Normalize(form, buffer));
  Lexeme lexeme;
  lexeme.form = HashBytes(word);
  lexeme.shape = HashShape(word);
  lexeme.capital = !word.empty() && word[0] >= 'A' && word[0] <= 'Z';
  for (char& c : buffer) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  lexeme.lower = HashBytes(word);
  for (size_t n = 1; n <= lexeme.prefix.size(); ++n) {
    lexeme.prefix[n - 1] = HashBytes(word.substr(0, n));
  }
  for (size_t n = 1; n <= lexeme.suffix.size(); ++n) {
    lexeme.suffix[n - 1] = HashBytes(word.substr(word.size() - std::min(n, word.size())));
  }
  return lexeme;
}

}  // namespace dossier::english
