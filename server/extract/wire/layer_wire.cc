#include "server/extract/wire/layer_wire.h"

#include <fmt/format.h>

#include <string>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/extract/c_string.h"

namespace dossier {
namespace {

void ToWire(const std::vector<uint32_t>& values, v1::LayerColumn* message) {
  message->mutable_numbers()->mutable_values()->Add(values.begin(), values.end());
}

void ToWire(const std::vector<double>& values, v1::LayerColumn* message) {
  message->mutable_reals()->mutable_values()->Add(values.begin(), values.end());
}

void ToWire(const StringColumn& values, v1::LayerColumn* message) {
  v1::StringColumn* strings = message->mutable_strings();
  strings->mutable_codes()->Add(values.codes.begin(), values.codes.end());
  strings->mutable_offsets()->Add(values.offsets.begin(), values.offsets.end());
  strings->set_bytes(values.bytes);
}

dossier_column ToColumn(const v1::LayerColumn& message) {
  dossier_column column = {};
  column.size = sizeof(column);
  column.name = ToC(message.name());
  switch (message.values_case()) {
    case v1::LayerColumn::kReals:
      column.type = DOSSIER_COLUMN_F64;
      column.values = message.reals().values().data();
      break;
    case v1::LayerColumn::kStrings: {
      const v1::StringColumn& strings = message.strings();
      column.type = DOSSIER_COLUMN_STR;
      column.values = strings.codes().data();
      if (strings.offsets_size() > 1) {
        column.dictionary = {static_cast<uint32_t>(strings.offsets_size() - 1),
                             strings.offsets().data(), strings.bytes().data()};
      }
      break;
    }
    default:  // numbers; none at all has no values either
      column.type = DOSSIER_COLUMN_U32;
      column.values = message.numbers().values().data();
      break;
  }
  return column;
}

int ValueCount(const v1::LayerColumn& message) {
  switch (message.values_case()) {
    case v1::LayerColumn::kReals:
      return message.reals().values_size();
    case v1::LayerColumn::kStrings:
      return message.strings().codes_size();
    default:
      return message.numbers().values_size();
  }
}

}  // namespace

void ToWire(const Layer& layer, v1::Layer* message) {
  message->set_name(layer.name);
  message->set_rows(layer.rows);
  for (const Column& column : layer.columns) {
    v1::LayerColumn* to = message->add_columns();
    to->set_name(column.name);
    std::visit([&](const auto& values) { ToWire(values, to); }, column.values);
  }
}

WireLayer::WireLayer(const v1::Layer& message) : message_(message) {
  columns_.reserve(static_cast<std::size_t>(message.columns_size()));
  for (const v1::LayerColumn& column : message.columns()) {
    pointers_.push_back(&columns_.emplace_back(ToColumn(column)));
  }
  layer_.size = sizeof(layer_);
  layer_.rows = message.rows();
  layer_.name = ToC(message.name());
  layer_.column_count = static_cast<uint32_t>(pointers_.size());
  layer_.columns = pointers_.data();
}

absl::Status WireLayer::Check() const {
  for (const v1::LayerColumn& column : message_.columns()) {
    const auto fault = [&](const std::string& text) {
      return absl::InvalidArgumentError(fmt::format("layer {}, column \"{}\": {}",
                                                    Utf8Prefix(message_.name(), 128),
                                                    Utf8Prefix(column.name(), 128), text));
    };
    if (static_cast<uint32_t>(ValueCount(column)) != message_.rows()) {
      return fault(fmt::format("{} values for {} rows", ValueCount(column), message_.rows()));
    }
    const v1::StringColumn& strings = column.strings();
    if (strings.offsets_size() > 0 &&
        strings.offsets(strings.offsets_size() - 1) > strings.bytes().size()) {
      return fault(fmt::format("dictionary offsets go up to {}, the bytes are {}",
                               strings.offsets(strings.offsets_size() - 1),
                               strings.bytes().size()));
    }
  }
  return absl::OkStatus();
}

}  // namespace dossier
