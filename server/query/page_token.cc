#include "server/query/page_token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/storage/keys.h"
#include "server/storage/store.h"

namespace dossier {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kRequestBytes = 8;
constexpr std::size_t kMacBytes = 16;
constexpr std::size_t kMaxTokenBytes = 4096;

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

constexpr std::array<int8_t, 256> kDigits = [] {
  std::array<int8_t, 256> digits{};
  digits.fill(-1);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    digits[static_cast<uint8_t>(kAlphabet[i])] = static_cast<int8_t>(i);
  }
  return digits;
}();

// RFC 4648, section 5, without padding.
std::string ToBase64Url(std::string_view bytes) {
  std::string text;
  uint32_t bits = 0;
  int count = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<uint8_t>(byte);
    for (count += 8; count >= 6; count -= 6) {
      text.push_back(kAlphabet[bits >> (count - 6) & 63]);
    }
  }
  if (count > 0) {
    text.push_back(kAlphabet[bits << (6 - count) & 63]);
  }
  return text;
}

// nullopt for everything that ToBase64Url() does not write.
std::optional<std::string> FromBase64Url(std::string_view text) {
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char letter : text) {
    const int8_t digit = kDigits[static_cast<uint8_t>(letter)];
    if (digit < 0) {
      return std::nullopt;
    }
    bits = bits << 6 | static_cast<uint32_t>(digit);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<char>(static_cast<uint8_t>(bits >> count)));
    }
  }
  if (count == 6 || (bits & ((1u << count) - 1)) != 0) {
    return std::nullopt;
  }
  return bytes;
}

// `purpose` keeps what is computed for one field from passing for another.
std::string Hmac(std::string_view secret, char purpose, std::string_view bytes, std::size_t size) {
  std::string message(1, purpose);
  message.append(bytes);
  std::array<uint8_t, EVP_MAX_MD_SIZE> digest{};
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const uint8_t*>(message.data()), message.size(), digest.data(), nullptr);
  return {reinterpret_cast<const char*>(digest.data()), size};
}

absl::Status NotOurs(std::string_view field) {
  return FieldError(field,
                    "is not one that this server gave out: pass on what the page before said, "
                    "whole, or leave it empty to begin anew");
}

}  // namespace

absl::StatusOr<PageTokens> PageTokens::Create(Store& store) {
  ASSIGN_OR_RETURN(const auto known, store.NewSnapshot()->Get(Family::kMeta, TokenSecretKey()));
  if (known && known->size() != kTokenSecretBytes) {
    return DamagedRecord(Family::kMeta, TokenSecretKey(), "not the secret of page tokens");
  }
  if (known) {
    return PageTokens(*known);
  }
  std::array<uint8_t, kTokenSecretBytes> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    return absl::InternalError("the system gives no random bytes for the secret of page tokens");
  }
  const std::string secret(random.begin(), random.end());
  WriteBatch batch;
  batch.Put(Family::kMeta, TokenSecretKey(), secret);
  RETURN_IF_ERROR(store.Write(batch));
  return PageTokens(secret);
}

std::string PageTokens::Seal(std::string_view request, std::string_view position) const {
  std::string bytes(1, kVersion);
  bytes.append(Hmac(secret_, 'r', request, kRequestBytes)).append(position);
  bytes.append(Hmac(secret_, 't', bytes, kMacBytes));
  return ToBase64Url(bytes);
}

absl::StatusOr<std::string> PageTokens::Open(std::string_view field, std::string_view request,
                                             std::string_view token) const {
  if (token.size() > kMaxTokenBytes) {
    return NotOurs(field);
  }
  const std::optional<std::string> bytes = FromBase64Url(token);
  if (!bytes || bytes->size() < 1 + kRequestBytes + kMacBytes || bytes->front() != kVersion) {
    return NotOurs(field);
  }
  const std::string_view signed_part =
      std::string_view(*bytes).substr(0, bytes->size() - kMacBytes);
  const std::string mac = Hmac(secret_, 't', signed_part, kMacBytes);
  if (CRYPTO_memcmp(mac.data(), bytes->data() + signed_part.size(), kMacBytes) != 0) {
    return NotOurs(field);
  }
  if (signed_part.substr(1, kRequestBytes) != Hmac(secret_, 'r', request, kRequestBytes)) {
    return FieldError(field,
                      "belongs to another request: repeat that one with all its fields, or leave "
                      "it empty to begin anew");
  }
  return std::string(signed_part.substr(1 + kRequestBytes));
}

}  // namespace dossier
