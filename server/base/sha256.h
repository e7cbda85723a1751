#ifndef DOSSIER_SERVER_BASE_SHA256_H_
#define DOSSIER_SERVER_BASE_SHA256_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace dossier {

// The SHA-256 of `bytes` (FIPS 180-4): 32 raw bytes, or 64 lower-case hexadecimal digits.
inline constexpr std::size_t kSha256Bytes = 32;
std::string Sha256(std::string_view bytes);
std::string Sha256Hex(std::string_view bytes);

// The same of bytes that come in parts.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();

  void Add(std::string_view bytes);
  // The raw hash of all that was added. Call once, last.
  std::string Finish();

 private:
  std::unique_ptr<evp_md_ctx_st, void (*)(evp_md_ctx_st*)> context_;
};

// Bytes as lower-case hexadecimal digits.
std::string Hex(std::string_view bytes);

}  // namespace dossier

#endif  // DOSSIER_SERVER_BASE_SHA256_H_
