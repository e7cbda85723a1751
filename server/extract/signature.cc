#include "server/extract/signature.h"

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <algorithm>

#include "server/base/status_macros.h"

namespace dossier {
namespace {

constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kMaxKeyText = 1024;

const unsigned char* Unsigned(const char* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}

// The bytes of whole groups of four characters; empty when `text` is not base64.
std::string DecodeBase64(std::string_view text) {
  if (text.empty() || text.size() > kMaxKeyText || text.size() % 4 != 0) {
    return "";
  }
  std::string bytes(text.size() / 4 * 3, '\0');
  const int size = EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                                   Unsigned(text.data()), static_cast<int>(text.size()));
  if (size < 0) {
    return "";
  }
  bytes.resize(static_cast<std::size_t>(size));  // with zeros for the padding, which nobody reads
  return bytes;
}

absl::StatusOr<std::shared_ptr<EVP_PKEY>> ReadKey(const std::string& text) {
  const std::string der = DecodeBase64(text);
  const unsigned char* at = Unsigned(der.data());
  std::shared_ptr<EVP_PKEY> key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())),
                                EVP_PKEY_free);
  ERR_clear_error();
  if (key == nullptr || EVP_PKEY_id(key.get()) != EVP_PKEY_ED25519) {
    return absl::InvalidArgumentError(
        fmt::format("\"{}\" is not an Ed25519 public key: give the middle line of what openssl "
                    "pkey -pubout prints",
                    text.substr(0, kMaxKeyText)));
  }
  return key;
}

bool IsSignedBy(EVP_PKEY* key, std::string_view bytes, std::string_view signature) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                        EVP_MD_CTX_free);
  const bool is_signed =
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1 &&
      EVP_DigestVerify(context.get(), Unsigned(signature.data()), signature.size(),
                       Unsigned(bytes.data()), bytes.size()) == 1;
  ERR_clear_error();
  return is_signed;
}

}  // namespace

absl::StatusOr<SigningKeys> SigningKeys::Read(const std::vector<std::string>& keys) {
  SigningKeys result;
  for (const std::string& text : keys) {
    ASSIGN_OR_RETURN(std::shared_ptr<EVP_PKEY> key, ReadKey(text));
    result.keys_.push_back(std::move(key));
  }
  return result;
}

absl::Status SigningKeys::Verify(std::string_view bytes, std::string_view signature) const {
  if (keys_.empty()) {
    return absl::OkStatus();
  }
  if (signature.empty()) {
    return absl::PermissionDeniedError("it is not signed, and this server wants a signature");
  }
  if (signature.size() != kSignatureBytes) {
    return absl::PermissionDeniedError(fmt::format(
        "its signature has {} bytes; one of Ed25519 has {}", signature.size(), kSignatureBytes));
  }
  const bool is_signed = std::any_of(keys_.begin(), keys_.end(), [&](const auto& key) {
    return IsSignedBy(key.get(), bytes, signature);
  });
  return is_signed ? absl::OkStatus()
                   : absl::PermissionDeniedError(
                         "its signature is not of this file by a key that this server knows");
}

}  // namespace dossier
