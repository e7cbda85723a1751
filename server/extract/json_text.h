#ifndef DOSSIER_SERVER_EXTRACT_JSON_TEXT_H_
#define DOSSIER_SERVER_EXTRACT_JSON_TEXT_H_

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "absl/status/statusor.h"

namespace dossier {

// The JSON object that a stranger's `text` spells. INVALID_ARGUMENT, with a text that a subject
// goes before: it "is not well-formed JSON", "is nested deeper than 64 levels", "is a JSON array,
// not an object".
absl::StatusOr<nlohmann::json> ParseJsonObject(std::string_view text);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_JSON_TEXT_H_
