// What the calls of every shape share.
#ifndef DOSSIER_SERVER_RPC_CALL_H_
#define DOSSIER_SERVER_RPC_CALL_H_

#include <functional>
#include <stop_token>

#include "absl/status/status.h"

namespace grpc {
class ServerContextBase;
}

namespace dossier {

class StreamSet;
class WorkPool;

// Where calls do their work. Outlives them all.
struct CallResources {
  WorkPool& interactive;     // what takes milliseconds
  WorkPool& bulk;            // what may take seconds
  WorkPool& admission;       // one thread: documents on their way into the ingestor
  WorkPool& changes;         // one thread: changes of the plugins
  StreamSet& streams;        // the open server streams
  std::stop_token draining;  // stopped: no new calls; ingest streams end
};

// Why a new call is not taken up; OK when it may be.
absl::Status CheckAdmission(const grpc::ServerContextBase& context, const CallResources& resources);

// Why nobody waits for the call any more: cancelled, or its deadline has passed. OK while somebody
// does. Asked before work begins.
absl::Status CheckWanted(const grpc::ServerContextBase& context);

// UNAVAILABLE: too much waits already.
absl::Status Overloaded();
// UNAVAILABLE: the server is going away.
absl::Status ShuttingDown();

// The status of `work`, which ought not to throw; INTERNAL when it does, so that one call that runs
// out of memory ends no other.
absl::Status Guard(const std::function<absl::Status()>& work);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_CALL_H_
