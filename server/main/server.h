#ifndef DOSSIER_SERVER_MAIN_SERVER_H_
#define DOSSIER_SERVER_MAIN_SERVER_H_

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/main/config.h"

namespace dossier {

class Ingestor;
class MetricsServer;
class PageTokens;
class PluginHost;
class PredicateRules;
class RpcServer;
class Store;

// The whole server, put together: the one place that names concrete classes. Tests run it inside
// their own process, with port 0.
class Server {
 public:
  // Serves when it returns. The error says what is wrong and where.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const Config& config);
  // Stops at once when Stop() has not been called.
  ~Server();

  // "127.0.0.1:50051", with the port that it got.
  const std::string& address() const;

  // Where figures for Prometheus are to be had, likewise; empty: nowhere.
  std::string metrics_address() const;

  // Lets calls finish for up to `grace`, then cancels them; brings everything to disk.
  absl::Status Stop(std::chrono::milliseconds grace);

 private:
  Server();

  // In the order in which they are made; each borrows from those before it.
  std::unique_ptr<PluginHost> plugins_;
  std::unique_ptr<const PredicateRules> predicates_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<PageTokens> tokens_;
  std::unique_ptr<Ingestor> ingestor_;
  std::unique_ptr<MetricsServer> metrics_;  // null: nobody asked for them
  std::unique_ptr<RpcServer> rpc_;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_MAIN_SERVER_H_
