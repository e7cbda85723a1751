// Layers as the server owns them: a table over a document in parallel columns.
// plugins/abi/LAYERS.md names the layers and their columns.
#ifndef DOSSIER_SERVER_EXTRACT_LAYER_H_
#define DOSSIER_SERVER_EXTRACT_LAYER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/status/statusor.h"
#include "plugins/abi/dossier_plugin.h"

namespace dossier {

// Row i is the dictionary entry codes[i]; entry c is bytes[offsets[c], offsets[c + 1]).
struct StringColumn {
  std::vector<uint32_t> codes;
  std::vector<uint32_t> offsets = {0};
  std::string bytes;

  std::string_view operator[](std::size_t row) const {
    const uint32_t begin = offsets[codes[row]];
    return std::string_view(bytes).substr(begin, offsets[codes[row] + 1] - begin);
  }

  friend bool operator==(const StringColumn&, const StringColumn&) = default;
};

struct Column {
  std::string name;
  std::variant<std::vector<uint32_t>, std::vector<double>, StringColumn> values;

  friend bool operator==(const Column&, const Column&) = default;
};

// Every column has `rows` values, every code of a string column lies in its dictionary, and every
// string is UTF-8.
struct Layer {
  std::string name;  // "token/1"
  uint32_t rows = 0;
  std::vector<Column> columns;

  // The column of that name and type, nullptr when there is none.
  template <class Values>
  const Values* Find(std::string_view column) const {
    for (const Column& candidate : columns) {
      if (candidate.name == column) {
        return std::get_if<Values>(&candidate.values);
      }
    }
    return nullptr;
  }

  friend bool operator==(const Layer&, const Layer&) = default;
};

// The memory that a layer's columns take.
std::size_t ByteSize(const Layer& layer);

// Copies a layer that a plugin passed, and checks all that Layer promises. Copies no more than
// `max_bytes`: a larger layer is RESOURCE_EXHAUSTED, a malformed one INVALID_ARGUMENT with a text
// that names the column and the row. REQUIRES: the pointers in `layer` are null or point to what
// they claim; nobody can check that.
absl::StatusOr<Layer> CopyLayer(const dossier_layer& layer, std::size_t max_bytes);

// A layer as a plugin reads it. Borrows the columns: `layer` outlives it. Does not move, because
// the structs point to each other.
class CLayer {
 public:
  explicit CLayer(const Layer& layer);
  CLayer(const CLayer&) = delete;
  CLayer& operator=(const CLayer&) = delete;

  const dossier_layer* get() const { return &layer_; }

 private:
  std::vector<dossier_column> columns_;
  std::vector<const dossier_column*> pointers_;
  dossier_layer layer_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_LAYER_H_
