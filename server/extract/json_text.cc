#include "server/extract/json_text.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace dossier {
namespace {

constexpr int kMaxDepth = 64;

bool IsTooDeep(std::string_view json) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (c == '\\' && in_string) {
      ++i;
    } else if (c == '"') {
      in_string = !in_string;
    } else if (!in_string && (c == '{' || c == '[')) {
      if (++depth > kMaxDepth) {
        return true;
      }
    } else if (!in_string && (c == '}' || c == ']')) {
      --depth;
    }
  }
  return false;
}

}  // namespace

absl::StatusOr<nlohmann::json> ParseJsonObject(std::string_view text) {
  if (IsTooDeep(text)) {  // the parser's values are freed recursively
    return absl::InvalidArgumentError(fmt::format("is nested deeper than {} levels", kMaxDepth));
  }
  auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  if (json.is_discarded()) {
    return absl::InvalidArgumentError("is not well-formed JSON");
  }
  if (!json.is_object()) {
    return absl::InvalidArgumentError(fmt::format("is a JSON {}, not an object", json.type_name()));
  }
  return json;
}

}  // namespace dossier
