#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dossier/v1/plugin_service.grpc.pb.h"
#include "server/base/status_macros.h"
#include "server/extract/plugin_host.h"
#include "server/query/page_token.h"
#include "server/rpc/answered_requests.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/install_call.h"
#include "server/rpc/plugin_requests.h"
#include "server/rpc/read.h"
#include "server/rpc/services.h"
#include "server/rpc/status_mapping.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/unary_call.h"

namespace dossier {
namespace {

// Refused files may have no id, and two may have the same, so the file's name decides then; a file
// that serves and failed with another configuration, or waits with one, is there twice or thrice.
std::string PositionOf(const PluginInfo& plugin) {
  const char* kind = plugin.state == PluginState::kCandidate ? "2"
                     : plugin.generation == 0                ? "1"
                                                             : "0";
  return plugin.manifest.id + '\0' + plugin.file + kind;
}

using Raw =
    v1::PluginService::WithRawCallbackMethod_List<v1::PluginService::WithRawCallbackMethod_Install<
        v1::PluginService::WithRawCallbackMethod_Reload<
            v1::PluginService::WithRawCallbackMethod_Rollback<
                v1::PluginService::WithRawCallbackMethod_Remove<v1::PluginService::Service>>>>>;

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
    return StartInstall(resources_, backends_.plugins, answered_, install_slots_, context, out);
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
    ASSIGN_OR_RETURN(const ReloadOrder order, ToOrder(request));
    return answered_.Once(
        request.request_id(), request, [&] { return CarryOut(order, response); }, response);
  }

  absl::Status CarryOut(const ReloadOrder& order, v1::PluginServiceReloadResponse* response) {
    if (!order.plugin_id.empty()) {
      const auto plugin = order.candidate
                              ? backends_.plugins.ReloadCandidate(order.plugin_id, order.config)
                              : backends_.plugins.Reload(order.plugin_id, order.config);
      RETURN_IF_ERROR(WithResource(plugin.status(), "plugin", order.plugin_id));
      ToProto(*plugin, response->add_plugins());
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const std::vector<PluginInfo> plugins, backends_.plugins.ReloadFolder());
    for (const PluginInfo& plugin : plugins) {
      ToProto(plugin, response->add_plugins());
    }
    return absl::OkStatus();
  }

  absl::Status DoRollback(const v1::PluginServiceRollbackRequest& request, std::stop_token /*stop*/,
                          v1::PluginServiceRollbackResponse* response) {
    ASSIGN_OR_RETURN(const std::string id, ToPluginId(request));
    const auto rollback = [&]() -> absl::Status {
      const auto plugin = backends_.plugins.Rollback(id);
      RETURN_IF_ERROR(WithResource(plugin.status(), "plugin", id));
      ToProto(*plugin, response->mutable_plugin());
      return absl::OkStatus();
    };
    return answered_.Once(request.request_id(), request, rollback, response);
  }

  absl::Status DoRemove(const v1::PluginServiceRemoveRequest& request, std::stop_token /*stop*/,
                        v1::PluginServiceRemoveResponse* response) {
    ASSIGN_OR_RETURN(const std::string id, ToPluginId(request));
    const auto remove = [&] { return WithResource(backends_.plugins.Remove(id), "plugin", id); };
    return answered_.Once(request.request_id(), request, remove, response);
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
  AnsweredRequests answered_;
  InstallSlots install_slots_{kMaxInstalls};
};

}  // namespace

std::unique_ptr<grpc::Service> NewPluginService(const CallResources& resources,
                                                const Backends& backends) {
  return std::make_unique<PluginService>(resources, backends);
}

}  // namespace dossier
