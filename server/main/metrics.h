// What the server tells Prometheus of itself, beside its calls (server/rpc/call_metrics.h):
// README.md lists every name.
#ifndef DOSSIER_SERVER_MAIN_METRICS_H_
#define DOSSIER_SERVER_MAIN_METRICS_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace prometheus {
class Collectable;
class Exposer;
}  // namespace prometheus

namespace dossier {

class Ingestor;
class PluginHost;
class Store;

// Figures of the plugins, of documents on their way and of the store, read when they are asked for.
// Borrows all that it is given.
std::unique_ptr<prometheus::Collectable> NewServerFigures(const Store& store,
                                                          const Ingestor& ingestor,
                                                          const PluginHost& plugins);

// Answers GET /metrics over HTTP, without authentication.
class MetricsServer {
 public:
  // `address`: HOST:PORT; port 0: any that is free. Errors as in CheckListenAddress().
  static absl::StatusOr<std::unique_ptr<MetricsServer>> Start(const std::string& address);
  ~MetricsServer();

  const std::string& address() const { return address_; }  // with the port that it got
  void Add(std::shared_ptr<prometheus::Collectable> figures);

 private:
  MetricsServer();

  std::string address_;
  std::vector<std::shared_ptr<prometheus::Collectable>> figures_;
  std::unique_ptr<prometheus::Exposer> exposer_;  // last: it ends first
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_MAIN_METRICS_H_
