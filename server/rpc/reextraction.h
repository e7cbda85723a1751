// Reextractions from the services' side: the plan that is tried, and the plugins and the store
// together when one ends.
#ifndef DOSSIER_SERVER_RPC_REEXTRACTION_H_
#define DOSSIER_SERVER_RPC_REEXTRACTION_H_

#include <memory>
#include <stop_token>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "server/ingest/reextraction_pass.h"
#include "server/model/ids.h"
#include "server/rpc/services.h"

namespace dossier {

// All of them block.

absl::StatusOr<std::unique_ptr<ReextractionPass>> BeginPass(const Backends& backends,
                                                            ReextractionOrder order);

// Lets the candidate serve that was tried, if one was, and puts the shadows in place. What came
// while the former version still read is read again in between.
absl::StatusOr<Revision> Promote(const Backends& backends, const ReextractionName& name,
                                 std::stop_token stop);

absl::Status Drop(const Backends& backends, const ReextractionName& name);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_REEXTRACTION_H_
