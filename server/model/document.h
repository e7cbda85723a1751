#ifndef DOSSIER_SERVER_MODEL_DOCUMENT_H_
#define DOSSIER_SERVER_MODEL_DOCUMENT_H_

#include <cstddef>
#include <string>

#include "absl/status/status.h"

namespace dossier {

// What a client sends: a text and what is known of it. Only id and text are required.
struct Document {
  std::string id;   // the client's; at most kMaxDocumentIdBytes
  std::string uri;  // where it can be read
  std::string title;
  std::string source;     // publisher
  std::string published;  // ISO 8601 date or UTC time, "2024-10-18", "2024-10-18T06:30:00Z"
  std::string language;   // BCP 47
  std::string text;       // kept as given
};

inline constexpr std::size_t kMaxDocumentIdBytes = 1024;
inline constexpr std::size_t kMaxMetadataBytes = 4096;           // uri, title, source, each
inline constexpr std::size_t kMaxDocumentTextBytes = 16u << 20;  // 16 MiB

// Whether the store may take `document`: id given and short, every field well-formed UTF-8, the
// text neither empty nor binary, `published` a date. An error is a FieldError that
// says, where there is one, the byte offset.
absl::Status ValidateDocument(const Document& document);

}  // namespace dossier

#endif  // DOSSIER_SERVER_MODEL_DOCUMENT_H_
