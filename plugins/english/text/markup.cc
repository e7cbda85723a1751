#include "plugins/english/text/markup.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace dossier::english {
namespace {

constexpr size_t kLongestTag = 2048;

constexpr std::string_view kBlockTags[] = {
    "address", "article",  "aside",  "blockquote", "body",     "br",     "caption",    "center",
    "dd",      "div",      "dl",     "dt",         "fieldset", "figure", "figcaption", "footer",
    "form",    "h1",       "h2",     "h3",         "h4",       "h5",     "h6",         "head",
    "header",  "hr",       "html",   "iframe",     "li",       "link",   "main",       "meta",
    "nav",     "noscript", "object", "ol",         "option",   "p",      "pre",        "script",
    "section", "select",   "style",  "table",      "tbody",    "td",     "tfoot",      "th",
    "thead",   "title",    "tr",     "ul",         "video",
};
constexpr std::string_view kInlineTags[] = {
    "a",      "abbr", "b",      "big",    "button", "cite", "code",    "del",  "em", "font",
    "i",      "img",  "input",  "ins",    "label",  "mark", "picture", "q",    "s",  "small",
    "source", "span", "strike", "strong", "sub",    "sup",  "svg",     "time", "tt", "u",
};

char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool IsLetterOrDigit(char c) {
  return (Lower(c) >= 'a' && Lower(c) <= 'z') || (c >= '0' && c <= '9');
}

template <typename List>
bool Contains(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

}  // namespace

HtmlTag ReadHtmlTag(std::string_view text, size_t at, size_t end) {
  std::string_view rest = text.substr(at, std::min(end - at, kLongestTag));
  if (rest.starts_with("<!--")) {
    const size_t close = rest.find("-->", 4);
    return close == rest.npos ? HtmlTag{} : HtmlTag{static_cast<uint32_t>(close + 3), false};
  }
  const size_t name_begin = rest.starts_with("</") ? 2 : 1;
  std::string name;
  for (size_t i = name_begin; i < rest.size() && IsLetterOrDigit(rest[i]); ++i) {
    if (name.size() > 10) return {};
    name += Lower(rest[i]);
  }
  const bool breaks_line = Contains(kBlockTags, name);
  if (!breaks_line && !Contains(kInlineTags, name)) return {};
  const size_t after = name_begin + name.size();
  if (after >= rest.size() || std::string_view(" \t\r\n/>").find(rest[after]) == rest.npos) {
    return {};
  }
  size_t close = rest.find_first_of("<>", after);
  if (close == rest.npos || rest[close] == '<') return {};
  if (name_begin == 1 && (name == "script" || name == "style")) {
    const size_t element_end = rest.find("</" + name + ">", close);
    if (element_end != rest.npos) close = element_end + name.size() + 2;
  }
  return {static_cast<uint32_t>(close + 1), breaks_line};
}

}  // namespace dossier::english
