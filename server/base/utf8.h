// Checks on UTF-8 text. Positions are byte offsets.
#ifndef DOSSIER_SERVER_BASE_UTF8_H_
#define DOSSIER_SERVER_BASE_UTF8_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dossier {

// The offset of the first byte that is not part of well-formed UTF-8; nullopt when there is none.
// Linear.
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

// Whether `offset` lies between two characters of well-formed `text`, or at its ends.
bool IsCharacterBoundary(std::string_view text, std::size_t offset);

// The longest prefix of at most `size` bytes that does not end inside a character.
std::string_view Utf8Prefix(std::string_view text, std::size_t size);

// `bytes` in UTF-8 that shows on one line: what is not UTF-8, and control characters, as \xHH.
std::string EscapeForDisplay(std::string_view bytes);

// Case-folded, NFKC-normalised form with inner white space collapsed to single spaces and outer
// white space removed: names that a reader takes for the same spell the same. Quotation marks and
// apostrophes of all kinds become '.
std::string FoldName(std::string_view name);

}  // namespace dossier

#endif  // DOSSIER_SERVER_BASE_UTF8_H_
