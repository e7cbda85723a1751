#ifndef DOSSIER_SERVER_RPC_MATCH_SOURCE_H_
#define DOSSIER_SERVER_RPC_MATCH_SOURCE_H_

#include <memory>
#include <stop_token>

#include "absl/status/statusor.h"
#include "dossier/v1/graph_service.pb.h"
#include "server/rpc/server_stream_call.h"
#include "server/rpc/services.h"

namespace dossier {

// The answer to MatchTriples, page by page. All pages are of one snapshot, unless the client lets
// the stream rest: then the snapshot goes, and the walk goes on from where it was in the graph as
// it is by then; read_at of each message says which.
absl::StatusOr<std::unique_ptr<MessageSource<v1::MatchTriplesResponse>>> OpenMatchSource(
    const Backends& backends, const v1::MatchTriplesRequest& request, std::stop_token stop);

}  // namespace dossier

#endif  // DOSSIER_SERVER_RPC_MATCH_SOURCE_H_
