// What PluginService is asked for, checked. Errors are FieldErrors.
#ifndef DOSSIER_SERVER_RPC_PLUGIN_REQUESTS_H_
#define DOSSIER_SERVER_RPC_PLUGIN_REQUESTS_H_

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "dossier/v1/plugin_service.pb.h"
#include "server/extract/plugin_host.h"

namespace dossier {

// Of the first message of a call. Does not look at `data`.
absl::StatusOr<PluginDelivery> ToDelivery(const v1::PluginServiceInstallRequest& request);

struct ReloadOrder {
  std::string plugin_id;  // empty: the plugin folder
  std::optional<std::string> config;
  bool candidate = false;
};
absl::StatusOr<ReloadOrder> ToOrder(const v1::PluginServiceReloadRequest& request);

// The id of the plugin.
absl::StatusOr<std::string> ToPluginId(const v1::PluginServiceRollbackRequest& request);
absl::StatusOr<std::string> ToPluginId(const v1::PluginServiceRemoveRequest& request);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_PLUGIN_REQUESTS_H_
