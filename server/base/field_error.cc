#include "server/base/field_error.h"

#include <fmt/format.h>

#include "absl/strings/cord.h"

namespace dossier {
namespace {

// Names the payload that holds the path.
constexpr char kPayload[] = "dossier/field";

absl::Status Make(const std::string& path, std::string_view text) {
  absl::Status status(absl::StatusCode::kInvalidArgument, {text.data(), text.size()});
  status.SetPayload(kPayload, absl::Cord(path));
  return status;
}

}  // namespace

absl::Status FieldError(std::string_view field, std::string_view problem) {
  return Make(std::string(field), fmt::format("{} {}", field, problem));
}

absl::Status InField(std::string_view parent, const absl::Status& status) {
  const std::optional<std::string> field = FieldOf(status);
  if (!field) {
    return status;
  }
  const absl::string_view text = status.message();
  return Make(fmt::format("{}.{}", parent, *field),
              fmt::format("{}.{}", parent, std::string_view(text.data(), text.size())));
}

absl::Status BlameField(std::string_view field, const absl::Status& status) {
  if (!absl::IsInvalidArgument(status) || FieldOf(status)) {
    return status;
  }
  absl::Status blamed = status;
  blamed.SetPayload(kPayload, absl::Cord(std::string(field)));
  return blamed;
}

std::optional<std::string> FieldOf(const absl::Status& status) {
  const absl::optional<absl::Cord> path = status.GetPayload(kPayload);
  return path ? std::make_optional(std::string(*path)) : std::nullopt;
}

}  // namespace dossier
