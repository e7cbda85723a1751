#include "server/model/document.h"

#include <fmt/format.h>

#include <string_view>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/base/utf8.h"
#include "server/model/time_interval.h"

namespace dossier {
namespace {

absl::Status ValidateField(std::string_view name, std::string_view value, std::size_t max_bytes) {
  if (value.size() > max_bytes) {
    return FieldError(
        name, fmt::format("is {} bytes long; at most {} are allowed", value.size(), max_bytes));
  }
  if (const auto offset = FindInvalidUtf8(value)) {
    return FieldError(name, fmt::format("is not UTF-8: byte 0x{:02x} at offset {} is not part of a "
                                        "character",
                                        static_cast<unsigned char>(value[*offset]), *offset));
  }
  if (const std::size_t nul = value.find('\0'); nul != std::string_view::npos) {
    return FieldError(name,
                      fmt::format("has a NUL byte at offset {}: it looks like binary data", nul));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status ValidateDocument(const Document& document) {
  if (document.id.empty()) {
    return FieldError("id", "is empty; every document needs one");
  }
  RETURN_IF_ERROR(ValidateField("id", document.id, kMaxDocumentIdBytes));
  RETURN_IF_ERROR(ValidateField("uri", document.uri, kMaxMetadataBytes));
  RETURN_IF_ERROR(ValidateField("title", document.title, kMaxMetadataBytes));
  RETURN_IF_ERROR(ValidateField("source", document.source, kMaxMetadataBytes));
  RETURN_IF_ERROR(ValidateField("language", document.language, 64));
  if (!document.published.empty() && !IsIsoTime(document.published)) {
    return FieldError("published",
                      "is neither a date (2024-10-18) nor a UTC time (2024-10-18T06:30:00Z)");
  }
  if (document.text.empty()) {
    return FieldError("text", "is empty");
  }
  return ValidateField("text", document.text, kMaxDocumentTextBytes);
}

}  // namespace dossier
