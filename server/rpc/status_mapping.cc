#include "server/rpc/status_mapping.h"

#include <grpcpp/support/status.h>

#include <optional>
#include <string>

#include "absl/strings/cord.h"
#include "google/rpc/error_details.pb.h"
#include "server/base/field_error.h"
#include "server/base/utf8.h"

namespace dossier {
namespace {

constexpr char kDomain[] = "dossier";
constexpr char kTypePrefix[] = "type.googleapis.com/";
// A name that a client sent comes back in the details; this much of it is enough to know it by.
constexpr std::size_t kMaxNameBytes = 512;

template <class Detail>
std::string TypeUrl() {
  return kTypePrefix + std::string(Detail::descriptor()->full_name());
}

template <class Detail>
void Attach(absl::Status* status, const Detail& detail) {
  status->SetPayload(TypeUrl<Detail>(), absl::Cord(detail.SerializeAsString()));
}

std::string_view Text(const absl::Status& status) {
  return {status.message().data(), status.message().size()};
}

google::rpc::ErrorInfo DefaultErrorInfo(const absl::Status& status) {
  google::rpc::ErrorInfo info;
  info.set_reason(absl::StatusCodeToString(status.code()));
  info.set_domain(kDomain);
  return info;
}

google::rpc::BadRequest NameField(std::string_view field, const absl::Status& status) {
  google::rpc::BadRequest details;
  google::rpc::BadRequest::FieldViolation& violation = *details.add_field_violations();
  violation.set_field(std::string(Utf8Prefix(field, kMaxNameBytes)));
  violation.set_description(std::string(Utf8Prefix(Text(status), kMaxErrorTextBytes)));
  return details;
}

}  // namespace

absl::Status WithReason(absl::Status status, std::string_view reason) {
  google::rpc::ErrorInfo info = DefaultErrorInfo(status);
  info.set_reason(std::string(reason));
  Attach(&status, info);
  return status;
}

absl::Status WithResource(absl::Status status, std::string_view type, std::string_view name) {
  if (!absl::IsNotFound(status)) {
    return status;
  }
  google::rpc::ResourceInfo info;
  info.set_resource_type(std::string(type));
  info.set_resource_name(std::string(Utf8Prefix(name, kMaxNameBytes)));
  info.set_description(std::string(Utf8Prefix(Text(status), kMaxErrorTextBytes)));
  Attach(&status, info);
  return status;
}

absl::Status RetryLater(std::string_view reason, std::string_view text,
                        std::chrono::milliseconds delay) {
  absl::Status status = WithReason(absl::UnavailableError({text.data(), text.size()}), reason);
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(delay.count() / 1000);
  info.mutable_retry_delay()->set_nanos(static_cast<int32_t>(delay.count() % 1000) * 1'000'000);
  Attach(&status, info);
  return status;
}

google::rpc::Status ToRpcStatus(const absl::Status& status) {
  google::rpc::Status result;
  result.set_code(static_cast<int32_t>(status.code()));
  result.set_message(std::string(Utf8Prefix(Text(status), kMaxErrorTextBytes)));
  if (status.ok()) {
    return result;
  }
  absl::Status detailed = status;
  if (!status.GetPayload(TypeUrl<google::rpc::ErrorInfo>())) {
    Attach(&detailed, DefaultErrorInfo(status));
  }
  if (const std::optional<std::string> field = FieldOf(status)) {
    Attach(&detailed, NameField(*field, status));
  }
  detailed.ForEachPayload([&](absl::string_view type_url, const absl::Cord& bytes) {
    const std::string url(type_url);
    if (url.starts_with(kTypePrefix) && result.ByteSizeLong() + bytes.size() < kMaxDetailBytes) {
      google::protobuf::Any& detail = *result.add_details();
      detail.set_type_url(url);
      detail.set_value(std::string(bytes));
    }
  });
  return result;
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) {
    return grpc::Status::OK;
  }
  const google::rpc::Status details = ToRpcStatus(status);
  return {static_cast<grpc::StatusCode>(status.code()), details.message(),
          details.SerializeAsString()};
}

}  // namespace dossier
