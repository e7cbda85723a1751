// Reads the statements of the C ABI into values, checking each field.
#ifndef DOSSIER_SERVER_EXTRACT_STATEMENT_READER_H_
#define DOSSIER_SERVER_EXTRACT_STATEMENT_READER_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "plugins/abi/dossier_plugin.h"
#include "server/extract/extraction.h"

namespace dossier {

// What the checks are made against.
struct StatementContext {
  std::string_view text;
  uint32_t mention_count = 0;  // ids below it are valid
};

// Each returns INVALID_ARGUMENT with a text that names the field when a size is too small, a span
// is out of range, reversed or cuts a character, an id or an enumerator is unknown, a confidence or
// a number is not finite or out of range, a time is not ISO 8601, or a string is not UTF-8, holds a
// NUL or is longer than kMaxTermBytes. REQUIRES: pointers are null or point to what they claim.
absl::StatusOr<ExtractedMention> ReadMention(const dossier_mention& mention,
                                             const StatementContext& context);
absl::StatusOr<ExtractedTriple> ReadTriple(const dossier_triple& triple,
                                           const StatementContext& context);
absl::StatusOr<ExtractedProposition> ReadProposition(const dossier_proposition& proposition,
                                                     const StatementContext& context);

// The memory that a statement takes.
uint64_t ByteSize(const ExtractedMention& mention);
uint64_t ByteSize(const ExtractedTriple& triple);
uint64_t ByteSize(const ExtractedProposition& proposition);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_STATEMENT_READER_H_
