#include "server/base/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <cstdlib>

namespace dossier {

std::string Sha256(std::string_view bytes) {
  std::string digest(kSha256Bytes, '\0');
  // Fails only when OpenSSL is built without SHA-256.
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(digest.data()),
                 nullptr, EVP_sha256(), nullptr) != 1) {
    std::abort();
  }
  return digest;
}

std::string Sha256Hex(std::string_view bytes) { return Hex(Sha256(bytes)); }

std::string Hex(std::string_view bytes) {
  std::string hex;
  for (const char byte : bytes) {
    fmt::format_to(std::back_inserter(hex), "{:02x}", static_cast<unsigned char>(byte));
  }
  return hex;
}

}  // namespace dossier
