#include "server/extract/layer_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "server/base/status_macros.h"
#include "server/base/utf8.h"

namespace dossier {
namespace {

using U32 = std::vector<uint32_t>;
using F64 = std::vector<double>;

enum class Type { kU32, kF64, kStr };

struct ColumnRule {
  std::string_view name;
  Type type = Type::kU32;
  std::string_view rows_of = {};  // a u32 column of rows of this layer ("": plain numbers)
};

struct LayerRule {
  std::string_view name;
  std::vector<ColumnRule> columns;
  std::string_view parallel_to = {};  // a layer of as many rows
};

const std::vector<LayerRule>& LayerRules() {
  static const auto* const rules = new std::vector<LayerRule>{
      {"sentence/1", {{"begin"}, {"end"}, {"kind", Type::kStr}}},
      {"token/1", {{"begin"}, {"end"}, {"sentence", Type::kU32, "sentence/1"}}},
      {"dep.ud/1",
       {{"upos", Type::kStr},
        {"xpos", Type::kStr},
        {"lemma", Type::kStr},
        {"head", Type::kU32, "token/1"},
        {"relation", Type::kStr}},
       "token/1"},
      {"name/1", {{"begin"}, {"end"}, {"type", Type::kStr}}},
      {"listed/1", {{"begin"}, {"end"}, {"type", Type::kStr}, {"name", Type::kStr}}},
      {"value/1",
       {{"begin"},
        {"end"},
        {"kind", Type::kStr},
        {"from", Type::kStr},
        {"to", Type::kStr},
        {"value", Type::kF64},
        {"high", Type::kF64},
        {"unit", Type::kStr},
        {"bound", Type::kStr}}},
  };
  return *rules;
}

const LayerRule* FindRule(std::string_view layer) {
  const auto& rules = LayerRules();
  const auto found = std::find_if(rules.begin(), rules.end(),
                                  [&](const LayerRule& rule) { return rule.name == layer; });
  return found == rules.end() ? nullptr : &*found;
}

bool HasColumn(const Layer& layer, const ColumnRule& rule) {
  switch (rule.type) {
    case Type::kU32:
      return layer.Find<U32>(rule.name) != nullptr;
    case Type::kF64:
      return layer.Find<F64>(rule.name) != nullptr;
    case Type::kStr:
      return layer.Find<StringColumn>(rule.name) != nullptr;
  }
  return false;
}

absl::Status CheckSpans(const Layer& layer, std::string_view text, bool ordered) {
  const U32* begins = layer.Find<U32>("begin");
  const U32* ends = layer.Find<U32>("end");
  if (begins == nullptr || ends == nullptr) {
    return absl::OkStatus();
  }
  uint32_t previous_end = 0;
  for (uint32_t row = 0; row < layer.rows; ++row) {
    const uint32_t begin = (*begins)[row];
    const uint32_t end = (*ends)[row];
    if (begin > end || !IsCharacterBoundary(text, begin) || !IsCharacterBoundary(text, end)) {
      return absl::InvalidArgumentError(
          fmt::format("layer {}, row {}: [{}, {}) is no span of the text of {} bytes", layer.name,
                      row, begin, end, text.size()));
    }
    if (ordered && (begin == end || begin < previous_end)) {
      return absl::InvalidArgumentError(
          fmt::format("layer {}, row {}: [{}, {}) is empty or does not follow the row before",
                      layer.name, row, begin, end));
    }
    previous_end = end;
  }
  return absl::OkStatus();
}

const Layer* FindLayer(const std::vector<const Layer*>& layers, std::string_view name) {
  const auto found = std::find_if(layers.begin(), layers.end(),
                                  [&](const Layer* layer) { return layer->name == name; });
  return found == layers.end() ? nullptr : *found;
}

absl::Status CheckRowsOf(const Layer& layer, const ColumnRule& rule,
                         const std::vector<const Layer*>& others) {
  const Layer* target = FindLayer(others, rule.rows_of);
  if (target == nullptr) {
    return absl::OkStatus();
  }
  const U32& values = *layer.Find<U32>(rule.name);
  const bool may_be_none = rule.name == "head";
  for (uint32_t row = 0; row < layer.rows; ++row) {
    if (values[row] >= target->rows && !(may_be_none && values[row] == DOSSIER_NONE)) {
      return absl::InvalidArgumentError(
          fmt::format("layer {}, row {}: \"{}\" is {}, but {} has {} rows", layer.name, row,
                      rule.name, values[row], target->name, target->rows));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckParallel(const Layer& layer, std::string_view parallel_to,
                           const std::vector<const Layer*>& others) {
  const Layer* target = FindLayer(others, parallel_to);
  if (target != nullptr && target->rows != layer.rows) {
    return absl::InvalidArgumentError(fmt::format("layer {} has {} rows, but {} has {}", layer.name,
                                                  layer.rows, target->name, target->rows));
  }
  return absl::OkStatus();
}

// Tokens stand in the order of their sentences, each inside its own.
absl::Status CheckTokens(const Layer& tokens, const std::vector<const Layer*>& others) {
  const Layer* sentences = FindLayer(others, "sentence/1");
  if (sentences == nullptr) {
    return absl::OkStatus();
  }
  const U32& begins = *tokens.Find<U32>("begin");
  const U32& ends = *tokens.Find<U32>("end");
  const U32& sentence_of = *tokens.Find<U32>("sentence");
  const U32& sentence_begins = *sentences->Find<U32>("begin");
  const U32& sentence_ends = *sentences->Find<U32>("end");
  for (uint32_t row = 0; row < tokens.rows; ++row) {
    const uint32_t sentence = sentence_of[row];
    if (begins[row] < sentence_begins[sentence] || ends[row] > sentence_ends[sentence]) {
      return absl::InvalidArgumentError(
          fmt::format("layer {}, row {}: [{}, {}) lies outside its sentence {}", tokens.name, row,
                      begins[row], ends[row], sentence));
    }
  }
  return absl::OkStatus();
}

// Whoever follows the heads from a token comes to a root. REQUIRES: heads are rows.
absl::Status CheckTrees(const Layer& dependencies) {
  const U32& heads = *dependencies.Find<U32>("head");
  std::vector<uint32_t> met_by(dependencies.rows, DOSSIER_NONE);
  for (uint32_t row = 0; row < dependencies.rows; ++row) {
    uint32_t at = row;
    while (at != DOSSIER_NONE && met_by[at] == DOSSIER_NONE) {
      met_by[at] = row;
      at = heads[at];
    }
    if (at != DOSSIER_NONE && met_by[at] == row) {
      return absl::InvalidArgumentError(fmt::format(
          "layer {}, row {}: its heads lead back to it and to no root", dependencies.name, at));
    }
  }
  return absl::OkStatus();
}

// A token and its head are of one sentence, and heads make trees.
absl::Status CheckHeads(const Layer& dependencies, const std::vector<const Layer*>& others) {
  const Layer* tokens = FindLayer(others, "token/1");
  if (tokens == nullptr) {
    return absl::OkStatus();
  }
  const U32& heads = *dependencies.Find<U32>("head");
  const U32& sentence_of = *tokens->Find<U32>("sentence");
  for (uint32_t row = 0; row < dependencies.rows; ++row) {
    if (heads[row] != DOSSIER_NONE && sentence_of[heads[row]] != sentence_of[row]) {
      return absl::InvalidArgumentError(
          fmt::format("layer {}, row {}: its head, row {}, is in another sentence",
                      dependencies.name, row, heads[row]));
    }
  }
  return CheckTrees(dependencies);
}

}  // namespace

absl::Status CheckLayer(const Layer& layer, std::string_view text) {
  const LayerRule* rule = FindRule(layer.name);
  RETURN_IF_ERROR(CheckSpans(layer, text, /*ordered=*/rule != nullptr));
  if (rule == nullptr) {
    return absl::OkStatus();
  }
  for (const ColumnRule& column : rule->columns) {
    if (!HasColumn(layer, column)) {
      return absl::InvalidArgumentError(fmt::format(
          "layer {} lacks the column \"{}\", or has it in another type", layer.name, column.name));
    }
  }
  return absl::OkStatus();
}

absl::Status CheckAgainst(const Layer& layer, const std::vector<const Layer*>& others) {
  const LayerRule* rule = FindRule(layer.name);
  if (rule == nullptr) {
    return absl::OkStatus();
  }
  for (const ColumnRule& column : rule->columns) {
    if (!column.rows_of.empty()) {
      RETURN_IF_ERROR(CheckRowsOf(layer, column, others));
    }
  }
  RETURN_IF_ERROR(CheckParallel(layer, rule->parallel_to, others));
  if (layer.name == "token/1") {
    return CheckTokens(layer, others);
  }
  return layer.name == "dep.ud/1" ? CheckHeads(layer, others) : absl::OkStatus();
}

}  // namespace dossier
