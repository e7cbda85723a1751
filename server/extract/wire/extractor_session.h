// The server's side of one call of ExtractorService.Process, whoever serves it.
#ifndef DOSSIER_SERVER_EXTRACT_WIRE_EXTRACTOR_SESSION_H_
#define DOSSIER_SERVER_EXTRACT_WIRE_EXTRACTOR_SESSION_H_

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "dossier/v1/extractor_service.grpc.pb.h"
#include "server/extract/extractor_backend.h"
#include "server/extract/manifest.h"
#include "server/extract/output_sink.h"

namespace dossier {

// An instance of an extractor, elsewhere. One thread at a time.
class ExtractorSession {
 public:
  // Opens the call and waits until the configuration is accepted. Otherwise the status is the
  // extractor's, of the connection (UNAVAILABLE), or of `stop`.
  static absl::StatusOr<std::unique_ptr<ExtractorSession>> Open(v1::ExtractorService::Stub& stub,
                                                                const std::string& config,
                                                                const StopToken& stop);
  // Ends the call.
  ~ExtractorSession();

  // As ExtractorBackend::Process(). When `stop` stops, the call is cancelled at once and the status
  // is that of `stop`. After an error, broken() tells whether it was the call's or the extractor's.
  absl::StatusOr<RunOutput> Process(const Manifest& manifest, const DocumentInput& input,
                                    const OutputLimits& limits, const StopToken& stop);

  // The call has ended: open another one.
  bool broken() const { return finished_; }

 private:
  ExtractorSession() = default;

  absl::Status Write(const v1::ProcessRequest& request, const StopToken& stop);
  absl::Status Read(v1::ProcessResponse* response, const StopToken& stop);
  // Waits for the operation that was started. False: it failed, or `stop` stopped.
  bool Await(const StopToken& stop);
  // Ends the call, which failed or was stopped, and returns why.
  absl::Status Fail(const StopToken& stop);

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::ClientAsyncReaderWriter<v1::ProcessRequest, v1::ProcessResponse>> call_;
  bool finished_ = false;
};

// As absl::Status, with the connection's text.
absl::Status FromGrpc(const grpc::Status& status);

// A point of the monotonic clock as gRPC takes it.
gpr_timespec ToGrpc(StopToken::Clock::time_point time);

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WIRE_EXTRACTOR_SESSION_H_
