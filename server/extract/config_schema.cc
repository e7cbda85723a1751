#include "server/extract/config_schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <functional>
#include <nlohmann/json.hpp>

#define VALIJSON_USE_EXCEPTIONS 1
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/extract/json_text.h"

namespace dossier {
namespace {

using Json = nlohmann::json;

// Calls `visit` for each schema that stands in `schema` directly.
void ForEachPart(const Json& schema, const std::function<void(const Json&)>& visit) {
  for (const char* key : {"additionalItems", "additionalProperties", "contains", "else", "if",
                          "items", "not", "propertyNames", "then", "allOf", "anyOf", "oneOf"}) {
    const auto part = schema.find(key);
    if (part != schema.end() && part->is_array()) {
      std::for_each(part->begin(), part->end(), visit);
    } else if (part != schema.end()) {
      visit(*part);
    }
  }
  for (const char* key : {"definitions", "dependencies", "properties"}) {
    const auto parts = schema.find(key);
    if (parts != schema.end() && parts->is_object()) {
      std::for_each(parts->begin(), parts->end(), visit);
    }
  }
}

absl::Status CheckKeywords(const Json& schema) {
  if (!schema.is_object()) {
    return absl::OkStatus();  // true, false, or nonsense that the parser refuses
  }
  for (const char* key : {"pattern", "patternProperties", "$ref"}) {
    if (schema.contains(key)) {
      return absl::InvalidArgumentError(fmt::format(
          "uses \"{}\", which servers do not evaluate; check it in the plugin itself", key));
    }
  }
  absl::Status status;
  ForEachPart(schema, [&](const Json& part) { status.Update(CheckKeywords(part)); });
  return status;
}

void FillDefaults(const Json& schema, Json* value);

void FillMembers(const Json& properties, Json* value) {
  for (const auto& [name, part] : properties.items()) {
    if (part.is_object() && part.contains("default")) {
      value->emplace(name, part["default"]);  // unless it is there
    }
    if (const auto member = value->find(name); member != value->end()) {
      FillDefaults(part, &*member);
    }
  }
}

void FillDefaults(const Json& schema, Json* value) {
  if (!schema.is_object()) {
    return;
  }
  if (const auto properties = schema.find("properties");
      value->is_object() && properties != schema.end()) {
    FillMembers(*properties, value);
  } else if (const auto items = schema.find("items"); value->is_array() && items != schema.end()) {
    for (Json& item : *value) {
      FillDefaults(*items, &item);
    }
  }
}

// Valijson's path, <root> then [name] and [3], in the spelling of field paths.
std::string FieldPath(const std::vector<std::string>& context) {
  std::string path = "config";
  for (std::size_t i = 1; i < context.size(); ++i) {
    const std::string name = context[i].substr(1, context[i].size() - 2);
    const bool is_index = name.find_first_not_of("0123456789") == name.npos;
    path += is_index ? context[i] : "." + name;
  }
  return path;
}

absl::Status Parse(const Json& json, valijson::Schema* schema) {
  try {
    valijson::SchemaParser(valijson::SchemaParser::kDraft7)
        .populateSchema(valijson::adapters::NlohmannJsonAdapter(json), *schema);
    return absl::OkStatus();
  } catch (const std::exception& error) {
    return absl::InvalidArgumentError(
        fmt::format("is not a JSON Schema of draft 7: {}", error.what()));
  }
}

absl::Status Validate(const Json& schema_json, const Json& config) {
  valijson::Schema schema;
  RETURN_IF_ERROR(Parse(schema_json, &schema));
  valijson::ValidationResults results;
  try {
    const valijson::adapters::NlohmannJsonAdapter target(config);
    if (valijson::Validator().validate(schema, target, &results)) {
      return absl::OkStatus();
    }
  } catch (const std::exception& error) {
    return FieldError("config", fmt::format("cannot be checked: {}", error.what()));
  }
  // The first is the deepest: the others only say that what holds it is wrong as well.
  valijson::ValidationResults::Error first;
  results.popError(first);
  return FieldError(FieldPath(first.context), first.description);
}

}  // namespace

absl::Status CheckConfigSchema(std::string_view schema) {
  ASSIGN_OR_RETURN(const Json json, ParseJsonObject(schema));
  RETURN_IF_ERROR(CheckKeywords(json));
  valijson::Schema parsed;
  return Parse(json, &parsed);
}

absl::StatusOr<std::string> CompleteConfig(std::string_view schema, std::string_view config) {
  if (config.size() > kMaxConfigBytes) {
    return FieldError("config", fmt::format("has {} bytes; at most {} are allowed", config.size(),
                                            kMaxConfigBytes));
  }
  absl::StatusOr<Json> json = ParseJsonObject(config);
  if (!json.ok()) {
    return FieldError("config", std::string(json.status().message()));
  }
  if (!schema.empty()) {
    ASSIGN_OR_RETURN(const Json schema_json, ParseJsonObject(schema));
    FillDefaults(schema_json, &*json);
    RETURN_IF_ERROR(Validate(schema_json, *json));
  }
  return json->dump();
}

}  // namespace dossier
