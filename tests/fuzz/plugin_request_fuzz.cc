// Fuzz target: requests to PluginService with any bytes, as they come from the network, on a host
// that has one plugin, whose code never runs. The first byte of the input chooses the message;
// Install's stream is the rest, cut at each "\n--\n", and the data "@" stands for the plugin's own
// bytes. What parses is checked and carried out.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>

#include "dossier/v1/plugin_service.pb.h"
#include "server/base/sha256.h"
#include "server/extract/plugin_host.h"
#include "server/rpc/from_proto.h"
#include "server/rpc/plugin_requests.h"
#include "server/rpc/to_proto.h"
#include "server/rpc/wire.h"
#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/parse_or_describe.h"
#include "tests/support/temp_folder.h"

namespace dossier {
namespace {

class IdleBackend final : public ExtractorBackend {
 public:
  absl::StatusOr<RunOutput> Process(const DocumentInput&, const StopToken&) override {
    return RunOutput();
  }
};

const std::string& PluginBytes() {
  static const auto* const bytes = [] {
    std::ifstream file(DOSSIER_FUZZ_PLUGIN, std::ios::binary);
    return new std::string(std::istreambuf_iterator<char>(file), {});
  }();
  return *bytes;
}

std::unique_ptr<PluginHost> StartHost(const std::string& folder) {
  PluginOptions options;
  options.folder = std::filesystem::path(folder) / "folder";
  options.store = std::filesystem::path(folder) / "store";
  options.make_backend = [](PluginFile, const BackendOptions&) {
    return std::make_shared<IdleBackend>();
  };
  std::filesystem::create_directory(options.folder);
  std::filesystem::copy(DOSSIER_FUZZ_PLUGIN, options.folder);
  return *PluginHost::Start(std::move(options));
}

bool TryInstall(PluginHost& host, std::string_view bytes) {
  constexpr std::string_view kCut = "\n--\n";
  std::unique_ptr<UnfinishedFile> file;
  PluginDelivery delivery;
  bool candidate = false;
  std::string all;
  while (!bytes.empty()) {
    v1::PluginServiceInstallRequest request;
    if (!ParseOrDescribe(bytes.substr(0, bytes.find(kCut)), &request)) {
      return false;
    }
    bytes.remove_prefix(std::min(bytes.size(), bytes.find(kCut)));
    bytes.remove_prefix(std::min(bytes.size(), kCut.size()));
    if (file == nullptr) {
      const auto first = ToDelivery(request);
      if (!first.ok()) {
        return false;
      }
      delivery = *first;
      candidate = request.candidate();
      file = *host.BeginInstall();
    }
    const std::string& data = request.data() == "@" ? PluginBytes() : request.data();
    all += data;
    static_cast<void>(file->Append(data));
  }
  if (file == nullptr) {
    return false;
  }
  delivery.sha256 = Sha256Hex(all);  // a fuzzer does not guess it
  return (candidate ? host.InstallCandidate(file.get(), delivery)
                    : host.Install(file.get(), delivery))
      .ok();
}

bool TryReload(PluginHost& host, std::string_view bytes) {
  v1::PluginServiceReloadRequest request;
  if (!ParseOrDescribe(bytes, &request)) {
    return false;
  }
  const auto order = ToOrder(request);
  if (!order.ok()) {
    return false;
  }
  if (order->plugin_id.empty()) {
    return host.ReloadFolder().ok();
  }
  return (order->candidate ? host.ReloadCandidate(order->plugin_id, order->config)
                           : host.Reload(order->plugin_id, order->config))
      .ok();
}

bool TryRollback(PluginHost& host, std::string_view bytes) {
  v1::PluginServiceRollbackRequest request;
  if (!ParseOrDescribe(bytes, &request)) {
    return false;
  }
  const auto id = ToPluginId(request);
  return id.ok() && host.Rollback(*id).ok();
}

bool TryRemove(PluginHost& host, std::string_view bytes) {
  v1::PluginServiceRemoveRequest request;
  if (!ParseOrDescribe(bytes, &request)) {
    return false;
  }
  const auto id = ToPluginId(request);
  return id.ok() && host.Remove(*id).ok();
}

// What has become of the host can always be told.
bool TryList(PluginHost& host, std::string_view bytes) {
  v1::PluginServiceListRequest request;
  const bool accepted =
      ParseOrDescribe(bytes, &request) && ToPage(request.page_size(), request.page_token()).ok();
  for (const PluginInfo& info : host.List()) {
    v1::Plugin plugin;
    ToProto(info, &plugin);
    if (plugin.SerializeAsString().empty()) {
      std::abort();
    }
  }
  return accepted;
}

}  // namespace

bool TryInput(std::string_view input) {
  static const TempFolder folder;
  static const std::unique_ptr<PluginHost> host = StartHost(folder.path());
  static const bool silent = (SilenceParser(), true);
  static_cast<void>(silent);
  if (input.empty()) {
    return false;
  }
  const std::string_view bytes = input.substr(1);
  switch (static_cast<uint8_t>(input[0]) % 5) {
    case 0:
      return TryInstall(*host, bytes);
    case 1:
      return TryReload(*host, bytes);
    case 2:
      return TryRollback(*host, bytes);
    case 3:
      return TryRemove(*host, bytes);
    default:
      return TryList(*host, bytes);
  }
}

}  // namespace dossier
