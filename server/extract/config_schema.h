// The configuration of a plugin against the JSON Schema (draft 7) of its manifest. Checked by
// Valijson. A schema comes from the plugin's author, whom nobody need trust, so what could keep the
// server busy for ever is refused in it: regular expressions and references. `format` is not
// checked.
#ifndef DOSSIER_SERVER_EXTRACT_CONFIG_SCHEMA_H_
#define DOSSIER_SERVER_EXTRACT_CONFIG_SCHEMA_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace dossier {

inline constexpr std::size_t kMaxConfigBytes = 64u << 10;

// Whether `schema`, a JSON object, can be used: INVALID_ARGUMENT says what is wrong with it.
absl::Status CheckConfigSchema(std::string_view schema);

// `config`, a JSON object, with the defaults of `schema` where it says nothing, in one spelling, so
// that equal configurations are equal texts. Defaults are filled into objects, those in objects and
// arrays among them, from `properties` and `items`. An empty schema takes every object.
//
// A FieldError (INVALID_ARGUMENT) with the path from `config` when the configuration does not keep
// the schema: "config.limits[2].max Expected number less than 10". REQUIRES: CheckConfigSchema() is
// OK for a schema that is not empty.
absl::StatusOr<std::string> CompleteConfig(std::string_view schema, std::string_view config);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_CONFIG_SCHEMA_H_
