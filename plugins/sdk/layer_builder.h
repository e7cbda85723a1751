// Writing side of layers: columns that grow row by row.
#ifndef DOSSIER_PLUGINS_SDK_LAYER_BUILDER_H_
#define DOSSIER_PLUGINS_SDK_LAYER_BUILDER_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "plugins/abi/dossier_plugin.h"
#include "plugins/sdk/status.h"

namespace dossier::sdk {

inline dossier_str ToC(std::string_view text) { return {text.data(), text.size()}; }

// Strings of one column; each distinct string is kept once.
class StringColumnBuilder {
 public:
  void push_back(std::string_view text) {
    const auto [entry, is_new] =
        codes_by_text_.try_emplace(std::string(text), static_cast<uint32_t>(codes_by_text_.size()));
    if (is_new) {
      bytes_ += text;
      offsets_.push_back(static_cast<uint32_t>(bytes_.size()));
    }
    codes_.push_back(entry->second);
  }

  void reserve(size_t rows) { codes_.reserve(rows); }
  const std::vector<uint32_t>& codes() const { return codes_; }
  dossier_dictionary dictionary() const {
    return {static_cast<uint32_t>(codes_by_text_.size()), offsets_.data(), bytes_.data()};
  }

 private:
  std::unordered_map<std::string, uint32_t> codes_by_text_;
  std::vector<uint32_t> codes_;
  std::vector<uint32_t> offsets_ = {0};
  std::string bytes_;
};

// One layer. Add the columns, then push one value a row into each:
//
//   LayerBuilder tokens("token/1");
//   auto& begin = tokens.AddU32("begin");
//   auto& lemma = tokens.AddStr("lemma");
//   ...
//   begin.push_back(7);
//   lemma.push_back("be");
//   ...
//   sink.Add(tokens);
//
// A column's reference lives as long as the builder. Neither copyable nor movable.
class LayerBuilder {
 public:
  explicit LayerBuilder(std::string_view name) : name_(name) {}
  LayerBuilder(const LayerBuilder&) = delete;
  LayerBuilder& operator=(const LayerBuilder&) = delete;

  std::vector<uint32_t>& AddU32(std::string_view column) {
    return Add(column, DOSSIER_COLUMN_U32).u32;
  }
  std::vector<double>& AddF64(std::string_view column) {
    return Add(column, DOSSIER_COLUMN_F64).f64;
  }
  StringColumnBuilder& AddStr(std::string_view column) {
    return Add(column, DOSSIER_COLUMN_STR).str;
  }

  const std::string& name() const { return name_; }

  // Calls function(const dossier_layer&) with the layer as the host reads it; the struct lives
  // during the call only. Columns of unequal length throw Error.
  template <typename Function>
  auto WithC(Function&& function) const {
    std::vector<dossier_column> columns;
    std::vector<const dossier_column*> pointers;
    columns.reserve(columns_.size());
    for (const Column& column : columns_) {
      if (column.rows() != rows()) {
        throw Error(StatusCode::kInternal, "layer " + name_ + ": column \"" + column.name +
                                               "\" has " + std::to_string(column.rows()) +
                                               " rows, the first has " + std::to_string(rows()));
      }
      columns.push_back(column.ToC());
      pointers.push_back(&columns.back());
    }
    const dossier_layer layer = {.size = sizeof(dossier_layer),
                                 .rows = static_cast<uint32_t>(rows()),
                                 .name = sdk::ToC(name_),
                                 .column_count = static_cast<uint32_t>(columns.size()),
                                 .columns = pointers.data()};
    return std::forward<Function>(function)(layer);
  }

 private:
  struct Column {
    std::string name;
    dossier_column_type type;
    std::vector<uint32_t> u32;
    std::vector<double> f64;
    StringColumnBuilder str;

    size_t rows() const {
      return type == DOSSIER_COLUMN_U32   ? u32.size()
             : type == DOSSIER_COLUMN_F64 ? f64.size()
                                          : str.codes().size();
    }
    const void* values() const {
      return type == DOSSIER_COLUMN_U32   ? static_cast<const void*>(u32.data())
             : type == DOSSIER_COLUMN_F64 ? static_cast<const void*>(f64.data())
                                          : static_cast<const void*>(str.codes().data());
    }
    dossier_column ToC() const {
      return {.size = sizeof(dossier_column),
              .type = static_cast<uint32_t>(type),
              .name = sdk::ToC(name),
              .values = values(),
              .dictionary = str.dictionary()};
    }
  };

  Column& Add(std::string_view name, dossier_column_type type) {
    return columns_.emplace_back(Column{std::string(name), type, {}, {}, {}});
  }
  size_t rows() const { return columns_.empty() ? 0 : columns_.front().rows(); }

  std::string name_;
  std::deque<Column> columns_;  // a deque: references to columns stay valid
};

}  // namespace dossier::sdk

#endif  // DOSSIER_PLUGINS_SDK_LAYER_BUILDER_H_
