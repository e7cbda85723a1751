#ifndef DOSSIER_SERVER_EXTRACT_REMOTE_PLUGIN_H_
#define DOSSIER_SERVER_EXTRACT_REMOTE_PLUGIN_H_

#include <chrono>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "server/extract/backend_factory.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/manifest.h"
#include "server/extract/stop_token.h"

namespace dossier {

// Where a remote extractor is and how to know it.
struct RemoteOptions {
  std::string address;  // HOST:PORT, or any target that gRPC takes
  // PEM files. Without `ca` the connection is not encrypted; `certificate` and `key` are this
  // server's own, for an extractor that asks for them.
  std::string ca;
  std::string certificate;
  std::string key;
  std::chrono::milliseconds time_limit = std::chrono::minutes(2);  // for one document, retries too
};

// What a remote extractor says of itself.
struct RemoteDescription {
  Manifest manifest;
  std::string sha256;  // of what makes it answer as it does; of its manifest when it does not say
};

// An extractor that is no file: it answers at an address. Thread-safe.
class RemotePlugin {
 public:
  virtual ~RemotePlugin() = default;

  virtual const std::string& address() const = 0;
  // Asks it who it is. UNAVAILABLE, naming the address, when it does not answer.
  virtual absl::StatusOr<RemoteDescription> Describe(const StopToken& stop) = 0;
  // FAILED_PRECONDITION when it refuses the configuration, UNAVAILABLE as above. `options.carrier`
  // is not looked at.
  virtual absl::StatusOr<std::shared_ptr<ExtractorBackend>> MakeBackend(
      const Manifest& manifest, const BackendOptions& options, const StopToken& stop) = 0;
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_REMOTE_PLUGIN_H_
