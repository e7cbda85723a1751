#include "server/rpc/plugin_requests.h"

#include <string_view>

#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/rpc/from_proto.h"

namespace dossier {
namespace {

absl::Status CheckSha256(std::string_view sha256) {
  if (sha256.size() != 64 || sha256.find_first_not_of("0123456789abcdef") != sha256.npos) {
    return FieldError("sha256", "is not 64 lower-case hex digits: what sha256sum prints");
  }
  return absl::OkStatus();
}

// What every change has.
template <class Request>
absl::Status CheckChange(const Request& request) {
  RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
  return CheckRequestId(request.request_id());
}

template <class Request>
absl::StatusOr<std::string> PluginIdOf(const Request& request) {
  RETURN_IF_ERROR(CheckChange(request));
  if (request.plugin_id().empty()) {
    return FieldError("plugin_id", "is empty");
  }
  return request.plugin_id();
}

template <class Request>
std::optional<std::string> ConfigOf(const Request& request) {
  return request.has_config() ? std::optional(request.config()) : std::nullopt;
}

}  // namespace

absl::StatusOr<PluginDelivery> ToDelivery(const v1::PluginServiceInstallRequest& request) {
  RETURN_IF_ERROR(CheckChange(request));
  RETURN_IF_ERROR(CheckSha256(request.sha256()));
  return PluginDelivery{request.sha256(), request.signature(), ConfigOf(request)};
}

absl::StatusOr<ReloadOrder> ToOrder(const v1::PluginServiceReloadRequest& request) {
  RETURN_IF_ERROR(CheckChange(request));
  if (request.plugin_id().empty() && request.has_config()) {
    return FieldError("config", "is set without a plugin_id: it is of one plugin");
  }
  if (request.plugin_id().empty() && request.candidate()) {
    return FieldError("candidate", "is set without a plugin_id: it is of one plugin");
  }
  return ReloadOrder{request.plugin_id(), ConfigOf(request), request.candidate()};
}

absl::StatusOr<std::string> ToPluginId(const v1::PluginServiceRollbackRequest& request) {
  return PluginIdOf(request);
}

absl::StatusOr<std::string> ToPluginId(const v1::PluginServiceRemoveRequest& request) {
  return PluginIdOf(request);
}

}  // namespace dossier
