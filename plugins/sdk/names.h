// The names of a document, from the two layers that have them.
#ifndef DOSSIER_PLUGINS_SDK_NAMES_H_
#define DOSSIER_PLUGINS_SDK_NAMES_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "plugins/sdk/document.h"

namespace dossier::sdk {

// Parallel columns, in text order, no two rows overlapping. Views into the document's memory.
struct Names {
  std::vector<uint32_t> begin;
  std::vector<uint32_t> end;
  std::vector<std::string_view> type;  // empty when unknown
  std::vector<std::string_view> name;  // what to file it under: its words, or what the list says

  uint32_t size() const { return static_cast<uint32_t>(begin.size()); }
};

namespace internal {

// One layer's rows as they are passed over.
struct NameCursor {
  explicit NameCursor(const LayerView& layer)
      : begin(layer.U32("begin")), end(layer.U32("end")), type(layer.Str("type")) {}

  bool done() const { return row == begin.size(); }
  uint32_t length() const { return end[row] - begin[row]; }

  std::span<const uint32_t> begin;
  std::span<const uint32_t> end;
  StringColumn type;
  uint32_t row = 0;
};

}  // namespace internal

// The rows of listed/1, the user's own list, where it is there, and of name/1, which the manifest
// requires. Of two rows that overlap the longer stays; of two as long the listed one, with the
// other's type where the list has none and the words are the same. Linear.
inline Names ReadNames(const Document& document) {
  Names names;
  const auto add = [&](const internal::NameCursor& from, std::string_view type,
                       std::string_view name) {
    names.begin.push_back(from.begin[from.row]);
    names.end.push_back(from.end[from.row]);
    names.type.push_back(type);
    names.name.push_back(name);
  };
  internal::NameCursor found(document.Layer("name/1"));
  const auto add_found = [&] {
    const Span words = {found.begin[found.row], found.end[found.row]};
    add(found, found.type[found.row], document.Words(words));
    ++found.row;
  };
  if (const auto layer = document.FindLayer("listed/1")) {
    internal::NameCursor listed(*layer);
    const StringColumn listed_name = layer->Str("name");
    while (!listed.done() && !found.done()) {
      const uint32_t l = listed.row, f = found.row;
      if (listed.end[l] <= found.begin[f]) {
        add(listed, listed.type[l], listed_name[l]);
        ++listed.row;
      } else if (found.end[f] <= listed.begin[l]) {
        add_found();
      } else if (found.length() > listed.length()) {
        ++listed.row;
      } else {
        const bool same = found.begin[f] == listed.begin[l] && found.end[f] == listed.end[l];
        if (same && listed.type[l].empty()) {
          add(listed, found.type[f], listed_name[l]);
          ++listed.row;
        }
        ++found.row;
      }
    }
    for (; !listed.done(); ++listed.row) {
      add(listed, listed.type[listed.row], listed_name[listed.row]);
    }
  }
  while (!found.done()) add_found();
  return names;
}

}  // namespace dossier::sdk

#endif  // DOSSIER_PLUGINS_SDK_NAMES_H_
