// How errors leave the server: absl::Status inside, grpc::Status with google.rpc details outside,
// mapped here and nowhere else.
//
// Details travel in an absl::Status as payloads under the type URLs of google.rpc messages; the
// functions below attach them. Every error that leaves has an ErrorInfo with the domain "dossier"
// and a reason in upper snake case; FieldErrors (server/base) get a BadRequest that names the
// field. All details together stay under kMaxDetailBytes, because they travel in a header.
#ifndef DOSSIER_SERVER_RPC_STATUS_MAPPING_H_
#define DOSSIER_SERVER_RPC_STATUS_MAPPING_H_

#include <chrono>
#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"

namespace grpc {
class Status;
}

namespace dossier {

inline constexpr std::size_t kMaxDetailBytes = 6000;
inline constexpr std::size_t kMaxErrorTextBytes = 1024;

// `status` with the reason that its ErrorInfo carries; without one it is the code's name.
absl::Status WithReason(absl::Status status, std::string_view reason);

// A NOT_FOUND `status` with a ResourceInfo that says what was looked for ("document", its id).
// Other statuses stay as they are.
absl::Status WithResource(absl::Status status, std::string_view type, std::string_view name);

// UNAVAILABLE with a RetryInfo: the one error after which a client should try the same again.
absl::Status RetryLater(std::string_view reason, std::string_view text,
                        std::chrono::milliseconds delay);

google::rpc::Status ToRpcStatus(const absl::Status& status);
grpc::Status ToGrpcStatus(const absl::Status& status);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_STATUS_MAPPING_H_
