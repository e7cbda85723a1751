// Serves ExtractorService from a plugin in this process.
#ifndef DOSSIER_SERVER_EXTRACT_WIRE_EXTRACTOR_SERVER_H_
#define DOSSIER_SERVER_EXTRACT_WIRE_EXTRACTOR_SERVER_H_

#include <grpcpp/grpcpp.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "dossier/v1/extractor_service.grpc.pb.h"
#include "server/extract/extractor_backend.h"

namespace dossier {

// What is served.
struct ServedExtractor {
  std::string manifest_json;
  std::string sha256;
  // Makes an instance with that configuration.
  std::function<absl::StatusOr<std::shared_ptr<ExtractorBackend>>(const std::string& config)> make;
};

// Documents are worked on in gRPC's own threads, which spares each of them two changes of thread;
// so no more documents are read at once than there are such threads, less one. Health tells whether
// one is being read.
class ExtractorServer final : public v1::ExtractorService::CallbackService {
 public:
  explicit ExtractorServer(ServedExtractor extractor) : extractor_(std::move(extractor)) {}

  grpc::ServerUnaryReactor* Describe(grpc::CallbackServerContext* context,
                                     const v1::DescribeRequest* request,
                                     v1::DescribeResponse* response) override;
  grpc::ServerUnaryReactor* Health(grpc::CallbackServerContext* context,
                                   const v1::HealthRequest* request,
                                   v1::HealthResponse* response) override;
  grpc::ServerBidiReactor<v1::ProcessRequest, v1::ProcessResponse>* Process(
      grpc::CallbackServerContext* context) override;

 private:
  const ServedExtractor extractor_;
  std::atomic<int> busy_ = 0;  // documents being read
};

}  // namespace dossier

#endif  // DOSSIER_SERVER_EXTRACT_WIRE_EXTRACTOR_SERVER_H_
