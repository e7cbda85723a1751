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
#include "server/rpc/from_proto.h"
#include "server/rpc/read.h"
#include "server/rpc/services.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/unary_call.h"

namespace dossier {
namespace {

// Refused files may have no id, and two may have the same, so the file's name decides then.
std::string PositionOf(const PluginInfo& plugin) { return plugin.manifest.id + '\0' + plugin.file; }

class PluginService final
    : public v1::PluginService::WithRawCallbackMethod_List<v1::PluginService::Service> {
 public:
  PluginService(const CallResources& resources, const Backends& backends)
      : resources_(resources), backends_(backends) {}

  grpc::ServerUnaryReactor* List(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                 grpc::ByteBuffer* out) override {
    return ServeUnary(resources_, resources_.interactive, {context, in, out}, this,
                      &PluginService::DoList);
  }

 private:
  absl::Status DoList(const v1::PluginServiceListRequest& request, std::stop_token /*stop*/,
                      v1::PluginServiceListResponse* response) {
    RETURN_IF_ERROR(CheckNamespace(request.namespace_()));
    ASSIGN_OR_RETURN(const PageRequest page, ToPage(request.page_size(), request.page_token()));
    ASSIGN_OR_RETURN(const std::string after, Position(page));
    const std::vector<PluginInfo> plugins = SortedPlugins();
    auto next = std::ranges::find_if(
        plugins, [&](const PluginInfo& plugin) { return PositionOf(plugin) > after; });
    for (std::size_t i = 0; i < page.max_items && next != plugins.end(); ++i) {
      ToProto(*next++, response->add_plugins());
    }
    if (next != plugins.end()) {
      response->set_next_page_token(backends_.tokens.Seal(kRequest, PositionOf(*(next - 1))));
    }
    return absl::OkStatus();
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
};

}  // namespace

std::unique_ptr<grpc::Service> NewPluginService(const CallResources& resources,
                                                const Backends& backends) {
  return std::make_unique<PluginService>(resources, backends);
}

}  // namespace dossier
