#ifndef DOSSIER_SERVER_BASE_SHA256_H_
#define DOSSIER_SERVER_BASE_SHA256_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace dossier {

// The SHA-256 of `bytes` (FIPS 180-4): 32 raw bytes, or 64 lower-case hexadecimal digits.
inline constexpr std::size_t kSha256Bytes = 32;
std::string Sha256(std::string_view bytes);
std::string Sha256Hex(std::string_view bytes);

// Bytes as lower-case hexadecimal digits.
std::string Hex(std::string_view bytes);

}  // namespace dossier

#endif  // DOSSIER_SERVER_BASE_SHA256_H_
