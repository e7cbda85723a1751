#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/v1/plugin_service.grpc.pb.h"
#include "server/base/field_error.h"
#include "server/base/status_macros.h"
#include "server/extract/plugin_host.h"
#include "server/query/page_token.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/install_call.h"
#include "server/rpc/read.h"
#include "server/rpc/services.h"
#include "server/rpc/status_mapping.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/unary_call.h"

namespace dossier {
namespace {

// Refused files may have no id, and two may have the same, so the file's name decides then.
std::string PositionOf(const PluginInfo& plugin) { return plugin.manifest.id + '\0' + plugin.file; }

using Raw =
    v1::PluginService::WithRawCallbackMethod_List<v1::PluginService::WithRawCallbackMethod_Install<
        v1::PluginService::WithRawCallbackMethod_Reload<
            v1::PluginService::WithRawCallbackMethod_Rollback<
                v1::PluginService::WithRawCallbackMethod_Remove<v1::PluginService::Service>>>>>;

absl::Status CheckPluginId(const std::string& plugin_id) {
  return plugin_id.empty() ? FieldError("plugin_id", "is empty") : absl::OkStatus();
}

// How the plugin fares, if it serves.
void AddState(const Plan& plan, v1::Plugin* proto) {
  const auto active = std::ranges::find_if(plan.plugins(), [&](const ActivePlugin& plugin) {
    return plugin.manifest.id == proto->id() && plugin.extractor.sha256 == proto->sha256();
  });
  if (active != plan.plugins().end() && proto->state() == v1::PLUGIN_STATE_ACTIVE) {
    ToProto(active->backend->State(), proto);
  }
}

class PluginService final : public Raw {
 public:
  PluginService(const CallResources& resources, const Backends& backends)
      : resources_(resources), backends_(backends) {}

  using Context = grpc::CallbackServerContext;
  using Bytes = grpc::ByteBuffer;

  grpc::ServerUnaryReactor* List(Context* context, const Bytes* in, Bytes* out) override {
    return ServeUnary(resources_, resources_.interactive, {context, in, out}, this,
                      &PluginService::DoList);
  }
  grpc::ServerReadReactor<Bytes>* Install(Context* context, Bytes* out) override {
    return StartInstall(resources_, backends_.plugins, install_slots_, context, out);
  }
  grpc::ServerUnaryReactor* Reload(Context* context, const Bytes* in, Bytes* out) override {
    return ServeUnary(resources_, resources_.changes, {context, in, out}, this,
                      &PluginService::DoReload);
  }
  grpc::ServerUnaryReactor* Rollback(Context* context, const Bytes* in, Bytes* out) override {
    return ServeUnary(resources_, resources_.changes, {context, in, out}, this,
                      &PluginService::DoRollback);
  }
  grpc::ServerUnaryReactor* Remove(Context* context, const Bytes* in, Bytes* out) override {
    return ServeUnary(resources_, resources_.changes, {context, in, out}, this,
                      &PluginService::DoRemove);
  }

 private:
  absl::Status DoList(const v1::PluginServiceListRequest& request, std::stop_token /*stop*/,
                      v1::PluginServiceListResponse* response) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const std::string after, Position(page));
    const std::vector<PluginInfo> plugins = SortedPlugins();
    const std::shared_ptr<const Plan> plan = backends_.plugins.plan();
    auto next = std::ranges::find_if(
        plugins, [&](const PluginInfo& plugin) { return PositionOf(plugin) > after; });
    for (std::size_t i = 0; i < page.max_items && next != plugins.end(); ++i) {
      ToProto(*next++, response->add_plugins());
      AddState(*plan, response->mutable_plugins(response->plugins_size() - 1));
    }
    if (next != plugins.end()) {
      response->set_next_page_token(backends_.tokens.Seal(kRequest, PositionOf(*(next - 1))));
    }
    return absl::OkStatus();
  }

  absl::Status DoReload(const v1::PluginServiceReloadRequest& request, std::stop_token /*stop*/,
                        v1::PluginServiceReloadResponse* response) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    if (!request.plugin_id().empty()) {
      const auto plugin = backends_.plugins.Reload(
          request.plugin_id(),
          request.has_config() ? std::optional(request.config()) : std::nullopt);
      RETURN_IF_ERROR(WithResource(plugin.status(), "plugin", request.plugin_id()));
      ToProto(*plugin, response->add_plugins());
      return absl::OkStatus();
    }
    if (request.has_config()) {
      return FieldError("config", "is set without a plugin_id: it is of one plugin");
    }
    ASSIGN_OR_RETURN(const std::vector<PluginInfo> plugins, backends_.plugins.ReloadFolder());
    for (const PluginInfo& plugin : plugins) {
      ToProto(plugin, response->add_plugins());
    }
    return absl::OkStatus();
  }

  absl::Status DoRollback(const v1::PluginServiceRollbackRequest& request, std::stop_token /*stop*/,
                          v1::PluginServiceRollbackResponse* response) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    RETURN_IF_ERROR(CheckPluginId(request.plugin_id()));
    const auto plugin = backends_.plugins.Rollback(request.plugin_id());
    RETURN_IF_ERROR(WithResource(plugin.status(), "plugin", request.plugin_id()));
    ToProto(*plugin, response->mutable_plugin());
    return absl::OkStatus();
  }

  absl::Status DoRemove(const v1::PluginServiceRemoveRequest& request, std::stop_token /*stop*/,
                        v1::PluginServiceRemoveResponse* /*response*/) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    RETURN_IF_ERROR(CheckPluginId(request.plugin_id()));
    return WithResource(backends_.plugins.Remove(request.plugin_id()), "plugin",
                        request.plugin_id());
  }

  // Empty for the first page, which is before every plugin.
  absl::StatusOr<std::string> Position(const PageRequest& page) const {
    if (page.token.empty()) {
      return std::string();
    }
    absl::StatusOr<std::string> position =
        backends_.tokens.Open("page_token", kRequest, page.token);
    return position.ok() ? std::move(position) : PageError(position.status());
  }

  std::vector<PluginInfo> SortedPlugins() const {
    std::vector<PluginInfo> plugins = backends_.plugins.List();
    std::ranges::sort(plugins, {}, PositionOf);
    return plugins;
  }

  static constexpr std::string_view kRequest = "plugins";

  const CallResources& resources_;
  const Backends backends_;
  InstallSlots install_slots_{kMaxInstalls};
};

}  // namespace

std::unique_ptr<grpc::Service> NewPluginService(const CallResources& resources,
                                                const Backends& backends) {
  return std::make_unique<PluginService>(resources, backends);
}

}  // namespace dossier
