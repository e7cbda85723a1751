// Fuzz target: requests to PluginService with any bytes, as they come from the network, on a host
// that has one plugin, whose code never runs. The first byte of the input chooses the message;
// Install's stream is the rest, cut at each "\n--\n", and the data "@" stands for the plugin's own
// bytes. What parses is checked and carried out.
#include <algorithm>
#include <cstddef>
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

void TryInstall(PluginHost& host, std::string_view bytes) {
  constexpr std::string_view kCut = "\n--\n";
  std::unique_ptr<UnfinishedFile> file;
  PluginDelivery delivery;
  bool candidate = false;
  std::string all;
  while (!bytes.empty()) {
    v1::PluginServiceInstallRequest request;
    if (!ParseOrDescribe(bytes.substr(0, bytes.find(kCut)), &request)) {
      return;
    }
    bytes.remove_prefix(std::min(bytes.size(), bytes.find(kCut)));
    bytes.remove_prefix(std::min(bytes.size(), kCut.size()));
    if (file == nullptr) {
      const auto first = ToDelivery(request);
      if (!first.ok()) {
        return;
      }
      delivery = *first;
      candidate = request.candidate();
      file = *host.BeginInstall();
    }
    const std::string& data = request.data() == "@" ? PluginBytes() : request.data();
    all += data;
    static_cast<void>(file->Append(data));
  }
  if (file != nullptr) {
    delivery.sha256 = Sha256Hex(all);  // a fuzzer does not guess it
    static_cast<void>(candidate ? host.InstallCandidate(file.get(), delivery)
                                : host.Install(file.get(), delivery));
  }
}

void TryReload(PluginHost& host, std::string_view bytes) {
  v1::PluginServiceReloadRequest request;
  if (!ParseOrDescribe(bytes, &request)) {
    return;
  }
  const auto order = ToOrder(request);
  if (!order.ok()) {
    return;
  }
  if (order->plugin_id.empty()) {
    static_cast<void>(host.ReloadFolder());
  } else {
    static_cast<void>(order->candidate ? host.ReloadCandidate(order->plugin_id, order->config)
                                       : host.Reload(order->plugin_id, order->config));
  }
}

void TryRollback(PluginHost& host, std::string_view bytes) {
  v1::PluginServiceRollbackRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    if (const auto id = ToPluginId(request); id.ok()) {
      static_cast<void>(host.Rollback(*id));
    }
  }
}

void TryRemove(PluginHost& host, std::string_view bytes) {
  v1::PluginServiceRemoveRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    if (const auto id = ToPluginId(request); id.ok()) {
      static_cast<void>(host.Remove(*id));
    }
  }
}

// What has become of the host can always be told.
void TryList(PluginHost& host, std::string_view bytes) {
  v1::PluginServiceListRequest request;
  if (ParseOrDescribe(bytes, &request)) {
    static_cast<void>(ToPage(request.page_size(), request.page_token()));
  }
  for (const PluginInfo& info : host.List()) {
    v1::Plugin plugin;
    ToProto(info, &plugin);
    if (plugin.SerializeAsString().empty()) {
      std::abort();
    }
  }
}

}  // namespace
}  // namespace dossier

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const dossier::TempFolder folder;
  static const std::unique_ptr<dossier::PluginHost> host = dossier::StartHost(folder.path());
  static const bool silent = (dossier::SilenceParser(), true);
  static_cast<void>(silent);
  if (size == 0) {
    return 0;
  }
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      dossier::TryInstall(*host, bytes);
      break;
    case 1:
      dossier::TryReload(*host, bytes);
      break;
    case 2:
      dossier::TryRollback(*host, bytes);
      break;
    case 3:
      dossier::TryRemove(*host, bytes);
      break;
    default:
      dossier::TryList(*host, bytes);
  }
  return 0;
}
