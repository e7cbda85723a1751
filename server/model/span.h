#ifndef DOSSIER_SERVER_MODEL_SPAN_H_
#define DOSSIER_SERVER_MODEL_SPAN_H_

#include <compare>
#include <cstdint>
#include <string_view>

namespace dossier {

// UTF-8 byte offsets [begin, end) into a document's text. begin == end: no place of its own.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  bool empty() const { return begin == end; }
  uint32_t size() const { return end - begin; }

  friend auto operator<=>(const Span&, const Span&) = default;
};

// The words that `span` covers. REQUIRES: begin <= end <= text.size().
inline std::string_view Slice(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_SPAN_H_
