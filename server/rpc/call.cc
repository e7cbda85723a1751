#include "server/rpc/call.h"

#include <fmt/format.h>
#include <grpcpp/server_context.h>

#include <chrono>
#include <exception>
#include <new>

#include "server/rpc/status_mapping.h"

namespace dossier {

absl::Status CheckAdmission(const grpc::ServerContextBase& context,
                            const CallResources& resources) {
  if (resources.draining.stop_requested()) {
    return ShuttingDown();
  }
  return CheckWanted(context);
}

absl::Status CheckWanted(const grpc::ServerContextBase& context) {
  if (context.deadline() <= std::chrono::system_clock::now()) {
    return absl::DeadlineExceededError("the deadline has passed");
  }
  return context.IsCancelled() ? absl::CancelledError("the caller is gone") : absl::OkStatus();
}

absl::Status Overloaded() {
  return RetryLater("OVERLOADED", "the server has too much to do; try again shortly",
                    std::chrono::milliseconds(200));
}

absl::Status ShuttingDown() {
  return RetryLater("SHUTTING_DOWN", "the server is shutting down", std::chrono::seconds(1));
}

absl::Status Guard(const std::function<absl::Status()>& work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return absl::ResourceExhaustedError("out of memory");
  } catch (const std::exception& exception) {
    return absl::InternalError(fmt::format("a fault in the server: {}", exception.what()));
  }
}

}  // namespace dossier
