#include "server/extract/layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/c_string.h"

namespace dossier {
namespace {

constexpr uint32_t kMaxColumns = 64;
constexpr std::size_t kMaxNameBytes = 128;

bool IsName(std::string_view name) {
  return !name.empty() && name.size() <= kMaxNameBytes && !FindInvalidUtf8(name);
}

// Takes what `bytes` costs from `budget`.
absl::Status Spend(uint64_t bytes, uint64_t* budget) {
  if (bytes > *budget) {
    return absl::ResourceExhaustedError("the layer is larger than the output may be");
  }
  *budget -= bytes;
  return absl::OkStatus();
}

template <class Value>
absl::StatusOr<std::vector<Value>> CopyValues(const void* values, uint64_t count,
                                              uint64_t* budget) {
  if (values == nullptr && count != 0) {
    return absl::InvalidArgumentError("values is NULL");
  }
  RETURN_IF_ERROR(Spend(count * sizeof(Value), budget));
  const auto* begin = static_cast<const Value*>(values);
  return count == 0 ? std::vector<Value>() : std::vector<Value>(begin, begin + count);
}

absl::Status CopyDictionary(const dossier_dictionary& dictionary, StringColumn* column,
                            uint64_t* budget) {
  if (dictionary.count == 0) {
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(column->offsets, CopyValues<uint32_t>(dictionary.offsets,
                                                         uint64_t{dictionary.count} + 1, budget));
  const std::vector<uint32_t>& offsets = column->offsets;
  if (offsets.front() != 0 || !std::is_sorted(offsets.begin(), offsets.end())) {
    return absl::InvalidArgumentError("dictionary offsets must begin at 0 and never fall");
  }
  RETURN_IF_ERROR(Spend(offsets.back(), budget));
  if (dictionary.bytes == nullptr && offsets.back() != 0) {
    return absl::InvalidArgumentError("dictionary bytes is NULL");
  }
  if (offsets.back() != 0) {
    column->bytes.assign(dictionary.bytes, offsets.back());
  }
  for (std::size_t i = 0; i < dictionary.count; ++i) {
    const std::string_view entry =
        std::string_view(column->bytes).substr(offsets[i], offsets[i + 1] - offsets[i]);
    if (FindInvalidUtf8(entry)) {
      return absl::InvalidArgumentError(fmt::format("dictionary entry {} is not UTF-8", i));
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<StringColumn> CopyStrings(const dossier_column& column, uint32_t rows,
                                         uint64_t* budget) {
  StringColumn copy;
  RETURN_IF_ERROR(CopyDictionary(column.dictionary, &copy, budget));
  ASSIGN_OR_RETURN(copy.codes, CopyValues<uint32_t>(column.values, rows, budget));
  const auto beyond = std::find_if(copy.codes.begin(), copy.codes.end(),
                                   [&](uint32_t code) { return code >= column.dictionary.count; });
  if (beyond != copy.codes.end()) {
    return absl::InvalidArgumentError(fmt::format("row {} has code {}; the dictionary has {}",
                                                  beyond - copy.codes.begin(), *beyond,
                                                  column.dictionary.count));
  }
  return copy;
}

absl::StatusOr<Column> CopyColumn(const dossier_column& column, uint32_t rows, uint64_t* budget) {
  Column copy;
  copy.name = FromC(column.name);
  switch (column.type) {
    case DOSSIER_COLUMN_U32: {
      ASSIGN_OR_RETURN(copy.values, CopyValues<uint32_t>(column.values, rows, budget));
      return copy;
    }
    case DOSSIER_COLUMN_F64: {
      ASSIGN_OR_RETURN(copy.values, CopyValues<double>(column.values, rows, budget));
      return copy;
    }
    case DOSSIER_COLUMN_STR: {
      ASSIGN_OR_RETURN(copy.values, CopyStrings(column, rows, budget));
      return copy;
    }
    default:
      return absl::InvalidArgumentError(fmt::format("unknown column type {}", column.type));
  }
}

template <class Value>
std::size_t ByteSizeOf(const std::vector<Value>& values) {
  return values.size() * sizeof(Value);
}

std::size_t ByteSizeOf(const StringColumn& column) {
  return ByteSizeOf(column.codes) + ByteSizeOf(column.offsets) + column.bytes.size();
}

dossier_column ToCColumn(const Column& column) {
  dossier_column c = {};
  c.size = sizeof(c);
  c.name = ToC(column.name);
  if (const auto* u32 = std::get_if<std::vector<uint32_t>>(&column.values)) {
    c.type = DOSSIER_COLUMN_U32;
    c.values = u32->data();
  } else if (const auto* f64 = std::get_if<std::vector<double>>(&column.values)) {
    c.type = DOSSIER_COLUMN_F64;
    c.values = f64->data();
  } else {
    const auto& strings = std::get<StringColumn>(column.values);
    c.type = DOSSIER_COLUMN_STR;
    c.values = strings.codes.data();
    c.dictionary = {static_cast<uint32_t>(strings.offsets.size() - 1), strings.offsets.data(),
                    strings.bytes.data()};
  }
  return c;
}

}  // namespace

std::size_t ByteSize(const Layer& layer) {
  std::size_t bytes = 0;
  for (const Column& column : layer.columns) {
    bytes += std::visit([](const auto& values) { return ByteSizeOf(values); }, column.values);
  }
  return bytes;
}

absl::StatusOr<Layer> CopyLayer(const dossier_layer& layer, std::size_t max_bytes) {
  if (layer.size < sizeof(dossier_layer)) {
    return absl::InvalidArgumentError("the layer's size field is too small");
  }
  if (!IsName(FromC(layer.name))) {
    return absl::InvalidArgumentError("the layer's name is empty, too long or not UTF-8");
  }
  if (layer.column_count > kMaxColumns || (layer.column_count > 0 && layer.columns == nullptr)) {
    return absl::InvalidArgumentError(
        fmt::format("layer {} has {} columns; at most {} are allowed and columns must not be NULL",
                    FromC(layer.name), layer.column_count, kMaxColumns));
  }
  Layer copy{std::string(FromC(layer.name)), layer.rows, {}};
  uint64_t budget = max_bytes;
  for (uint32_t i = 0; i < layer.column_count; ++i) {
    const dossier_column* column = layer.columns[i];
    if (column == nullptr || column->size < sizeof(dossier_column) ||
        !IsName(FromC(column->name))) {
      return absl::InvalidArgumentError(fmt::format(
          "layer {}: column {} is NULL, too small or has no proper name", copy.name, i));
    }
    const std::string_view name = FromC(column->name);
    if (std::any_of(copy.columns.begin(), copy.columns.end(),
                    [&](const Column& other) { return other.name == name; })) {
      return absl::InvalidArgumentError(
          fmt::format("layer {}: two columns are named \"{}\"", copy.name, name));
    }
    absl::StatusOr<Column> copied = CopyColumn(*column, layer.rows, &budget);
    if (!copied.ok()) {
      return absl::Status(copied.status().code(),
                          fmt::format("layer {}, column \"{}\": {}", copy.name, name,
                                      std::string(copied.status().message())));
    }
    copy.columns.push_back(*std::move(copied));
  }
  return copy;
}

CLayer::CLayer(const Layer& layer) {
  columns_.reserve(layer.columns.size());
  for (const Column& column : layer.columns) {
    pointers_.push_back(&columns_.emplace_back(ToCColumn(column)));
  }
  layer_ = {};
  layer_.size = sizeof(layer_);
  layer_.rows = layer.rows;
  layer_.name = ToC(layer.name);
  layer_.column_count = static_cast<uint32_t>(pointers_.size());
  layer_.columns = pointers_.data();
}

}  // namespace dossier
