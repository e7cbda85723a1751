#ifndef DOSSIER_SERVER_EXTRACT_SIGNATURE_H_
#define DOSSIER_SERVER_EXTRACT_SIGNATURE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct evp_pkey_st;

namespace dossier {

// The Ed25519 keys (RFC 8032) whose owners may sign plugins: a signature is the 64 bytes over the
// whole file. Immutable, thread-safe.
//
//   openssl genpkey -algorithm ed25519 -out key.pem
//   openssl pkey -in key.pem -pubout          # its middle line is what Read() takes
//   openssl pkeyutl -sign -inkey key.pem -rawin -in weather.so -out weather.so.sig
class SigningKeys {
 public:
  // No keys: nothing need be signed.
  SigningKeys() = default;

  // Public keys in base64, as `openssl pkey -pubout` prints them between its two marks.
  // INVALID_ARGUMENT names the one that is none.
  static absl::StatusOr<SigningKeys> Read(const std::vector<std::string>& keys);

  bool empty() const { return keys_.empty(); }

  // Whether one of the keys signed `bytes`; OK when there are no keys. PERMISSION_DENIED says
  // whether the signature is missing or wrong.
  absl::Status Verify(std::string_view bytes, std::string_view signature) const;

 private:
  std::vector<std::shared_ptr<evp_pkey_st>> keys_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_SIGNATURE_H_
