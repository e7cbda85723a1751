#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "dossier/v1/admin_service.grpc.pb.h"
#include "server/base/status_macros.h"
#include "server/extract/plugin_host.h"
#include "server/query/reextractions.h"
#include "server/query/stats.h"
#include "server/rpc/read.h"
#include "server/rpc/services.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/unary_call.h"
#include "server/rpc/version.h"

namespace dossier {
namespace {

// Resident memory of this process in bytes; 0 where /proc does not say.
uint64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  uint64_t total = 0;
  uint64_t resident = 0;
  statm >> total >> resident;
  return resident * static_cast<uint64_t>(sysconf(_SC_PAGESIZE));
}

class AdminService final
    : public v1::AdminService::WithRawCallbackMethod_Stats<
          v1::AdminService::WithRawCallbackMethod_Compact<v1::AdminService::Service>> {
 public:
  AdminService(const CallResources& resources, const Backends& backends)
      : resources_(resources), backends_(backends) {}

  grpc::ServerUnaryReactor* Stats(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                  grpc::ByteBuffer* out) override {
    return ServeUnary(resources_, resources_.interactive, {context, in, out}, this,
                      &AdminService::DoStats);
  }
  grpc::ServerUnaryReactor* Compact(grpc::CallbackServerContext* context,
                                    const grpc::ByteBuffer* in, grpc::ByteBuffer* out) override {
    return ServeUnary(resources_, resources_.bulk, {context, in, out}, this,
                      &AdminService::DoCompact);
  }

 private:
  absl::Status DoStats(const v1::StatsRequest& request, std::stop_token stop,
                       v1::StatsResponse* response) {
    ASSIGN_OR_RETURN(const ReadContext context,
                     BeginCall(backends_, request.namespace_(), std::move(stop)));
    ASSIGN_OR_RETURN(const Totals totals, ReadTotals(context));
    ASSIGN_OR_RETURN(const ReextractionTotals reextractions, CountReextractions(context));
    ASSIGN_OR_RETURN(const StoreStats store, backends_.store.Stats());
    response->set_documents(totals.documents);
    response->set_entities(totals.entities);
    response->set_triples(totals.triples);
    response->set_evidence(totals.evidence);
    response->set_mentions(totals.mentions);
    response->set_reextractions_open(static_cast<uint32_t>(reextractions.open));
    response->set_shadow_documents(reextractions.shadows);
    ToProto(context.revision, response->mutable_revision());
    response->set_disk_bytes(store.disk_bytes);
    response->set_memory_bytes(store.memory_bytes);
    response->set_memory_limit_bytes(store.memory_limit_bytes);
    SetProcess(response);
    return absl::OkStatus();
  }

  absl::Status DoCompact(const v1::CompactRequest& /*request*/, std::stop_token /*stop*/,
                         v1::CompactResponse* /*response*/) {
    return backends_.store.Compact();
  }

  void SetProcess(v1::StatsResponse* response) const {
    const auto uptime = std::chrono::steady_clock::now() - started_;
    response->mutable_uptime()->set_seconds(
        std::chrono::duration_cast<std::chrono::seconds>(uptime).count());
    response->set_resident_bytes(ResidentBytes());
    response->set_version(kVersion);
    for (const PluginInfo& plugin : backends_.plugins.List()) {
      switch (plugin.state) {
        case PluginState::kLoaded:
          response->set_plugins_active(response->plugins_active() + 1);
          break;
        case PluginState::kRefused:
          response->set_plugins_refused(response->plugins_refused() + 1);
          break;
        case PluginState::kUnreachable:
          response->set_plugins_unreachable(response->plugins_unreachable() + 1);
          break;
        case PluginState::kCandidate:
          break;
      }
    }
    for (const ActivePlugin& plugin : backends_.plugins.plan()->plugins()) {
      const BackendState state = plugin.backend->State();
      if (state.quarantined) {
        response->set_plugins_quarantined(response->plugins_quarantined() + 1);
      }
      if (state.unreachable) {
        response->set_plugins_unreachable(response->plugins_unreachable() + 1);
      }
      response->set_plugin_restarts(response->plugin_restarts() + state.restarts);
    }
  }

  const CallResources& resources_;
  const Backends backends_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace

std::unique_ptr<grpc::Service> NewAdminService(const CallResources& resources,
                                               const Backends& backends) {
  return std::make_unique<AdminService>(resources, backends);
}

}  // namespace dossier
