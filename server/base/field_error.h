// Errors in a request that name the field at fault, so that a client can show them beside it.
//
//   return FieldError("text", "is empty");         // INVALID_ARGUMENT: text is empty
//   return InField("document", Validate(document));  // INVALID_ARGUMENT: document.text is empty
#ifndef DOSSIER_SERVER_BASE_FIELD_ERROR_H_
#define DOSSIER_SERVER_BASE_FIELD_ERROR_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace dossier {

// INVALID_ARGUMENT with the text "<field> <problem>". `field` is the path of field names from the
// message in hand: "text", "filter.polarities[2]".
absl::Status FieldError(std::string_view field, std::string_view problem);

// `status` as seen from the message that holds the faulty one in its field `parent`. Statuses that
// name no field, OK among them, stay as they are.
absl::Status InField(std::string_view parent, const absl::Status& status);

// `status`, if it is an INVALID_ARGUMENT that names no field, as the fault of `field`. The text
// stays as it is.
absl::Status BlameField(std::string_view field, const absl::Status& status);

// The path that a FieldError names; nullopt for other statuses.
std::optional<std::string> FieldOf(const absl::Status& status);

}  // namespace dossier

#endif  // DOSSIER_SERVER_BASE_FIELD_ERROR_H_
