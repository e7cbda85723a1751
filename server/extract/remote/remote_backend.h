#ifndef DOSSIER_SERVER_EXTRACT_REMOTE_REMOTE_BACKEND_H_
#define DOSSIER_SERVER_EXTRACT_REMOTE_REMOTE_BACKEND_H_

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "dossier/v1/extractor_service.grpc.pb.h"
#include "server/extract/remote_plugin.h"
#include "server/extract/wire/extractor_session.h"

namespace dossier {

// NOT_FOUND or PERMISSION_DENIED when a PEM file cannot be read. Connects when it is first asked.
absl::StatusOr<std::shared_ptr<RemotePlugin>> OpenRemotePlugin(const RemoteOptions& options);

// Runs an extractor behind an address, over as many calls as there are documents at once; calls are
// kept open. A document whose call ends with UNAVAILABLE is sent again, a few times, each time a
// longer while later and only when the extractor says that it is ready.
class RemoteBackend final : public ExtractorBackend {
 public:
  RemoteBackend(std::shared_ptr<grpc::Channel> channel, const RemoteOptions& remote,
                const Manifest& manifest, const BackendOptions& options);

  // Opens the first call, and so finds out whether the configuration is accepted.
  absl::Status Connect(const StopToken& stop);

  absl::StatusOr<RunOutput> Process(const DocumentInput& input, const StopToken& stop) override;
  BackendState State() const override;

 private:
  absl::StatusOr<RunOutput> Try(const DocumentInput& input, const StopToken& stop);
  absl::StatusOr<std::unique_ptr<ExtractorSession>> Take(const StopToken& stop);
  void GiveBack(std::unique_ptr<ExtractorSession> session);
  // Sleeps, then asks whether it is ready: UNAVAILABLE with its reason when it is not.
  absl::Status WaitUntilReady(std::chrono::milliseconds pause, const StopToken& stop);
  void set_reason(const absl::Status& status);

  const RemoteOptions remote_;
  const Manifest manifest_;
  const BackendOptions options_;
  const std::unique_ptr<v1::ExtractorService::Stub> stub_;

  mutable std::mutex mutex_;  // never held while anybody works
  std::vector<std::unique_ptr<ExtractorSession>> idle_;
  std::string reason_;        // of the last failure; empty after a success
  bool unreachable_ = false;  // that was the last failure
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_REMOTE_REMOTE_BACKEND_H_
