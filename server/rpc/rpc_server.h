#ifndef DOSSIER_SERVER_RPC_RPC_SERVER_H_
#define DOSSIER_SERVER_RPC_RPC_SERVER_H_

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/rpc/services.h"

namespace prometheus {
class Registry;
}

namespace dossier {

// Everything that listens: the services, grpc.health.v1, reflection. Clients may send messages of
// up to 20 MiB; documents on their way in wait for each other in memory that gRPC's resource quota
// bounds, and beyond that calls fail with RESOURCE_EXHAUSTED.
class RpcServer {
 public:
  struct Options {
    std::string listen = "127.0.0.1:50051";  // port 0: any that is free
    std::size_t threads = 2;                 // of each pool
    std::size_t max_waiting_calls = 1024;    // before each pool; more are refused
    std::size_t max_streams = 256;           // server streams open at once; more are refused
    std::size_t max_transport_bytes = 256u << 20;
    // After this long without its client reading, a stream lets its snapshot go.
    std::chrono::milliseconds idle_stream = std::chrono::seconds(10);
    // Gets the figures of call_metrics.h; null: nobody counts.
    std::shared_ptr<prometheus::Registry> metrics = nullptr;
  };

  // Serves when it returns. `backends` must outlive the server. Errors say what is wrong with
  // `listen`: a port in use, an address that is not here.
  static absl::StatusOr<std::unique_ptr<RpcServer>> Start(const Backends& backends,
                                                          const Options& options);
  // Shuts down at once if Shutdown() has not been called.
  virtual ~RpcServer() = default;

  // Where it listens, with the port that it got: "127.0.0.1:50051".
  virtual const std::string& address() const = 0;

  // Tells health checks that it goes away, refuses new calls with UNAVAILABLE, ends ingest streams
  // when what they have sent is answered, waits for the other calls for up to `grace` and then
  // cancels them. Returns when no call is left.
  virtual void Shutdown(std::chrono::milliseconds grace) = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_RPC_SERVER_H_
