// Reading side: the document and the layers that the manifest requires. Everything here is a view
// into memory of the host and dies when Process() returns.
#ifndef DOSSIER_PLUGINS_SDK_DOCUMENT_H_
#define DOSSIER_PLUGINS_SDK_DOCUMENT_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "plugins/abi/dossier_plugin.h"
#include "plugins/sdk/status.h"

namespace dossier::sdk {

inline constexpr uint32_t kNoId = DOSSIER_NONE;  // no mention; the head of a root token

inline std::string_view View(dossier_str text) {
  return text.size == 0 ? std::string_view() : std::string_view(text.data, text.size);
}

// A half-open range of UTF-8 byte offsets into the document's text.
struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  friend bool operator==(const Span&, const Span&) = default;
};

// A column of strings. Equal strings have equal codes: compare codes in a loop, not strings.
class StringColumn {
 public:
  StringColumn(std::span<const uint32_t> codes, const dossier_dictionary& dictionary)
      : codes_(codes), dictionary_(dictionary) {}

  uint32_t size() const { return static_cast<uint32_t>(codes_.size()); }
  std::string_view operator[](uint32_t row) const { return Entry(codes_[row]); }

  uint32_t code(uint32_t row) const { return codes_[row]; }
  // The code of a string, kNoId when no row holds it. Linear in the number of distinct strings.
  uint32_t FindCode(std::string_view text) const {
    for (uint32_t i = 0; i < dictionary_.count; ++i) {
      if (Entry(i) == text) return i;
    }
    return kNoId;
  }

 private:
  std::string_view Entry(uint32_t code) const {
    const uint32_t begin = dictionary_.offsets[code];
    return {dictionary_.bytes + begin, dictionary_.offsets[code + 1] - begin};
  }

  std::span<const uint32_t> codes_;
  dossier_dictionary dictionary_;
};

// A layer's columns by name. A column that is not there, or is of another type, throws Error.
class LayerView {
 public:
  explicit LayerView(const dossier_layer* layer) : layer_(layer) {}

  std::string_view name() const { return View(layer_->name); }
  uint32_t rows() const { return layer_->rows; }

  std::span<const uint32_t> U32(std::string_view column) const {
    return {static_cast<const uint32_t*>(Find(column, DOSSIER_COLUMN_U32).values), rows()};
  }
  std::span<const double> F64(std::string_view column) const {
    return {static_cast<const double*>(Find(column, DOSSIER_COLUMN_F64).values), rows()};
  }
  StringColumn Str(std::string_view column) const {
    const dossier_column& found = Find(column, DOSSIER_COLUMN_STR);
    return {{static_cast<const uint32_t*>(found.values), rows()}, found.dictionary};
  }

 private:
  const dossier_column& Find(std::string_view name, dossier_column_type type) const {
    for (uint32_t i = 0; i < layer_->column_count; ++i) {
      const dossier_column& column = *layer_->columns[i];
      if (View(column.name) == name && column.type == static_cast<uint32_t>(type)) return column;
    }
    throw Error(StatusCode::kFailedPrecondition, "layer " + std::string(this->name()) +
                                                     " has no column \"" + std::string(name) +
                                                     "\" of the type that was asked for");
  }

  const dossier_layer* layer_;
};

class Document {
 public:
  explicit Document(const dossier_document* document) : document_(document) {}

  std::string_view text() const { return View(document_->text); }
  std::string_view id() const { return View(document_->id); }
  std::string_view uri() const { return View(document_->uri); }
  std::string_view title() const { return View(document_->title); }
  std::string_view source() const { return View(document_->source); }        // publisher
  std::string_view published() const { return View(document_->published); }  // ISO 8601 or empty
  std::string_view language() const { return View(document_->language); }    // BCP 47 or empty

  std::string_view Words(Span span) const {
    return text().substr(span.begin, span.end - span.begin);
  }

  // A layer that the manifest accepts, if it is there.
  std::optional<LayerView> FindLayer(std::string_view name) const {
    for (uint32_t i = 0; i < document_->layer_count; ++i) {
      if (View(document_->layers[i]->name) == name) return LayerView(document_->layers[i]);
    }
    return std::nullopt;
  }
  // A layer that the manifest requires; any other throws Error.
  LayerView Layer(std::string_view name) const {
    if (const auto found = FindLayer(name)) return *found;
    throw Error(StatusCode::kFailedPrecondition,
                "layer " + std::string(name) + " was not passed; does the manifest require it?");
  }

 private:
  const dossier_document* document_;
};

}  // namespace dossier::sdk

#endif  // DOSSIER_PLUGINS_SDK_DOCUMENT_H_
